#include "io/queued_output.hpp"

#include <poll.h>

#include <array>
#include <csignal>
#include <thread>

#include "expect_error.hpp"
#include "io/descriptors.hpp"

namespace bradawl::io {
namespace {

using std::chrono::hours;

class QueuedOutputTest : public ::testing::Test {
protected:
    void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }

    /// What came out until the writing end was closed.
    std::string drain() {
        std::string all;
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = ::read(pipe_.read.get(), piece.data(), piece.size())) > 0;)
            all.append(piece.data(), static_cast<std::size_t>(got));
        return all;
    }

    Pipe pipe_;
    Output output_{pipe_.write.get(), "the pipe"};
};

TEST_F(QueuedOutputTest, KeepsOrderAndWritesAllAtTheEnd) {
    std::string wanted;
    std::string got;
    std::thread reader([&] { got = drain(); });
    {
        QueuedOutput queue(output_, 1 << 20);
        for (int i = 0; i < 20'000; ++i) {
            const std::string record = "record " + std::to_string(i);
            queue.write(record, '\n');
            wanted += record + '\n';
            if (i % 1000 == 0) queue.push();
            const bool room = !queue.full() || queue.wait_for_room(hours(1));
            ASSERT_TRUE(room);
        }
        queue.finish();
        EXPECT_NO_THROW(queue.finish()) << "a second time does nothing";
    }
    pipe_.write.reset();
    reader.join();
    EXPECT_TRUE(got == wanted);
}

TEST_F(QueuedOutputTest, WritesWhatIsLeftOnDestruction) {
    { QueuedOutput(output_, 1000).write("last", '\n'); }
    pipe_.write.reset();
    EXPECT_EQ(drain(), "last\n");
}

TEST_F(QueuedOutputTest, HandsOnWhatIsPushed) {
    QueuedOutput queue(output_, 1000);
    queue.write("now", '\n');
    queue.push();
    std::array<char, 10> piece{};
    EXPECT_EQ(::read(pipe_.read.get(), piece.data(), piece.size()), 4) << "without finish()";
    queue.finish();
}

TEST_F(QueuedOutputTest, IsFullWhileNobodyReads) {
    const std::string record(1000, 'x');
    QueuedOutput queue(output_, 300'000);
    std::size_t written = 0;
    EXPECT_FALSE(queue.full());
    while (!queue.full()) {
        queue.write(record, '\n');
        queue.push();
        written += record.size() + 1;
        ASSERT_LT(written, 1'000'000U) << "the queue and the pipe hold less";
    }
    EXPECT_FALSE(queue.wait_for_room(std::chrono::nanoseconds(1)));
    std::string got;
    std::thread reader([&] { got = drain(); });
    EXPECT_TRUE(queue.wait_for_room(hours(1)));
    EXPECT_FALSE(queue.full());
    queue.finish();
    pipe_.write.reset();
    reader.join();
    EXPECT_EQ(got.size(), written);
}

TEST_F(QueuedOutputTest, AnErrorWakesTheProducer) {
    QueuedOutput queue(output_, 1000);
    pipe_.read.reset();
    queue.write("x", '\n');
    queue.push();
    pollfd failure{queue.failure_fd(), POLLIN, 0};
    ASSERT_EQ(::poll(&failure, 1, -1), 1);
    queue.write("y", '\n');
    EXPECT_THROW(queue.push(), BrokenPipe);
    EXPECT_THROW(queue.wait_for_room(hours(1)), BrokenPipe);
    EXPECT_THROW(queue.finish(), BrokenPipe);
    EXPECT_NO_THROW(queue.finish()) << "told once";
}

TEST_F(QueuedOutputTest, AnErrorEndsAWaitForRoom) {
    QueuedOutput queue(output_, 100'000);
    const std::string record(1000, 'x');
    while (!queue.full()) {
        queue.write(record, '\n');
        queue.push();
    }
    std::thread leaver([&] { pipe_.read.reset(); });
    EXPECT_THROW(while (true) static_cast<void>(queue.wait_for_room(hours(1))), BrokenPipe);
    leaver.join();
    EXPECT_THROW(queue.finish(), BrokenPipe);
}

TEST_F(QueuedOutputTest, TellsAFullDevice) {
    Output full = Output::open("/dev/full");
    QueuedOutput queue(full, 1000);
    queue.write("x", '\n');
    expect_error(Fault::io, "cannot write /dev/full: no space left on device", [&] { queue.finish(); });
}

TEST_F(QueuedOutputTest, TheWritingThreadTakesNoSignals) {
    // A signal to the process while this thread blocks it could go to the writing thread only: it must stay pending.
    sigset_t hangup;
    sigemptyset(&hangup);
    sigaddset(&hangup, SIGHUP);
    QueuedOutput queue(output_, 1000);
    ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &hangup, nullptr), 0);
    ASSERT_EQ(::kill(::getpid(), SIGHUP), 0);
    queue.write("x", '\n');
    queue.finish();
    sigset_t pending;
    ASSERT_EQ(::sigpending(&pending), 0);
    EXPECT_EQ(sigismember(&pending, SIGHUP), 1);
    int taken = 0;
    ASSERT_EQ(::sigwait(&hangup, &taken), 0);
    ASSERT_EQ(::pthread_sigmask(SIG_UNBLOCK, &hangup, nullptr), 0);
}

}  // namespace
}  // namespace bradawl::io
