#include "tool_run.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

namespace bradawl::cli {

namespace {

class ScratchFile {
public:
    ScratchFile() : file_(std::tmpfile()) {
        if (file_ == nullptr) std::abort();
    }
    ~ScratchFile() { std::fclose(file_); }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    int fd() const { return ::fileno(file_); }
    void fill(const std::string& text) const {
        std::fwrite(text.data(), 1, text.size(), file_);
        std::rewind(file_);
    }
    std::string text() const {
        std::rewind(file_);
        std::string all;
        for (int c = 0; (c = std::fgetc(file_)) != EOF;)
            all += static_cast<char>(c);
        return all;
    }

private:
    std::FILE* file_;
};

bool has_no_colon(const std::string& text) {
    return text.find(':') == std::string::npos;
}

}  // namespace

Outcome in_process(const std::function<int()>& action, const std::string& input) {
    const ScratchFile in;
    const ScratchFile out;
    const ScratchFile err;
    in.fill(input);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(in.fd(), STDIN_FILENO);
        ::dup2(out.fd(), STDOUT_FILENO);
        ::dup2(err.fd(), STDERR_FILENO);
        ::_exit(action());
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) std::abort();
    return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), out.text(), err.text()};
}

Outcome run_tool(const std::function<Work(CLI::App&)>& declare, const std::vector<std::string>& arguments,
                 const Environment& environment, const std::string& input) {
    const auto action = [&] {
        ::clearenv();
        for (const auto& [name, value] : environment)
            ::setenv(name.c_str(), value.c_str(), 1);
        std::vector<std::string> words{"tool"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> argv;
        for (auto& word : words)
            argv.push_back(word.data());
        const Tool tool{"tool", "Do a thing", "tool --name=x", [] { return std::vector<std::string>{"libthing 1.2"}; },
                        "TOOL"};
        return run(static_cast<int>(argv.size()), argv.data(), tool, declare);
    };
    return in_process(action, input);
}

CLI::App& add_command(CLI::App& app, const std::string& name, const std::string& description) {
    return *app.add_subcommand(name, description);
}

void Sample::declare(CLI::App& app) {
    Group(app, "Things")
        .flag("-f,--flag", flag, "a flag")
        .flag("!--no-check", check, "check nothing")
        .text("--name", name, "TEXT", "a text")
        .texts("-e,--each", each, "TEXT", "texts")
        .number("--ratio", ratio, 0, 1, "RATIO", "a number")
        .choice<Mode>("--mode", mode, {{"slow", Mode::slow}, {"fast", Mode::fast}}, "a choice");
    Group(app, "Quantities")
        .duration("-t,--time", time, "a time")
        .size("--size", size, "a size")
        .count("-c,--count", count, "a count")
        .ladder("--ladder", ladder, "a ladder")
        .secret("--secret", secret, "a secret")
        .environment("TOOL_KEY")
        .secret("-u,--user", user, "a secret when it holds a colon", has_no_colon);
    add_hidden_number(app, "--hidden", hidden, 0, 1, "TOOL_HIDDEN");
}

std::string Sample::text() const {
    return fmt::format(
        "flag={}\ncheck={}\nname={}\neach={}\nratio={}\ntime={}\nsize={}\ncount={}\nladder={}+{}*{}<{}\nsecret={}\n"
        "user={}\nmode={}\nhidden={}\n",
        flag, check, name, fmt::join(each, ","), ratio, time.count(), size, count, ladder.first.count(),
        ladder.add.count(), ladder.factor, ladder.cap.count(), secret, user, mode == Mode::fast ? "fast" : "slow",
        hidden);
}

Outcome run_sample(const std::vector<std::string>& arguments, const Environment& environment,
                   const std::string& input) {
    Sample sample;
    const auto declare = [&](CLI::App& app) -> Work {
        sample.declare(app);
        return [&](World& world) -> Ending {
            world.out.write(sample.text());
            return 0;
        };
    };
    return run_tool(declare, arguments, environment, input);
}

std::string value_of(const Outcome& outcome, const std::string& name) {
    const std::string text = "\n" + outcome.out;
    const auto begin = text.find("\n" + name + "=");
    if (begin == text.npos) return outcome.out + outcome.err;
    const auto value = begin + name.size() + 2;
    return text.substr(value, text.find('\n', value) - value);
}

}  // namespace bradawl::cli
