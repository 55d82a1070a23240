#include "json/document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace bradawl::json {
namespace {

/// `:LINE:COLUMN` of the byte at `offset`, both from 1, columns in bytes.
std::string place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0: the first line
    return ":" + std::to_string(lines) + ":" + std::to_string(column);
}

/// Hears nlohmann's parser, keeps the strings and the first thing that is wrong.
class Strings : public nlohmann::json_sax<nlohmann::json> {
public:
    std::map<std::string, std::string> map;
    std::optional<std::size_t> broken_at;  ///< offset at which the text is no JSON
    std::string wrong;

    bool null() override { return refuse(); }
    bool boolean(bool) override { return refuse(); }
    bool number_integer(number_integer_t) override { return refuse(); }
    bool number_unsigned(number_unsigned_t) override { return refuse(); }
    bool number_float(number_float_t, const string_t&) override { return refuse(); }
    bool binary(binary_t&) override { return refuse(); }
    bool start_array(std::size_t) override { return refuse(); }
    bool end_array() override { return true; }

    bool start_object(std::size_t) override {
        if (inside_) return refuse();
        inside_ = true;
        return true;
    }
    bool end_object() override { return true; }

    bool key(string_t& name) override {
        key_ = name;
        if (!map.contains(name)) return true;
        wrong = "'" + key_ + "' is there twice";
        return false;
    }
    bool string(string_t& value) override {
        if (!inside_) return refuse();
        map.emplace(key_, std::move(value));
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
        broken_at = position == 0 ? 0 : position - 1;  // nlohmann counts bytes from 1
        return false;
    }

private:
    bool refuse() {
        wrong = inside_ ? "'" + key_ + "' is not a string" : "not an object of strings";
        return false;
    }

    bool inside_ = false;
    std::string key_;
};

}  // namespace

std::map<std::string, std::string> read_string_map(std::string_view text, const std::string& name) {
    Strings strings;
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &strings)) return std::move(strings.map);
    if (strings.broken_at) throw Error(Fault::config, name + place_of(text, *strings.broken_at) + ": not JSON");
    throw Error(Fault::config, name + ": " + strings.wrong);
}

}  // namespace bradawl::json
