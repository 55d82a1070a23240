#include "java/emitter.hpp"

#include "expect_error.hpp"
#include "io/descriptors.hpp"

namespace bradawl::java {
namespace {

/// A file that an emitter writes to, and what it holds so far.
class EmitterTest : public ::testing::Test {
protected:
    std::string written() const { return io::contents(path_); }

    io::Folder folder_;
    const std::string path_ = folder_.file("out");
    io::Output output_ = io::Output::open(path_);
};

TEST_F(EmitterTest, ShowsWholeRecordsOnly) {
    Emitter emitter(output_);
    emitter.put("one");
    emitter.flush();
    EXPECT_EQ(written(), "");
    EXPECT_EQ(emitter.unfinished(), "one");
    emitter.end_record();
    emitter.put("half");
    emitter.flush();
    EXPECT_EQ(written(), "one\n");
    EXPECT_EQ(emitter.unfinished(), "half");
    EXPECT_EQ(emitter.size(), 8U);
}

TEST_F(EmitterTest, TakesARecordBack) {
    Emitter emitter(output_);
    emitter.put("kept");
    emitter.end_record();
    emitter.put("[1,");
    emitter.unput();
    EXPECT_EQ(emitter.unfinished(), "[1");
    emitter.drop_record();
    emitter.put("next");
    emitter.end_record();
    emitter.flush();
    EXPECT_EQ(written(), "kept\nnext\n");
}

TEST_F(EmitterTest, ReservesRoomToWriteTo) {
    Emitter emitter(output_);
    std::string all;
    for (std::size_t n = 0; n < 300; ++n) {
        const std::string text(n * 13 % Emitter::longest_piece, static_cast<char>('a' + n % 26));
        char* const at = emitter.reserve(Emitter::longest_piece);
        std::copy(text.begin(), text.end(), at);
        emitter.commit(at + text.size());
        emitter.end_record();
        all += text + '\n';
    }
    emitter.flush();
    EXPECT_EQ(written(), all);
    EXPECT_EQ(emitter.size(), all.size());
}

TEST_F(EmitterTest, HoldsBackALongRecord) {
    Emitter emitter(output_);
    emitter.put("whole");
    emitter.end_record();
    emitter.put(std::string(Emitter::held - 1000, 'x'));
    EXPECT_FALSE(emitter.torn());
    emitter.flush();
    EXPECT_EQ(written(), "whole\n");
    emitter.drop_record();
    emitter.flush();
    EXPECT_EQ(written(), "whole\n");
}

TEST_F(EmitterTest, TearsARecordThatIsTooLongToHold) {
    Emitter emitter(output_);
    const std::string text(3 * Emitter::held, 'x');
    emitter.put(text);
    EXPECT_TRUE(emitter.torn());
    emitter.drop_record();
    EXPECT_FALSE(emitter.torn());
    emitter.put("next");
    emitter.end_record();
    emitter.flush();
    const std::string all = written();
    EXPECT_EQ(all.substr(all.size() - 6), "\nnext\n") << "the next one begins on its own line";
    EXPECT_GT(all.size(), Emitter::held);
    EXPECT_LT(all.size(), text.size());
    EXPECT_EQ(all.find_first_not_of('x'), all.size() - 6);
}

TEST_F(EmitterTest, ALongRecordThatEndsIsWhole) {
    Emitter emitter(output_);
    const std::string text(3 * Emitter::held, 'x');
    emitter.put(text);
    emitter.end_record();
    EXPECT_FALSE(emitter.torn());
    emitter.flush();
    EXPECT_EQ(written(), text + '\n');
}

TEST_F(EmitterTest, StopsAtTheLimitWithWholeRecords) {
    Emitter emitter(output_, 10);
    for (const char* const text : {"abc", "def", "ghi"}) {
        emitter.put(text);
        emitter.end_record();
    }
    expect_error(Fault::data, "more than 10 B of output (--max-output)", [&] { emitter.flush(); });
    emitter.flush();
    output_.flush();
    EXPECT_EQ(written(), "abc\ndef\n");
}

TEST_F(EmitterTest, TheLimitItselfMayBeReached) {
    Emitter emitter(output_, 8);
    emitter.put_records("abc\ndef\n");
    emitter.flush();
    EXPECT_EQ(written(), "abc\ndef\n");
    emitter.put('x');
    emitter.end_record();
    EXPECT_THROW(emitter.flush(), Error);
}

TEST_F(EmitterTest, TakesRecordsThatAreSpelledAlready) {
    Emitter emitter(output_);
    emitter.put("first");
    emitter.end_record();
    emitter.put_records("second\nthird\n");
    std::string many;
    while (many.size() < 200'000)
        many += "a record of many\n";
    emitter.put_records(many);
    emitter.put("last");
    emitter.end_record();
    EXPECT_EQ(emitter.unfinished(), "");
    emitter.flush();
    EXPECT_EQ(written(), "first\nsecond\nthird\n" + many + "last\n");
    EXPECT_EQ(emitter.size(), written().size());
}

TEST_F(EmitterTest, ManyRecordsAtOnceBeyondTheLimit) {
    Emitter emitter(output_, 100'000);
    std::string many;
    while (many.size() < 200'000)
        many += "a record of many\n";
    EXPECT_THROW(emitter.put_records(many), Error);
    output_.flush();
    EXPECT_EQ(written().size(), 100'000U / 17 * 17);
}

TEST_F(EmitterTest, FlushesEveryRecordWhenAsked) {
    Emitter emitter(output_);
    emitter.set_line_buffered(true);
    emitter.put("one");
    emitter.end_record();
    EXPECT_EQ(written(), "one\n");
}

TEST(MemoryEmitter, KeepsEverything) {
    Emitter emitter;
    const std::string text(3 * Emitter::held, 'x');
    emitter.put(text);
    EXPECT_EQ(emitter.whole(), "");
    EXPECT_EQ(emitter.unfinished(), text);
    EXPECT_FALSE(emitter.torn());
    emitter.end_record();
    emitter.put_records("more\n");
    emitter.put("half");
    EXPECT_EQ(emitter.whole(), text + "\nmore\n");
    emitter.clear();
    EXPECT_EQ(emitter.whole(), "");
    EXPECT_EQ(emitter.unfinished(), "");
}

}  // namespace
}  // namespace bradawl::java
