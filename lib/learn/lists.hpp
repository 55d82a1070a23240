#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bradawl::learn {

/// The parts of a list such as `a,b,"c, d"`; empty parts are left out. Inside quotes `""` is a quote.
std::vector<std::string> split_list(std::string_view list, char separator = ',');

/// `text` as a part of a list, with quotes where it needs them.
std::string list_part(const std::string& text);

}  // namespace bradawl::learn
