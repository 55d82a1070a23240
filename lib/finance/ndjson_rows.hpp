#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "finance/long_table.hpp"
#include "finance/options.hpp"
#include "finance/row_source.hpp"
#include "io/lines.hpp"

namespace bradawl::finance {

/// Lines of JSON objects with a member an asset. The first line's members are the assets.
class NdjsonRows : public RowSource {
public:
    /// `lines`: used as long as this lives; `first`: the line read from it already.
    NdjsonRows(io::LineReader& lines, std::string first, std::string name, const InputOptions& options);

    const std::vector<std::string>& names() const override { return names_; }
    bool next(Row& row) override;
    bool idle() override { return first_.empty() && lines_.idle(); }
    bool labelled() const override { return !label_key_.empty(); }
    const std::vector<std::string>& findings() const override { return findings_; }

private:
    void decide_members(const InputOptions& options);
    void read(std::string_view line);
    [[noreturn]] void fail(const std::string& text) const;

    io::LineReader& lines_;
    std::string first_;
    std::string name_;
    std::vector<std::string> missing_words_;
    std::vector<std::string> names_;
    std::string label_key_;
    std::vector<std::string> passed_over_;
    std::vector<std::string> findings_;
    std::vector<double> values_;
    std::string label_;
    std::uint64_t line_ = 0;
};

/// Whether a line is an object with members for an asset's name and a value, so that it is of the long form.
bool is_long_object(std::string_view line, const InputOptions& options);

/// Adds lines of JSON objects of the long form to a table. Errors: Fault::data.
void read_long_ndjson(io::LineReader& lines, std::string_view first, const std::string& name,
                      const InputOptions& options, LongTable& table);

}  // namespace bradawl::finance
