#include "io/input.hpp"

#include <array>
#include <thread>

#include "expect_error.hpp"
#include "io/descriptors.hpp"

namespace bradawl::io {
namespace {

TEST(Input, ReadsAFileToItsEnd) {
    const Folder folder;
    const Stop stop;
    Input input(folder.put("f", "hello"), stop);
    EXPECT_EQ(input.name(), folder.file("f"));
    EXPECT_FALSE(input.idle()) << "a file never waits";
    std::array<char, 3> piece{};
    EXPECT_EQ(input.read(piece), 3U);
    EXPECT_EQ(input.read(piece), 2U);
    EXPECT_EQ(std::string(piece.data(), 2), "lo");
    EXPECT_EQ(input.read(piece), 0U);
    EXPECT_FALSE(input.stopped());
}

TEST(Input, NamesStandardInputInWords) {
    const Stop stop;
    EXPECT_EQ(Input("-", stop).name(), "standard input");
}

TEST(Input, SaysWhyAFileCannotBeRead) {
    const Folder folder;
    const Stop stop;
    const std::string missing = folder.file("none");
    expect_error(Fault::io, "cannot read " + missing + ": no such file or directory",
                 [&] { Input input(missing, stop); });
    expect_error(Fault::io, "cannot read /tmp: is a directory", [&] { Input input("/tmp", stop); });
}

TEST(Input, AStopEndsAWait) {
    const Pipe pipe;
    Stop stop;
    Input input(pipe.path(), stop);
    std::thread signal([&] { stop.request(0); });
    std::array<char, 3> piece{};
    EXPECT_EQ(input.read(piece), 0U);
    signal.join();
    EXPECT_TRUE(input.stopped());
}

TEST(Input, ReadsNoMoreAfterAStop) {
    const Pipe pipe;
    Stop stop;
    Input input(pipe.path(), stop);
    pipe.put("abc");
    stop.request(0);
    std::array<char, 3> piece{};
    EXPECT_EQ(input.read(piece), 0U);
    EXPECT_TRUE(input.stopped());
}

TEST(Input, WaitsOnADescriptorThatDoesNotBlock) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    const UniqueFd write(ends[1]);
    const UniqueFd saved(::dup(STDIN_FILENO));
    ASSERT_EQ(::dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    ::close(ends[0]);
    const Stop stop;
    Input input("-", stop);
    EXPECT_TRUE(input.idle());
    std::thread writer([&] { EXPECT_EQ(::write(write.get(), "x", 1), 1); });
    std::array<char, 3> piece{};
    EXPECT_EQ(input.read(piece), 1U);
    writer.join();
    ::dup2(saved.get(), STDIN_FILENO);
}

TEST(ReadDocument, ReadsUpToItsLimit) {
    const Folder folder;
    const std::string path = folder.put("f", std::string(100, 'x') + "\n");
    EXPECT_EQ(read_document(path), std::string(100, 'x') + "\n");
    EXPECT_EQ(read_document(path, 101).size(), 101U);
    expect_error(Fault::config, path + ": larger than 100 bytes", [&] { read_document(path, 100); });
    const std::string large = folder.put("g", std::string(50'000, 'x'));
    EXPECT_EQ(read_document(large).size(), 50'000U);
}

TEST(ReadDocument, SaysWhyItCannotRead) {
    const Folder folder;
    const std::string missing = folder.file("none");
    expect_error(Fault::config, "cannot read " + missing + ": no such file or directory",
                 [&] { read_document(missing); });
    expect_error(Fault::config, "cannot read /tmp: is a directory", [] { read_document("/tmp"); });
}

TEST(ReadSecret, LeavesOutLineEndsAtTheEndOnly) {
    const Folder folder;
    EXPECT_EQ(read_secret(folder.put("a", "s e\ncret \r\n\n")), "s e\ncret ");
    EXPECT_EQ(read_secret(folder.put("b", "\n")), "");
    EXPECT_EQ(read_secret(folder.put("c", "", 0400)), "");
}

TEST(ReadSecret, RefusesAFileThatOthersMayRead) {
    const Folder folder;
    for (const mode_t mode : {0640U, 0604U, 0660U, 0601U, 0644U}) {
        const std::string path = folder.put("secret", "hunter2", mode);
        try {
            read_secret(path);
            ADD_FAILURE() << std::oct << mode;
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::config);
            EXPECT_EQ(error.text(), path + ": holds a secret but group or others may read it");
            EXPECT_EQ(error.hint(), "chmod 600 " + path);
        }
    }
}

TEST(ReadSecret, TakesAPipeWhateverItsMode) {
    Pipe pipe;
    pipe.put("hunter2\n");
    pipe.write.reset();
    EXPECT_EQ(read_secret(pipe.path()), "hunter2");
}

TEST(RequirePrivate, PassesAMissingFile) {
    const Folder folder;
    EXPECT_NO_THROW(require_private(folder.file("none")));
    EXPECT_NO_THROW(require_private(folder.put("mine", "x")));
    const std::string open = folder.put("open", "x", 0644);
    expect_error(Fault::config, open + ": holds a secret but group or others may read it",
                 [&] { require_private(open); });
}

}  // namespace
}  // namespace bradawl::io
