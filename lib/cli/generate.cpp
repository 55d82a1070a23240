#include "cli/generate.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>
#include <vector>

#include "cli/option_tree.hpp"
#include "cli/run.hpp"

namespace bradawl::cli {

namespace {

bool takes_file(const OptionFacts& option) {
    return option.value.find("FILE") != std::string::npos;
}

/// Whether the value may be `@FILE`; completions then offer files with `@` before them.
bool takes_at_file(const OptionFacts& option) {
    return option.value.find("@FILE") != std::string::npos;
}

std::string options_list(const std::vector<CommandFacts>& tree) {
    std::string out;
    for (const auto& command : tree) {
        for (const auto& option : command.options) {
            out += fmt::format("{}\t{}\t{}\t{}\t{}\n", command.name, option.letter, option.name, option.value,
                               option.environment);
        }
    }
    return out;
}

/// `-d --data` of all options of `command`, with a space between.
std::string spellings(const CommandFacts& command) {
    std::string out;
    for (const auto& option : command.options) {
        if (!option.letter.empty()) out += "-" + option.letter + " ";
        if (!option.name.empty()) out += "--" + option.name + " ";
    }
    if (!out.empty()) out.pop_back();
    return out;
}

std::string either_spelling(const OptionFacts& option) {
    const std::string both = option.letter.empty() || option.name.empty() ? "" : "|";
    return (option.letter.empty() ? "" : "-" + option.letter) + both + (option.name.empty() ? "" : "--" + option.name);
}

std::string function_name(const std::string& tool) {
    std::string name = "_" + tool;
    for (char& c : name)
        c = c == '-' ? '_' : c;
    return name;
}

/// The command of bash that offers values for `option`.
std::string bash_reply(const OptionFacts& option) {
    if (!option.words.empty()) {
        return fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\")", fmt::join(option.words, " "));
    }
    if (takes_at_file(option)) {
        // As file names bash would quote the @ too; so they are quoted here.
        return "compopt +o filenames 2>/dev/null\n            mapfile -t COMPREPLY < "
               "<(compgen -f -- \"$current\" | while read -r name; do printf '@%q\\n' \"$name\"; done)";
    }
    return takes_file(option) ? "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")" : "COMPREPLY=()";
}

/// The case arms of bash that complete an option's value: each spelling once over all commands, those with the same
/// values in one arm.
std::string bash_values(const std::vector<CommandFacts>& tree) {
    std::vector<std::pair<std::string, std::string>> arms;  // reply, spellings
    std::string seen;
    for (const auto& command : tree) {
        for (const auto& option : command.options) {
            const std::string mark = " " + either_spelling(option) + " ";
            if (option.value.empty() || seen.find(mark) != std::string::npos) continue;
            seen += mark;
            const std::string reply = bash_reply(option);
            const auto same =
                std::find_if(arms.begin(), arms.end(), [&](const auto& arm) { return arm.first == reply; });
            if (same == arms.end()) {
                arms.emplace_back(reply, either_spelling(option));
            } else {
                same->second += "|" + either_spelling(option);
            }
        }
    }
    std::string out;
    for (const auto& [reply, names] : arms)
        out += fmt::format("        {})\n            {}\n            return\n            ;;\n", names, reply);
    return out;
}

std::string bash(const Tool& tool, const std::vector<CommandFacts>& tree) {
    std::string out = fmt::format("# bash completion for {0}; printed by: {0} --generate=bash\n\n", tool.name);
    out += function_name(tool.name) + "() {\n";
    // Bash breaks words at = and @: `--user=@fi` arrives as `--user`, `=@`, `fi`.
    out +=
        "    local at=$COMP_CWORD current=''\n"
        "    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}\n"
        "    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))\n";
    out += "    case ${COMP_WORDS[at]} in\n" + bash_values(tree) + "    esac\n";
    out += fmt::format("    local words='{}'\n", spellings(tree.front()));
    if (tree.size() > 1) {
        std::string names;
        for (std::size_t i = 1; i < tree.size(); ++i)
            names += (names.empty() ? "" : " ") + tree[i].name;
        out +=
            "    local word command=''\n    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n        case $word "
            "in\n";
        for (std::size_t i = 1; i < tree.size(); ++i) {
            out += fmt::format(
                "            {0})\n                command={0}\n                words+=' {1}'\n                ;;\n",
                tree[i].name, spellings(tree[i]));
        }
        out += "        esac\n    done\n";
        out += fmt::format(
            "    if [[ -z $command && $current != -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W '{}' -- "
            "\"$current\")\n"
            "        return\n    fi\n",
            names);
    }
    out +=
        "    if [[ $current == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "    else\n        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n    fi\n}\n";
    return out + fmt::format("complete -o filenames -F {} {}\n", function_name(tool.name), tool.name);
}

/// `text` safe inside single quotes and in the brackets and colons of a zsh _arguments specification.
std::string zsh_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
            out += c;
        }
    }
    return out;
}

std::string zsh_arguments(const CommandFacts& command, const std::string& indent) {
    std::string out;
    for (const auto& option : command.options) {
        std::string value;
        if (!option.words.empty()) {
            value = fmt::format(":value:({})", fmt::join(option.words, " "));
        } else if (takes_file(option)) {
            value = ":" + zsh_text(option.value) + ":";
            value += takes_at_file(option) ? "{ if compset -P @; then _files; else _files -P @; fi }" : "_files";
        } else if (!option.value.empty()) {
            value = ":" + zsh_text(option.value) + ":";
        }
        const std::string about = "[" + zsh_text(option.description) + "]" + value;
        // `*`: an option may be given again; `=` and `+`: its value may follow in the same word.
        if (!option.name.empty())
            out += fmt::format("{}'*--{}{}{}' \\\n", indent, option.name, option.value.empty() ? "" : "=", about);
        if (!option.letter.empty())
            out += fmt::format("{}'*-{}{}{}' \\\n", indent, option.letter, option.value.empty() ? "" : "+", about);
    }
    return out;
}

std::string zsh(const Tool& tool, const std::vector<CommandFacts>& tree) {
    std::string out =
        fmt::format("#compdef {0}\n# zsh completion for {0}; printed by: {0} --generate=zsh\n\n", tool.name);
    if (tree.size() == 1)
        return out + "_arguments -s -S \\\n" + zsh_arguments(tree.front(), "    ") + "    '*:operand:_files'\n";
    out += "local command=${words[(r)(";
    for (std::size_t i = 1; i < tree.size(); ++i)
        out += (i == 1 ? "" : "|") + tree[i].name;
    out += ")]}\ncase $command in\n";
    for (std::size_t i = 1; i < tree.size(); ++i) {
        out += fmt::format("    {})\n        _arguments -s -S \\\n", tree[i].name);
        out += zsh_arguments(tree[i], "            ") + zsh_arguments(tree.front(), "            ");
        out += "            '*:operand:_files'\n        ;;\n";
    }
    out += "    *)\n        local -a commands=(\n";
    for (std::size_t i = 1; i < tree.size(); ++i)
        out += fmt::format("            '{}:{}'\n", tree[i].name, zsh_text(tree[i].description));
    out += "        )\n        _arguments -s -S \\\n" + zsh_arguments(tree.front(), "            ");
    return out +
           "            '1:command:{ _describe command commands }' \\\n            '*::operand:_files'\n        "
           ";;\nesac\n";
}

std::string fish_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return "'" + out + "'";
}

std::string fish(const Tool& tool, const std::vector<CommandFacts>& tree) {
    std::string out = fmt::format("# fish completion for {0}; printed by: {0} --generate=fish\n\n", tool.name);
    // Not __fish_use_subcommand, which takes the value of an option before the command for a command.
    std::string no_command_yet = "not __fish_seen_subcommand_from";
    for (std::size_t i = 1; i < tree.size(); ++i)
        no_command_yet += " " + tree[i].name;
    for (const auto& command : tree) {
        if (!command.name.empty()) {
            out += fmt::format("complete -c {} -n '{}' -f -a {} -d {}\n", tool.name, no_command_yet, command.name,
                               fish_text(command.description));
        }
        for (const auto& option : command.options) {
            out += "complete -c " + tool.name;
            if (!command.name.empty()) out += fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
            if (!option.letter.empty()) out += " -s " + option.letter;
            if (!option.name.empty()) out += " -l " + option.name;
            if (!option.words.empty()) {
                out += fmt::format(" -x -a '{}'", fmt::join(option.words, " "));
            } else if (takes_at_file(option)) {
                out +=
                    R"( -x -a '@(__fish_complete_path (string replace -r "^(-[^=]*=)?@?" "" -- (commandline -ct)))')";
            } else if (takes_file(option)) {
                out += " -r -F";
            } else if (!option.value.empty()) {
                out += " -x";
            }
            out += " -d " + fish_text(option.description) + "\n";
        }
    }
    return out;
}

}  // namespace

std::string generate(const Tool& tool, const CLI::App& app, const std::string& kind) {
    const auto tree = option_tree(app);
    if (kind == "options") return options_list(tree);
    if (kind == "bash") return bash(tool, tree);
    if (kind == "zsh") return zsh(tool, tree);
    if (kind == "fish") return fish(tool, tree);
    throw Error(Fault::usage, "--generate: '" + kind + "' is not one of options, bash, zsh, fish");
}

}  // namespace bradawl::cli
