#include "learn/lists.hpp"

namespace bradawl::learn {

std::vector<std::string> split_list(std::string_view list, char separator) {
    std::vector<std::string> parts;
    std::string part;
    bool quoted = false;
    for (std::size_t at = 0; at <= list.size(); ++at) {
        const bool end = at == list.size();
        if (end || (!quoted && list[at] == separator)) {
            if (!part.empty()) parts.push_back(part);
            part.clear();
        } else if (list[at] == '"' && (quoted || part.empty())) {
            const bool twice = quoted && at + 1 < list.size() && list[at + 1] == '"';
            if (twice) part += list[++at];
            quoted = quoted == twice;
        } else {
            part += list[at];
        }
    }
    return parts;
}

std::string list_part(const std::string& text) {
    if (text.find_first_of(",\"") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

}  // namespace bradawl::learn
