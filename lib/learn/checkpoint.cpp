#include "learn/checkpoint.hpp"

#include <charconv>
#include <filesystem>

#include "core/error.hpp"
#include "core/system_error.hpp"
#include "io/input.hpp"
#include "io/output.hpp"

namespace bradawl::learn {

namespace {

constexpr std::string_view head = "nn-train checkpoint 1";
constexpr std::string_view foot = "end\n";

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

}  // namespace

void Checkpoint::load(const std::function<bool(std::string_view&)>& take) const {
    if (!std::filesystem::exists(path_)) return;
    const std::string whole = io::read_document(path_, std::size_t{4} << 30);
    std::string_view text = whole;
    if (take_line(text) != head) throw Error(Fault::data, path_ + ": not a checkpoint of nn-train");
    const bool same = take_line(text) == made_by_ && take_line(text) == data_;
    if (!same)
        throw Error(Fault::usage, path_ + ": a checkpoint of other settings or other rows",
                    "Remove it, or go on with the settings and rows it was made by.");
    if (!take(text) || !text.ends_with(foot)) throw Error(Fault::data, path_ + ": torn");
}

void Checkpoint::save(const std::function<void(std::string&)>& give) const {
    std::string text = std::string(head) + '\n' + made_by_ + '\n' + data_ + '\n';
    give(text);
    text += foot;
    io::write_aside(path_, text);
}

bool load_count(std::string_view& text, std::uint64_t& count) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n'))
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc{};
}

}  // namespace bradawl::learn
