#include "mongo/dead_letter.hpp"

#include "json/check.hpp"
#include "json/writer.hpp"
#include "text/printable.hpp"

namespace bradawl::mongo {

std::string describe(const DeadLetter& letter) {
    std::string out(letter.source);
    out += ':' + std::to_string(letter.line);
    if (letter.column != 0) out += ':' + std::to_string(letter.column);
    out += ": " + text::printable(letter.message, 300);
    if (letter.code == 0) return out;
    out += " (" + (letter.code_name.empty() ? "code" : letter.code_name) + ' ' + std::to_string(letter.code) + ')';
    return out;
}

void append_dead_letter(const DeadLetter& letter, std::string& out) {
    json::Writer writer(out);
    writer.begin_object();
    writer.key("line");
    writer.integer(letter.line);
    writer.key("offset");
    writer.integer(letter.offset);
    writer.key("op");
    writer.string(letter.operation == WriteOperation::insert ? "insert" : "upsert");
    writer.key("ns");
    writer.foreign_string(letter.name_space);
    writer.key("code");
    writer.integer(letter.code);
    writer.key("codeName");
    writer.foreign_string(letter.code_name);
    writer.key("errmsg");
    writer.foreign_string(letter.message);
    writer.key("labels");
    writer.begin_array();
    for (const std::string& label : letter.labels)
        writer.foreign_string(label);
    writer.end_array();
    writer.key("attempts");
    writer.integer(letter.attempts);
    writer.key("ambiguous");
    writer.boolean(letter.ambiguous);
    writer.key("doc");
    if (letter.cut) {
        writer.null();
    } else if (json::check(letter.text)) {
        writer.foreign_string(letter.text);
    } else {
        writer.raw(letter.text);
    }
    writer.end_object();
    out += '\n';
}

}  // namespace bradawl::mongo
