#include "cli/group.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::cli {

namespace {

CLI::Option* add_number(CLI::App& app, const std::string& names, double& value, double least, double most,
                        const std::string& description) {
    const auto set = [&value, names, least, most](const CLI::results_t& given) {
        const auto number = text::to_double(given.back());
        if (!number || *number < least || *number > most) {
            throw CLI::ValidationError(
                names.substr(names.rfind(',') + 1),
                fmt::format("'{}' is not a number from {} to {}", text::printable(given.back()), least, most));
        }
        value = *number;
        return true;
    };
    return app.add_option(names, set, description);
}

}  // namespace

Group& Group::take(CLI::Option* option) {
    last_ = option->group(heading_);
    return *this;
}

Group& Group::flag(const std::string& names, bool& value, const std::string& description) {
    return take(app_.add_flag(names, value, description));
}

Group& Group::text(const std::string& names, std::string& value, const std::string& metavar,
                   const std::string& description) {
    return take(app_.add_option(names, value, description)->type_name(metavar));
}

Group& Group::texts(const std::string& names, std::vector<std::string>& values, const std::string& metavar,
                    const std::string& description) {
    return take(
        app_.add_option(names, values, description)->type_name(metavar)->expected(1, -1)->allow_extra_args(false));
}

Group& Group::number(const std::string& names, double& value, double least, double most, const std::string& metavar,
                     const std::string& description) {
    return take(add_number(app_, names, value, least, most, description)->type_name(metavar));
}

Group& Group::duration(const std::string& names, std::chrono::nanoseconds& value, const std::string& description) {
    return take(add_duration(app_, names, value, description));
}

Group& Group::patience(const std::string& names, std::chrono::nanoseconds& value, const std::string& description) {
    return take(add_patience(app_, names, value, description));
}

Group& Group::size(const std::string& names, std::uint64_t& value, const std::string& description) {
    return take(add_size(app_, names, value, description));
}

Group& Group::count(const std::string& names, std::uint64_t& value, const std::string& description) {
    return take(add_count(app_, names, value, description));
}

Group& Group::ladder(const std::string& names, retry::Ladder& value, const std::string& description) {
    return take(add_ladder(app_, names, value, description));
}

Group& Group::secret(const std::string& names, std::string& value, const std::string& description,
                     bool (*is_public)(const std::string&)) {
    return take(add_secret(app_, names, value, description, is_public));
}

Group& Group::environment(const std::string& variable) {
    last_->envname(variable);
    return *this;
}

void add_hidden_number(CLI::App& app, const std::string& name, double& value, double least, double most,
                       const std::string& variable) {
    add_number(app, name, value, least, most, "")->envname(variable)->group("");
}

}  // namespace bradawl::cli
