#include "cli/run.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "tool_run.hpp"

namespace bradawl::cli {
namespace {

/// Runs a tool without options of its own that does `work`.
Outcome run_work(const Work& work, const std::vector<std::string>& arguments = {}) {
    return run_tool([&](CLI::App&) { return work; }, arguments);
}

TEST(Run, EndsWithTheCodeOfItsWork) {
    const Outcome done = run_work([](World& world) -> Ending {
        world.out.write("a\n");
        return 0;
    });
    EXPECT_EQ(done.code, 0);
    EXPECT_EQ(done.out, "a\n") << "flushed at the end";
    EXPECT_EQ(done.err, "");
    EXPECT_EQ(run_work([](World&) -> Ending { return 7; }).code, 7);
    EXPECT_EQ(run_work([](World&) -> Ending { return Fault::some_failed; }).code, 1);
}

TEST(Run, TellsAnErrorAfterWhatWasWritten) {
    const Outcome outcome = run_work([](World& world) -> Ending {
        world.out.write("whole record\n");
        throw Error(Fault::data, "in.csv:3:1: 'x' is not a number", "quote it");
    });
    EXPECT_EQ(outcome.code, 65);
    EXPECT_EQ(outcome.out, "whole record\n");
    EXPECT_EQ(outcome.err, "tool: in.csv:3:1: 'x' is not a number\ntool: quote it\n");
}

TEST(Run, TellsEveryFaultByItsCode) {
    for (const Fault fault : {Fault::some_failed, Fault::usage, Fault::data, Fault::unavailable, Fault::internal,
                              Fault::io, Fault::again, Fault::outcome_unknown, Fault::permission, Fault::config}) {
        const Outcome outcome = run_work([fault](World&) -> Ending { throw Error(fault, "why"); });
        EXPECT_EQ(outcome.code, exit_code(fault));
        EXPECT_EQ(outcome.err, "tool: why\n");
    }
}

TEST(Run, TellsABugAsOne) {
    const Outcome outcome = run_work([](World&) -> Ending { throw std::logic_error("oops"); });
    EXPECT_EQ(outcome.code, 70);
    EXPECT_EQ(outcome.err, "tool: internal error: oops\ntool: this is a bug in bradawl\n");
    const Outcome memory = run_work([](World&) -> Ending { throw std::bad_alloc(); });
    EXPECT_EQ(memory.code, 70);
    EXPECT_EQ(memory.err, "tool: out of memory\n");
}

TEST(Run, TellsAnErrorAsJsonWhenAsked) {
    const Outcome outcome =
        run_work([](World&) -> Ending { throw Error(Fault::io, "why \"not\"\n", "do this"); }, {"--log-format=json"});
    EXPECT_EQ(outcome.code, 74);
    const std::string after_time = outcome.err.substr(outcome.err.find(",\"level\""));
    EXPECT_EQ(
        after_time,
        ",\"level\":\"error\",\"tool\":\"tool\",\"event\":\"error\",\"message\":\"why \\\"not\\\"\\n\",\"exit\":74,"
        "\"hint\":\"do this\"}\n")
        << "one line, the hint in it";
}

TEST(Run, DiesByTheSignalAfterItsOutputIsSafe) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const Outcome outcome = run_work([signal](World& world) -> Ending {
            world.out.write("record\n");
            ::raise(signal);
            EXPECT_TRUE(world.stop.requested());
            EXPECT_EQ(world.stop.signal(), signal);
            return Ending::by_signal();
        });
        EXPECT_EQ(outcome.code, 128 + signal);
        EXPECT_EQ(outcome.out, "record\n");
        EXPECT_EQ(outcome.err, "");
    }
}

TEST(Run, ASignalMayBeANormalEnd) {
    EXPECT_EQ(run_work([](World&) -> Ending {
                  ::raise(SIGINT);
                  return 0;
              }).code,
              0);
}

TEST(Run, ASecondSignalKillsAtOnce) {
    const Outcome outcome = run_work([](World& world) -> Ending {
        world.out.write("lost");
        ::raise(SIGTERM);
        ::raise(SIGINT);
        ADD_FAILURE() << "still here";
        return 0;
    });
    EXPECT_EQ(outcome.code, 128 + SIGINT);
    EXPECT_EQ(outcome.out, "");
}

TEST(Run, ASignalThatWasIgnoredStaysSo) {
    const auto outcome = in_process([] {
        std::signal(SIGHUP, SIG_IGN);
        std::vector<char> name{'t', '\0'};
        char* argv[] = {name.data(), nullptr};
        return run(1, argv, Tool{"tool", "", "", nullptr, "TOOL"}, [](CLI::App&) -> Work {
            return [](World& world) -> Ending {
                ::raise(SIGHUP);
                return world.stop.requested() ? 1 : 0;
            };
        });
    });
    EXPECT_EQ(outcome.code, 0);
}

TEST(Run, AReaderThatHasGoneEndsItQuietly) {
    const Outcome outcome = run_work([](World& world) -> Ending {
        int ends[2];
        EXPECT_EQ(::pipe(ends), 0);
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        world.out.write("x");
        return 0;
    });
    EXPECT_EQ(outcome.code, 128 + SIGPIPE);
    EXPECT_EQ(outcome.err, "");
}

TEST(Run, ABrokenPipeOfAnotherStreamIsAnError) {
    const Outcome outcome =
        run_work([](World&) -> Ending { throw io::BrokenPipe(Fault::io, "the socket: broken pipe"); });
    EXPECT_EQ(outcome.code, 74);
    EXPECT_EQ(outcome.err, "tool: the socket: broken pipe\n");
}

TEST(Run, OutputThatCannotBeWrittenIsTold) {
    const Outcome outcome = run_work([](World& world) -> Ending {
        EXPECT_NE(std::freopen("/dev/full", "w", stdout), nullptr);
        world.out.write("x");
        return 0;
    });
    EXPECT_EQ(outcome.code, 74);
    EXPECT_EQ(outcome.err, "tool: cannot write standard output: no space left on device\n");
}

TEST(Run, AFileThatGrowsTooLargeIsAnErrorAndNoSignal) {
    const Outcome outcome = run_work([](World& world) -> Ending {
        const rlimit small{10, 10};
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
        world.out.write(std::string(100, 'x'));
        return 0;
    });
    EXPECT_EQ(outcome.code, 74);
}

TEST(Run, LineBufferedWritesAtOnce) {
    const auto work = [](World& world) -> Ending {
        world.out.write("now\n");
        ::_exit(0);
    };
    EXPECT_EQ(run_work(work).out, "");
    EXPECT_EQ(run_work(work, {"--line-buffered"}).out, "now\n");
}

/// What is said at each level, with these arguments.
std::string said(const std::vector<std::string>& arguments) {
    const auto work = [](World& world) -> Ending {
        for (const Level level : {Level::error, Level::warn, Level::info, Level::debug})
            world.log.line(level, "e",
                           level == Level::error  ? "error"
                           : level == Level::warn ? "warn"
                           : level == Level::info ? "info"
                                                  : "debug");
        return 0;
    };
    std::string text;
    std::string all = run_work(work, arguments).err;
    for (std::size_t at = 0; (at = all.find("tool: ", at)) != all.npos; at += 6)
        text += all.substr(at + 6, all.find('\n', at) - at - 6) + " ";
    return text;
}

TEST(Run, SaysAsMuchAsAskedFor) {
    EXPECT_EQ(said({}), "error warn ");
    EXPECT_EQ(said({"-v"}), "error warn info ");
    EXPECT_EQ(said({"-v", "-v"}), "error warn info debug ");
    EXPECT_EQ(said({"-vv"}), "error warn info debug ");
    EXPECT_EQ(said({"-vvv"}), "error warn info debug ");
    EXPECT_EQ(said({"-q"}), "error ");
    EXPECT_EQ(said({"-vq"}), "error ");
}

TEST(Run, VersionAndHelpNeedNothingElse) {
    const auto work = [](World&) -> Ending { return 1; };
    EXPECT_EQ(run_work(work, {"--version"}).out, std::string("tool (bradawl) ") + "0.1.0\n");
    EXPECT_EQ(run_work(work, {"-vV"}).out, "tool (bradawl) 0.1.0\nlibthing 1.2\n");
    EXPECT_EQ(run_work(work, {"--version", "--bogus", "x"}).code, 0);
    const Outcome help = run_work(work, {"--help", "--bogus"});
    EXPECT_EQ(help.code, 0);
    EXPECT_EQ(help.err, "");
    EXPECT_EQ(help.out.substr(0, 33), "Usage: tool [OPTION]...\nDo a thin");
}

TEST(Run, AUsageErrorNamesWhatIsWrong) {
    const std::string try_help = "Try 'tool --help'.\n";
    const auto refused = [&](const std::vector<std::string>& arguments, const std::string& text) {
        const Outcome outcome = run_sample(arguments);
        EXPECT_EQ(outcome.code, 2);
        EXPECT_EQ(outcome.out, "");
        EXPECT_EQ(outcome.err, "tool: " + text);
    };
    refused({"--tiem=1s"}, "unknown option '--tiem'\ntool: Did you mean '--time'? " + try_help);
    refused({"--zzzzzzz"}, "unknown option '--zzzzzzz'\ntool: " + try_help);
    refused({"-z"}, "unknown option '-z'\ntool: " + try_help);
    refused({"operand"}, "unexpected operand 'operand'\ntool: " + try_help);
    refused({"--", "--time"}, "unexpected operand '--time'\ntool: " + try_help);
    refused({"a\nb"}, "unexpected operand 'a\\nb'\ntool: " + try_help);
    refused({"--flag=maybe"}, run_sample({"--flag=maybe"}).err.substr(6));
}

TEST(Run, TwoDashesEndTheOptions) {
    EXPECT_EQ(value_of(run_sample({"--name", "x", "--"}), "name"), "x");
    EXPECT_EQ(run_sample({"--"}).code, 0);
    EXPECT_EQ(run_sample({"--", "--name=", "y"}).err, "tool: unexpected operand '--name='\ntool: Try 'tool --help'.\n");
}

TEST(Run, ACommandIsNeeded) {
    const auto declare = [](CLI::App& app) -> Work {
        add_command(app, "put", "Put it");
        add_command(app, "get", "Get it");
        return [](World&) -> Ending { return 0; };
    };
    const Outcome none = run_tool(declare, {});
    EXPECT_EQ(none.code, 2);
    EXPECT_EQ(none.err, "tool: a command is needed: put, get\ntool: Try 'tool --help'.\n");
    EXPECT_EQ(run_tool(declare, {"put"}).code, 0);
    EXPECT_EQ(run_tool(declare, {"put", "-v"}).code, 0) << "shared options may follow the command";
    const Outcome unknown = run_tool(declare, {"push"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_EQ(unknown.out, "");
}

}  // namespace
}  // namespace bradawl::cli
