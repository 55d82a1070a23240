#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "java/emitter.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "objects/options.hpp"
#include "objects/parser.hpp"

namespace bradawl::objects {

/// Reads an object stream content by content and prints it in one of the styles.
class ObjectReader {
public:
    /// All are used as long as this lives. `out` null: nothing is printed. `input` stands for the source in messages.
    ObjectReader(java::Source& source, java::Emitter* out, std::string input, const java::Spelling& spelling,
                 const java::Limits& limits, const ObjectOptions& options);

    /// Reads one top-level content; false at the end. Contents before an error have been put.
    /// Errors: Fault::data, as `x.ser: byte 46 (0x2e): object 0x7e0001 pkg.C: …`.
    bool next();

    /// Objects and top-level contents read.
    std::uint64_t objects() const { return parser_.objects(); }
    std::uint64_t contents() const { return contents_; }

private:
    /// How one reading of a content went.
    struct Attempt {
        bool good = false;
        bool more = false;
        std::uint64_t offset = 0;  ///< of the error
        std::string text;
        std::string where;
        std::vector<std::string> doubtful;
        bool cut_off = false;  ///< the input ended too early
    };

    Attempt attempt();
    bool again();
    Attempt settle(const Attempt& failed);
    bool try_other(const std::string& name, Attempt& best);

    java::Source& source_;
    java::Emitter* out_;
    std::string input_;
    StreamState state_;
    std::unique_ptr<Form> form_;
    Parser parser_;
    bool header_;
    std::shared_ptr<const schema::Schema> records_;
    std::uint64_t contents_ = 0;
};

}  // namespace bradawl::objects
