#include "cli/log.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "cli/progress.hpp"
#include "tool_run.hpp"

namespace bradawl::cli {
namespace {

using namespace std::chrono_literals;

/// A clock that a test sets.
class TestClock : public Clock {
public:
    TimePoint now() const override { return now_; }
    WallTime wall() const override { return WallTime(1767323045678ms); }
    bool sleep(Duration time) override {
        now_ += time;
        return true;
    }

private:
    TimePoint now_{};
};

/// What `action`, given a log called `tool`, prints to standard error.
template <class Action>
std::string logged(Action action) {
    const Outcome outcome = in_process([&] {
        const TestClock clock;
        Log log("tool", clock);
        action(log);
        return 0;
    });
    EXPECT_EQ(outcome.out, "");
    return outcome.err;
}

TEST(Log, PrintsTextForPeople) {
    EXPECT_EQ(logged([](Log& log) {
                  log.line(Level::warn, "retry", "again in 1 s", {{"wait", 1.0}});
                  log.hint("do this");
                  log.line(Level::info, "quiet", "left out");
                  log.set_level(Level::debug);
                  log.line(Level::debug, "loud", "shown");
              }),
              "tool: again in 1 s\ntool: do this\ntool: shown\n");
}

TEST(Log, PrintsJsonForPrograms) {
    EXPECT_EQ(
        logged([](Log& log) {
            log.set_format(LogFormat::json);
            log.line(Level::error, "e", "plain");
            log.line(Level::warn, "retry", "a \"b\"\n\x1b\\",
                     {{"text", std::string_view("x")},
                      {"real", 0.25},
                      {"signed", std::int64_t{-3}},
                      {"large", std::uint64_t{18446744073709551615U}},
                      {"truth", true}});
        }),
        "{\"time\":\"2026-01-02T03:04:05.678Z\",\"level\":\"error\",\"tool\":\"tool\",\"event\":\"e\",\"message\":"
        "\"plain\"}\n"
        "{\"time\":\"2026-01-02T03:04:05.678Z\",\"level\":\"warn\",\"tool\":\"tool\",\"event\":\"retry\","
        "\"message\":\"a \\\"b\\\"\\n\\u001b\\\\\",\"text\":\"x\",\"real\":0.25,\"signed\":-3,"
        "\"large\":18446744073709551615,\"truth\":true}\n");
}

TEST(Log, TellsOneBeforeEachLine) {
    EXPECT_EQ(logged([](Log& log) {
                  int calls = 0;
                  log.set_before_line([](void* count) { ++*static_cast<int*>(count); }, &calls);
                  log.line(Level::debug, "e", "left out");
                  EXPECT_EQ(calls, 0);
                  log.line(Level::error, "e", "shown");
                  EXPECT_EQ(calls, 1);
              }),
              "tool: shown\n");
}

TEST(Progress, IsSilentOffATerminalUnlessAskedFor) {
    for (const auto mode : {ProgressMode::automatic, ProgressMode::never}) {
        const Outcome outcome = in_process([mode] {
            ::setenv("TERM", "xterm", 1);
            const TestClock clock;
            Progress progress(clock);
            progress.set_mode(mode);
            progress.show("10 records");
            progress.clear();
            return progress.due() ? 1 : 0;
        });
        EXPECT_EQ(outcome.code, 0);
        EXPECT_EQ(outcome.err, "");
    }
}

TEST(Progress, RewritesOneLineAtMostFiveTimesASecond) {
    const Outcome outcome = in_process([] {
        TestClock clock;
        Progress progress(clock);
        EXPECT_FALSE(progress.due()) << "not on yet";
        progress.set_mode(ProgressMode::always);
        EXPECT_TRUE(progress.due());
        progress.show("one");
        EXPECT_FALSE(progress.due());
        clock.sleep(199ms);
        EXPECT_FALSE(progress.due());
        clock.sleep(1ms);
        EXPECT_TRUE(progress.due());
        progress.show(std::string(200, 'x'));
        progress.clear();
        progress.clear();
        EXPECT_TRUE(progress.due()) << "what was cleared may be shown again";
        return ::testing::Test::HasFailure() ? 1 : 0;
    });
    EXPECT_EQ(outcome.code, 0) << outcome.out;
    EXPECT_EQ(outcome.err, "\r\033[Kone\r\033[K" + std::string(79, 'x') + "\r\033[K");
}

TEST(Progress, GivesWayToMessages) {
    const Outcome outcome = run_tool(
        [](CLI::App&) -> Work {
            return [](World& world) -> Ending {
                world.progress.show("working");
                world.log.line(Level::warn, "e", "careful");
                world.progress.show("working");
                return 0;
            };
        },
        {"--progress=always"});
    EXPECT_EQ(outcome.err, "\r\033[Kworking\r\033[Ktool: careful\n\r\033[Kworking\r\033[K");
}

}  // namespace
}  // namespace bradawl::cli
