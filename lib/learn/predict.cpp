#include "learn/predict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "json/writer.hpp"

namespace bradawl::learn {

namespace {

using Out = PredictOptions::Out;

std::string json_string(std::string_view value) {
    std::string text;
    json::Writer(text).foreign_string(value);
    return text;
}

}  // namespace

Predictions::Predictions(const Model& model, const table::RowReader& rows, const PredictOptions& options)
    : model_(model), options_(options), names_(rows.names()), ranked_(model.classes.size()) {
    const bool as_input = options.format == table::Format::automatic;
    json_ = as_input ? rows.separator() == 0 : options.format == table::Format::ndjson;
    separator_ = options.format == table::Format::tsv ? '\t'
                 : as_input && rows.separator() != 0  ? rows.separator()
                                                      : ',';
    for (const std::string& name : model.classes) {
        labels_.push_back(json_ ? json_string(name) : quoted(name));
        keys_.push_back(json_string(name));
    }
    target_key_ = json_string(options.out == Out::append ? "predicted" : model.target);
    for (std::uint64_t digit = 0; digit < options.digits; ++digit)
        unit_ *= 10;
    std::iota(ranked_.begin(), ranked_.end(), std::size_t{0});
}

void Predictions::write_all(Applier& applier, io::Output& out) {
    out.write(header());
    Applied row;
    std::string text;
    while (true) {
        if (applier.idle()) out.flush();
        if (!applier.next(row)) break;
        text.clear();
        append(row, text);
        out.write(text);
    }
}

std::string Predictions::quoted(std::string_view value) const {
    const bool plain = value.find_first_of("\"\r\n") == std::string_view::npos &&
                       value.find(separator_) == std::string_view::npos && !value.starts_with(' ') &&
                       !value.ends_with(' ');
    if (plain) return std::string(value);
    std::string text = "\"";
    for (const char c : value)
        text += c == '"' ? "\"\"" : std::string(1, c);
    return text + '"';
}

std::string Predictions::header() const {
    if (json_ || !options_.header) return "";
    std::vector<std::string> fields;
    if (options_.out == Out::append)
        for (const std::string& name : names_)
            fields.push_back(quoted(name));
    const std::string label = options_.out == Out::append ? "predicted" : quoted(model_.target);
    if (options_.top > 0 && model_.classification) {
        for (std::size_t at = 1; at <= std::min<std::size_t>(options_.top, labels_.size()); ++at) {
            fields.push_back(fmt::format("{}_{}", label, at));
            fields.push_back(fmt::format("prob_{}", at));
        }
    } else {
        fields.push_back(label);
        if (model_.classification && (options_.out == Out::prob || options_.out == Out::append))
            fields.emplace_back("prob");
        if (model_.classification && options_.out == Out::all)
            for (const std::string& name : model_.classes)
                fields.push_back(quoted("p_" + name));
    }
    std::string text;
    for (const std::string& field : fields) {
        if (!text.empty()) text += separator_;
        text += field;
    }
    return text + '\n';
}

void Predictions::append_number(double value, std::string& text) const {
    char digits[32];
    // Predictions of floats have no more digits than floats.
    const auto [end, error] = model_.network.index() == 0
                                  ? std::to_chars(digits, digits + sizeof digits, static_cast<float>(value))
                                  : std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, end);
}

void Predictions::append_probability(double value, std::string& text) const {
    const auto scaled = static_cast<std::uint64_t>(std::max(value, 0.0) * static_cast<double>(unit_) + 0.5);
    char digits[24];
    char* at = digits + sizeof digits;
    std::uint64_t rest = scaled;
    for (std::uint64_t digit = 0; digit < options_.digits; ++digit, rest /= 10)
        *--at = static_cast<char>('0' + rest % 10);
    if (options_.digits > 0) *--at = '.';
    *--at = static_cast<char>('0' + rest);
    text.append(at, static_cast<std::size_t>(digits + sizeof digits - at));
}

void Predictions::order(const Applied& row) {
    const std::size_t count = std::min<std::size_t>(options_.top, ranked_.size());
    std::sort(ranked_.begin(), ranked_.end());
    std::partial_sort(ranked_.begin(), ranked_.begin() + static_cast<std::ptrdiff_t>(count), ranked_.end(),
                      [&](std::size_t a, std::size_t b) {
                          return row.outputs[a] > row.outputs[b] || (row.outputs[a] == row.outputs[b] && a < b);
                      });
}

void Predictions::append(const Applied& row, std::string& text) {
    if (json_) {
        append_members(row, text);
    } else {
        append_fields(row, text);
    }
    text += '\n';
}

void Predictions::append_fields(const Applied& row, std::string& text) {
    if (options_.out == Out::append) {
        if (row.failed) {
            text.append(names_.empty() ? 0 : names_.size() - 1, separator_);
        } else {
            text += row.source;
        }
        text += separator_;
    }
    if (!model_.classification) {
        if (!row.failed) append_number(row.outputs[0], text);
        return;
    }
    const std::size_t top = std::min<std::size_t>(options_.top, labels_.size());
    if (top > 0) {
        order(row);
        for (std::size_t at = 0; at < top; ++at) {
            if (at > 0) text += separator_;
            if (!row.failed) text += labels_[ranked_[at]];
            text += separator_;
            if (!row.failed) append_probability(row.outputs[ranked_[at]], text);
        }
        return;
    }
    const auto best =
        static_cast<std::size_t>(std::max_element(row.outputs.begin(), row.outputs.end()) - row.outputs.begin());
    if (!row.failed) text += labels_[best];
    if (options_.out == Out::label) return;
    if (options_.out != Out::all) {
        text += separator_;
        if (!row.failed) append_probability(row.outputs[best], text);
        return;
    }
    for (const double output : row.outputs) {
        text += separator_;
        if (!row.failed) append_probability(output, text);
    }
}

void Predictions::append_members(const Applied& row, std::string& text) {
    text += '{';
    if (options_.out == Out::append && !row.failed) {
        const std::string_view inside = row.source.substr(0, row.source.rfind('}'));
        const std::size_t begin = inside.find('{');
        if (begin == std::string_view::npos) {  // a row of CSV
            text += "\"row\":" + json_string(row.source) + ",";
        } else {
            std::string_view members = inside.substr(begin + 1);
            while (!members.empty() && (members.back() == ' ' || members.back() == '\t'))
                members.remove_suffix(1);
            text += members;
            if (!members.empty()) text += ',';
        }
    }
    text += target_key_;
    text += ':';
    if (row.failed) {
        text += "null}";
        return;
    }
    if (!model_.classification) {
        append_number(row.outputs[0], text);
        text += '}';
        return;
    }
    const auto best =
        static_cast<std::size_t>(std::max_element(row.outputs.begin(), row.outputs.end()) - row.outputs.begin());
    text += labels_[best];
    const std::size_t top = std::min<std::size_t>(options_.top, labels_.size());
    if (top > 0) {
        order(row);
        text += ",\"top\":{";
        for (std::size_t at = 0; at < top; ++at) {
            text += at > 0 ? "," : "";
            text += keys_[ranked_[at]] + ":";
            append_probability(row.outputs[ranked_[at]], text);
        }
        text += '}';
    } else if (options_.out == Out::all) {
        text += ",\"p\":{";
        for (std::size_t at = 0; at < row.outputs.size(); ++at) {
            text += at > 0 ? "," : "";
            text += keys_[at] + ":";
            append_probability(row.outputs[at], text);
        }
        text += '}';
    } else if (options_.out != Out::label) {
        text += ",\"prob\":";
        append_probability(row.outputs[best], text);
    }
    text += '}';
}

}  // namespace bradawl::learn
