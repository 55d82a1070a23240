#include "io/output.hpp"

#include <sys/resource.h>

#include <array>
#include <csignal>
#include <thread>

#include "core/random.hpp"
#include "expect_error.hpp"
#include "io/descriptors.hpp"

namespace bradawl::io {
namespace {

/// All that comes out of `fd` until its writers are gone.
std::string drain(int fd) {
    std::string all;
    std::array<char, 4096> piece{};
    for (ssize_t got = 0; (got = ::read(fd, piece.data(), piece.size())) > 0;)
        all.append(piece.data(), static_cast<std::size_t>(got));
    return all;
}

bool readable(int fd) {
    const int flags = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    char byte = 0;
    const bool any = ::read(fd, &byte, 1) == 1;
    ::fcntl(fd, F_SETFL, flags);
    return any;
}

class OutputTest : public ::testing::Test {
protected:
    void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }
};

TEST_F(OutputTest, HoldsRecordsUntilFlushed) {
    Pipe pipe;
    Output output(pipe.write.get(), "the pipe");
    EXPECT_EQ(output.name(), "the pipe");
    output.write("one\n");
    EXPECT_FALSE(readable(pipe.read.get()));
    output.flush();
    output.flush();
    output.write("two\n");
    output.close();
    pipe.write.release();  // close() closed it
    EXPECT_EQ(drain(pipe.read.get()), "one\ntwo\n");
    EXPECT_NO_THROW(output.close()) << "a second time does nothing";
}

TEST_F(OutputTest, WritesEachLineAtOnceWhenAsked) {
    const Pipe pipe;
    Output output(pipe.write.get(), "the pipe");
    output.set_line_buffered(true);
    output.write("x");
    EXPECT_TRUE(readable(pipe.read.get()));
}

TEST_F(OutputTest, KeepsOrderAcrossSmallAndLargeRecords) {
    const Folder folder;
    Output output = Output::open(folder.file("out"));
    std::string wanted;
    for (const std::size_t size : {1, 100, 65535, 1, 65536, 65537, 3, 200'000, 65530, 10}) {
        const std::string record(size, static_cast<char>('a' + wanted.size() % 26));
        wanted += record;
        output.write(record);
    }
    output.close();
    EXPECT_TRUE(contents(folder.file("out")) == wanted);
}

TEST_F(OutputTest, OpensNewFilesAndAddsToOldOnes) {
    const Folder folder;
    const std::string path = folder.put("f", "a long old text");
    Output first = Output::open(path);
    first.write("1");
    first.sync();
    Output second = Output::open(path, true);
    second.write("2");
    second.close();
    EXPECT_EQ(contents(path), "12");
    EXPECT_EQ(Output::open("-").fd(), STDOUT_FILENO);
    const std::string nowhere = folder.file("no/where");
    expect_error(Fault::io, "cannot create " + nowhere + ": no such file or directory", [&] { Output::open(nowhere); });
}

TEST_F(OutputTest, WritesAllToADescriptorThatDoesNotBlock) {
    Pipe pipe;
    ASSERT_EQ(::fcntl(pipe.write.get(), F_SETFL, O_NONBLOCK), 0);
    const std::string large(1'000'000, 'x');  // far more than a pipe holds
    std::string got;
    std::thread reader([&] { got = drain(pipe.read.get()); });
    write_all(pipe.write.get(), large, "the pipe");
    pipe.write.reset();
    reader.join();
    EXPECT_TRUE(got == large);
}

TEST_F(OutputTest, TellsAReaderThatHasGone) {
    Pipe pipe;
    pipe.read.reset();
    Output output(pipe.write.get(), "the pipe");
    output.write("x");
    EXPECT_THROW(output.flush(), BrokenPipe);
    EXPECT_NO_THROW(output.flush()) << "the lost bytes are not sent again";
    expect_error(Fault::io, "the pipe: broken pipe", [&] { write_all(pipe.write.get(), "x", "the pipe"); });
}

TEST_F(OutputTest, TellsAFullDevice) {
    const std::string text = "cannot write /dev/full: no space left on device";
    Output output = Output::open("/dev/full");
    output.write("x");
    expect_error(Fault::io, text, [&] { output.flush(); });
    output.write("y");
    expect_error(Fault::io, text, [&] { output.close(); });
    expect_error(Fault::io, text, [&] { output.write(std::string(100'000, 'x')); });
    Output synced = Output::open("/dev/full");
    synced.write("x");
    expect_error(Fault::io, text, [&] { synced.sync(); });
}

TEST_F(OutputTest, GoesOnAfterAPartialWrite) {
    // The limit makes the system take a part first and refuse the rest.
    std::signal(SIGXFSZ, SIG_IGN);
    const Folder folder;
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{5000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    Output output = Output::open(folder.file("f"));
    expect_error(Fault::io, "cannot write " + folder.file("f") + ": file too large",
                 [&] { output.write(std::string(100'000, 'x')); });
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_EQ(contents(folder.file("f")).size(), 5000U);
}

TEST_F(OutputTest, TellsAFailureThatOnlyCloseSees) {
    Pipe pipe;
    const int fd = pipe.write.release();
    Output output(fd, "the pipe");
    ::close(fd);
    expect_error(Fault::io, "cannot write the pipe: bad file descriptor", [&] { output.close(); });
    EXPECT_NO_THROW(output.close());
}

TEST_F(OutputTest, APlaceIsDemandedBeforeTheWork) {
    const Folder folder;
    demand_place(folder.file("new"));
    demand_place("/dev/null");
    demand_place("here");
    expect_error(Fault::io, "cannot create " + folder.file("none/new") + ": no such file or directory",
                 [&] { demand_place(folder.file("none/new")); });
}

TEST_F(OutputTest, AMovedOutputGoesOn) {
    const Folder folder;
    Output first = Output::open(folder.file("f"));
    first.write("a");
    Output second = std::move(first);
    second.write("b");
    second.close();
    EXPECT_EQ(contents(folder.file("f")), "ab");
}

}  // namespace
}  // namespace bradawl::io
