#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <regex>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/stop.hpp"
#include "core/system_clock.hpp"
#include "core/system_error.hpp"
#include "core/unique_fd.hpp"
#include "core/version.hpp"

namespace bradawl {
namespace {

using namespace std::chrono_literals;

TEST(Error, KeepsItsHintUnderFurtherFacts) {
    const Error error = Error(Fault::data, "not a number", "quote it").at("prices.csv:17:3");
    EXPECT_STREQ(error.what(), "prices.csv:17:3: not a number");
    EXPECT_EQ(error.text(), error.what());
    EXPECT_EQ(error.hint(), "quote it");
    EXPECT_EQ(error.fault(), Fault::data);
}

TEST(Error, ExitCodesAreThoseOfTheManual) {
    EXPECT_EQ(exit_code(Fault::some_failed), 1);
    EXPECT_EQ(exit_code(Fault::usage), 2);
    EXPECT_EQ(exit_code(Fault::data), 65);
    EXPECT_EQ(exit_code(Fault::unavailable), 69);
    EXPECT_EQ(exit_code(Fault::internal), 70);
    EXPECT_EQ(exit_code(Fault::io), 74);
    EXPECT_EQ(exit_code(Fault::again), 75);
    EXPECT_EQ(exit_code(Fault::outcome_unknown), 76);
    EXPECT_EQ(exit_code(Fault::permission), 77);
    EXPECT_EQ(exit_code(Fault::config), 78);
}

TEST(SystemError, SpeaksInLowerCaseButKeepsAcronyms) {
    EXPECT_EQ(system_error(Fault::io, "cannot read x", ENOENT).text(), "cannot read x: no such file or directory");
    EXPECT_EQ(system_error(Fault::config, "x", EDOTDOT).text(), "x: RFS specific error");
    EXPECT_EQ(system_error(Fault::config, "x", EIO).fault(), Fault::config);
}

bool is_open(int fd) {
    return ::fcntl(fd, F_GETFD) >= 0;
}

TEST(UniqueFd, ClosesOnce) {
    const int fd = ::dup(STDERR_FILENO);
    {
        UniqueFd owner(fd);
        EXPECT_TRUE(owner);
        EXPECT_EQ(owner.get(), fd);
        UniqueFd heir(std::move(owner));
        EXPECT_FALSE(owner);
        EXPECT_TRUE(is_open(fd));
    }
    EXPECT_FALSE(is_open(fd));
}

TEST(UniqueFd, MovesResetsAndReleases) {
    const int first = ::dup(STDERR_FILENO);
    const int second = ::dup(STDERR_FILENO);
    UniqueFd a(first);
    UniqueFd b(second);
    a = std::move(b);
    EXPECT_FALSE(is_open(first)) << "what it held before is closed";
    EXPECT_EQ(a.get(), second);
    auto& self = a;
    a = std::move(self);
    EXPECT_TRUE(is_open(second)) << "moved to itself";
    EXPECT_EQ(a.release(), second);
    EXPECT_FALSE(a);
    a.reset(second);
    a.reset();
    EXPECT_FALSE(is_open(second));
    EXPECT_EQ(UniqueFd().get(), -1);
}

bool readable(int fd) {
    pollfd watched{fd, POLLIN, 0};
    return ::poll(&watched, 1, 0) == 1;
}

TEST(Stop, TheFirstRequestWins) {
    Stop stop;
    EXPECT_FALSE(stop.requested());
    EXPECT_FALSE(readable(stop.fd()));
    errno = EDOM;
    stop.request(15);
    stop.request(2);
    EXPECT_EQ(errno, EDOM) << "a signal handler leaves errno alone";
    EXPECT_TRUE(stop.requested());
    EXPECT_EQ(stop.signal(), 15);
    EXPECT_TRUE(readable(stop.fd()));
    EXPECT_TRUE(readable(stop.fd())) << "and stays so";
}

TEST(Stop, MayBeAskedWithoutASignal) {
    Stop stop;
    stop.request(0);
    EXPECT_TRUE(stop.requested());
    EXPECT_EQ(stop.signal(), 0);
}

TEST(SystemClock, DoesNotRunBackwards) {
    const Stop stop;
    const SystemClock clock(stop);
    const TimePoint before = clock.now();
    EXPECT_LE(before, clock.now());
    EXPECT_GT(clock.wall().time_since_epoch(), 365 * 24h * 50) << "civil time of this century";
}

TEST(SystemClock, SleepsAtLeastThatLong) {
    const Stop stop;
    SystemClock clock(stop);
    const TimePoint before = clock.now();
    EXPECT_TRUE(clock.sleep(20ms));
    EXPECT_GE(clock.now() - before, 20ms);
    EXPECT_TRUE(clock.sleep(0s));
    EXPECT_TRUE(clock.sleep(-1s));
}

TEST(SystemClock, AStopEndsASleep) {
    Stop stop;
    SystemClock clock(stop);
    std::thread signal([&] { stop.request(0); });
    EXPECT_FALSE(clock.sleep(100h));
    signal.join();
    EXPECT_FALSE(clock.sleep(0s)) << "no sleep after a stop is whole";
}

TEST(SystemClock, ASleepWithoutEndIsOne) {
    Stop stop;
    SystemClock clock(stop);
    std::thread signal([&] { stop.request(0); });
    EXPECT_FALSE(clock.sleep(Duration::max()));
    signal.join();
}

// Reference output of SplitMix64 by its author (prng.di.unimi.it/splitmix64.c) from the seed 1234567.
TEST(Random, IsSplitMix64) {
    Random random(1234567);
    EXPECT_EQ(random.next(), 6457827717110365317ULL);
    EXPECT_EQ(random.next(), 3203168211198807973ULL);
    EXPECT_EQ(random.next(), 9817491932198370423ULL);
    EXPECT_EQ(random.next(), 4593380528125082431ULL);
    EXPECT_EQ(random.next(), 16408922859458223821ULL);
}

TEST(Random, UnitLiesInItsInterval) {
    Random random(1);
    double sum = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double unit = random.unit();
        ASSERT_TRUE(unit >= 0 && unit < 1) << unit;
        sum += unit;
    }
    EXPECT_NEAR(sum / 100'000, 0.5, 0.01);
}

TEST(Version, HasThreeNumbers) {
    EXPECT_TRUE(std::regex_match(version(), std::regex(R"(\d+\.\d+\.\d+)"))) << version();
}

}  // namespace
}  // namespace bradawl
