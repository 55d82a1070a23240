#include "feed/records.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace bradawl::feed {
namespace {

class Heard : public Observer {
public:
    void connected(int) override {}
    void retrying(std::string_view, Duration, std::uint64_t) override {}
    void recovered(Duration) override {}
    void rejected(std::string_view place, std::string_view why) override {
        rejects.push_back(std::string(place) + ": " + std::string(why));
    }
    void reader_slow() override {}
    void tick(const Tally&) override {}

    std::vector<std::string> rejects;
};

/// Records between two pipes small enough to hold all that a test writes.
class RecordsTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(::pipe(out_.data()), 0);
        ASSERT_EQ(::pipe(bad_.data()), 0);
    }
    void TearDown() override {
        for (const int fd : {out_[0], out_[1], bad_[0], bad_[1]})
            ::close(fd);
    }

    /// What `work` prints; what it rejects is in `rejects` and `heard`, what it counts in `tally`.
    template <class Work>
    std::string printed(Work work) {
        io::Output out(out_[1], "out");
        io::Output bad(bad_[1], "bad");
        {
            io::QueuedOutput queue(out, 1 << 20);
            Records records(options, queue, &bad, heard);
            records.begin_connection();
            work(records);
            tally = records.tally();
            queue.finish();
        }
        bad.flush();
        rejects = contents(bad_);
        return contents(out_);
    }

    Options options;
    Heard heard;
    Tally tally;
    std::string rejects;

private:
    static std::string contents(std::array<int, 2>& pipe) {
        ::close(pipe[1]);
        std::string text;
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = ::read(pipe[0], piece.data(), piece.size())) > 0;)
            text.append(piece.data(), static_cast<std::size_t>(got));
        ::close(pipe[0]);
        EXPECT_EQ(::pipe(pipe.data()), 0);
        return text;
    }

    std::array<int, 2> out_{-1, -1};
    std::array<int, 2> bad_{-1, -1};
};

void some_lines(Records& records) {
    records.line("{\"n\":1}", 0);
    records.line("no", 8);
    records.keep_alive();
    records.line("{\"d\":\"\\ud800\",\"n\":12345678901234567890123,\"e\":1e400}", 12);
    records.line("{\"t\":\"\xff\"}", 80);
}

TEST_F(RecordsTest, GoodLinesPassUntouchedAndBadOnesAreRejected) {
    EXPECT_EQ(printed(some_lines), "{\"n\":1}\n{\"d\":\"\\ud800\",\"n\":12345678901234567890123,\"e\":1e400}\n");
    EXPECT_EQ(rejects, "no\n{\"t\":\"\xff\"}\n");
    ASSERT_EQ(heard.rejects.size(), 2U);
    EXPECT_TRUE(heard.rejects[0].starts_with("line 2 of connection 1, byte 8: ")) << heard.rejects[0];
    EXPECT_TRUE(heard.rejects[1].starts_with("line 4 of connection 1, byte 86: ")) << heard.rejects[1];
    EXPECT_EQ(tally.records, 2U);
    EXPECT_EQ(tally.bytes, 8U + 53U);
    EXPECT_EQ(tally.rejected, 2U);
    EXPECT_EQ(tally.keep_alives, 1U);
}

TEST_F(RecordsTest, PassedOnAreBadLinesToo) {
    options.on_invalid = OnInvalid::pass;
    EXPECT_EQ(printed(some_lines),
              "{\"n\":1}\nno\n{\"d\":\"\\ud800\",\"n\":12345678901234567890123,\"e\":1e400}\n{\"t\":\"\xff\"}\n");
    EXPECT_EQ(rejects, "");
    EXPECT_EQ(tally.rejected, 2U);
    EXPECT_EQ(tally.records, 4U);
}

TEST_F(RecordsTest, ABadLineIsTheEndIfSoAskedFor) {
    options.on_invalid = OnInvalid::fail;
    EXPECT_EQ(printed([](Records& records) {
                  try {
                      some_lines(records);
                      ADD_FAILURE() << "taken";
                  } catch (const Error& error) {
                      EXPECT_EQ(error.fault(), Fault::data);
                      EXPECT_TRUE(error.text().starts_with("line 2 of connection 1, byte 8: ")) << error.text();
                  }
              }),
              "{\"n\":1}\n");
}

TEST_F(RecordsTest, UncheckedEverythingIsARecord) {
    options.check = false;
    EXPECT_EQ(printed([](Records& records) { records.line("no", 0); }), "no\n");
    EXPECT_EQ(tally.rejected, 0U);
}

TEST_F(RecordsTest, TheCountIsExact) {
    options.count = 2;
    EXPECT_EQ(printed([](Records& records) {
                  EXPECT_FALSE(records.finished());
                  for (int i = 0; i < 5; ++i)
                      records.line("1", 0);
                  records.line("bad", 0);
                  EXPECT_TRUE(records.finished());
                  records.end_connection("{}", true);
              }),
              "1\n1\n");
    EXPECT_EQ(tally.records, 2U);
    EXPECT_EQ(tally.rejected, 0U);
}

TEST_F(RecordsTest, ALongLineIsRejectedWithoutItsText) {
    options.max_message = 5;
    for (const OnInvalid how : {OnInvalid::reject, OnInvalid::pass}) {
        options.on_invalid = how;
        EXPECT_EQ(printed([](Records& records) {
                      records.line("1", 0);
                      records.too_long(2);
                      records.line("2", 30);
                  }),
                  "1\n2\n");
        EXPECT_EQ(rejects, "");
        EXPECT_EQ(tally.rejected, 1U);
        EXPECT_EQ(heard.rejects.back(), "line 2 of connection 1, byte 2: longer than 5 bytes (--max-message)");
    }
    options.on_invalid = OnInvalid::fail;
    printed([](Records& records) { EXPECT_THROW(records.too_long(2), Error); });
}

// A last line without its line end is a record if nothing can be missing: the body ended in good order and the text
// says itself where it ends.
TEST_F(RecordsTest, UnfinishedLines) {
    struct Case {
        std::string text;
        bool in_good_order;
        std::string wanted;
    };
    const std::vector<Case> cases{{"", true, ""},
                                  {"{\"n\":1}", true, "{\"n\":1}\n"},
                                  {"{\"n\":1}\r", true, "{\"n\":1}\n"},
                                  {"[1]", true, "[1]\n"},
                                  {"{\"n\":1}", false, ""},
                                  {"{\"n\":1}\r", false, ""},
                                  {"{\"n\":1", true, ""},
                                  {"12", true, ""},
                                  {"true", true, ""},
                                  {"\"text\"", true, ""},
                                  {"{\"t\":\"\xc3", true, ""},
                                  {"\r", true, ""}};
    for (const auto& [text, in_good_order, wanted] : cases) {
        EXPECT_EQ(printed([&](Records& records) { records.end_connection(text, in_good_order); }), wanted) << text;
        const bool empty = text.empty() || text == "\r";
        EXPECT_EQ(tally.unfinished, wanted.empty() && !empty ? 1U : 0U) << text;
        EXPECT_EQ(tally.rejected, 0U);
    }
}

TEST_F(RecordsTest, EachConnectionCountsItsOwn) {
    printed([](Records& records) {
        records.line("1", 0);
        records.keep_alive();
        EXPECT_EQ(records.records_here(), 1U);
        EXPECT_EQ(records.keep_alives_here(), 1U);
        records.end_connection("{\"torn", false);
        records.begin_connection();
        EXPECT_EQ(records.records_here(), 0U);
        EXPECT_EQ(records.keep_alives_here(), 0U);
        records.line("no", 0);
    });
    EXPECT_EQ(tally.connections, 2U);
    EXPECT_EQ(tally.records, 1U);
    EXPECT_TRUE(heard.rejects.at(0).starts_with("line 1 of connection 2, byte 0: "));
}

}  // namespace
}  // namespace bradawl::feed
