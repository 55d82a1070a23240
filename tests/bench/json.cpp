// Measures the JSON room on tweet-shaped lines: CPU seconds a gigabyte, best of some rounds.
//   json-bench [check|read|unescape|write] [portable|sse2|avx2] [rounds]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.hpp"
#include "json/check.hpp"
#include "json/reader.hpp"
#include "json/unescape.hpp"
#include "json/writer.hpp"

namespace {

using bradawl::Random;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// A text of `length` characters: Latin words with now and then a kana or an emoji, as \u escapes or as UTF-8.
std::string words(Random& random, std::size_t length, bool escapes, unsigned foreign_percent) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        const auto roll = static_cast<unsigned>(random.next() % 100);
        const auto kana = static_cast<unsigned>(0x3041 + random.next() % 80);
        if (roll >= foreign_percent) {
            text += roll % 7 == 0 ? ' ' : static_cast<char>('a' + random.next() % 26);
        } else if (escapes) {
            char unit[8];
            std::snprintf(unit, sizeof unit, "\\u%04x", kana);
            text += unit;
        } else {
            text += {static_cast<char>(0xe0 | (kana >> 12)), static_cast<char>(0x80 | ((kana >> 6) & 63)),
                     static_cast<char>(0x80 | (kana & 63))};
        }
    }
    return text;
}

std::string tweet(Random& random, bool escapes) {
    const auto id = [&random] { return std::to_string(400000000000000000 + random.next() % 100000000000000000); };
    const auto count = [&random](unsigned below) { return std::to_string(random.next() % below); };
    const std::string tweet_id = id();
    const std::string user_id = count(4000000000U);
    const std::string name = words(random, 9, escapes, 25);
    std::string t = R"({"created_at":"Wed Jan 29 11:04:17 +0000 2014","id":)" + tweet_id + R"(,"id_str":")" + tweet_id;
    t += R"(","text":")" + words(random, 70 + random.next() % 60, escapes, 40);
    t += R"(","source":"<a href=\"http:\/\/twitter.com\/download\/iphone\" rel=\"nofollow\">Twitter for iPhone<\/a>")";
    t += R"(,"truncated":false,"in_reply_to_status_id":null,"in_reply_to_user_id":null,"user":{"id":)" + user_id;
    t += R"(,"id_str":")" + user_id + R"(","name":")" + name + R"(","screen_name":")" + words(random, 10, escapes, 0);
    t += R"(","location":")" + words(random, 12, escapes, 20) + R"(","url":null,"description":")";
    t +=
        words(random, 40 + random.next() % 40, escapes, 30) + R"(","protected":false,"followers_count":)" + count(9000);
    t += R"(,"friends_count":)" + count(2000) + R"(,"listed_count":)" + count(90);
    t += R"(,"favourites_count":)" + count(5000) + R"(,"verified":false,"statuses_count":)" + count(90000);
    t +=
        R"(,"lang":"ja","profile_image_url":"http:\/\/pbs.twimg.com\/profile_images\/)" + id() + R"(\/x_normal.jpeg"})";
    t += R"(,"geo":null,"coordinates":null,"place":null,"retweet_count":)" + count(100) + R"(,"entities":{"hashtags":)";
    t += R"([{"text":")" + words(random, 6, escapes, 50) + R"(","indices":[)" + count(100) + "," + count(140);
    t += R"(]}],"symbols":[],"urls":[],"user_mentions":[]},"favorited":false,"retweeted":false,"lang":"ja"})";
    return t;
}

struct Lines {
    std::vector<std::string_view> lines;
    std::string bytes;
};

void fill(Lines& out) {
    Random random(7);
    std::vector<std::size_t> ends;
    for (int i = 0; i < 16000; ++i) {
        out.bytes += tweet(random, i % 2 == 0);
        ends.push_back(out.bytes.size());
        out.bytes += '\n';
    }
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
        out.lines.push_back(std::string_view(out.bytes).substr(begin, end - begin));
        begin = end + 1;
    }
}

// Counts what it hears, so that nothing can be left out.
struct Count {
    std::size_t seen = 0;
    void null() noexcept { ++seen; }
    void boolean(bool value) noexcept { seen += value ? 1 : 2; }
    void number(std::string_view spelling, bool) noexcept { seen += spelling.size(); }
    void string(std::string_view raw, bool escaped) noexcept { seen += raw.size() + (escaped ? 1 : 0); }
    void key(std::string_view raw, bool escaped) noexcept { seen += raw.size() + (escaped ? 1 : 0); }
    void begin_object() noexcept { ++seen; }
    void end_object() noexcept { ++seen; }
    void begin_array() noexcept { ++seen; }
    void end_array() noexcept { ++seen; }
};

// Decodes each string and writes everything anew.
struct Rewrite {
    std::string decoded;
    std::string out;
    bradawl::json::Writer writer{out};
    bool write = true;

    std::string_view decode(std::string_view raw, bool escaped) {
        if (!escaped) return raw;
        decoded.clear();
        (void)bradawl::json::unescape(raw, decoded, bradawl::json::LoneSurrogate::replace);
        return decoded;
    }
    void null() {
        if (write) writer.null();
    }
    void boolean(bool value) {
        if (write) writer.boolean(value);
    }
    void number(std::string_view spelling, bool) {
        if (write) writer.raw(spelling);
    }
    void string(std::string_view raw, bool escaped) {
        const auto text = decode(raw, escaped);
        if (write) writer.string(text);
    }
    void key(std::string_view raw, bool escaped) {
        const auto text = decode(raw, escaped);
        if (write) writer.key(text);
    }
    void begin_object() {
        if (write) writer.begin_object();
    }
    void end_object() {
        if (write) writer.end_object();
    }
    void begin_array() {
        if (write) writer.begin_array();
    }
    void end_array() {
        if (write) writer.end_array();
    }
};

std::size_t run(const std::string& what, const Lines& input) {
    std::size_t result = 0;
    Count count;
    Rewrite rewrite;
    rewrite.write = what == "write";
    for (const std::string_view line : input.lines) {
        if (what == "check") {
            result += bradawl::json::check(line) ? 1U : 0U;
        } else if (what == "read") {
            result += bradawl::json::read(line, count) ? 1U : 0U;
        } else if (what != "none") {
            rewrite.out.clear();
            result += bradawl::json::read(line, rewrite) ? 1U : 0U;
        }
    }
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "check";
    const std::string scanner = argc > 2 ? argv[2] : "best";
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 15;
    if (scanner == "portable") bradawl::json::use_scanner(bradawl::json::Scanner::portable);
    if (scanner == "sse2") bradawl::json::use_scanner(bradawl::json::Scanner::sse2);
    if (scanner == "avx2" && !bradawl::json::use_scanner(bradawl::json::Scanner::avx2)) return 1;

    Lines input;
    fill(input);
    double best = 1e9;
    std::size_t refused = 0;
    for (int round = 0; round < rounds; ++round) {
        const double start = cpu_seconds();
        refused += run(what, input);
        best = std::min(best, cpu_seconds() - start);
    }
    const auto bytes = static_cast<double>(input.bytes.size());
    std::printf("%s %s: %.0f bytes a line, %.3f CPU s/GB, %.0f MB/s, refused %zu\n", what.c_str(), scanner.c_str(),
                bytes / static_cast<double>(input.lines.size()), best / bytes * 1e9, bytes / best / 1e6, refused);
    return refused == 0 ? 0 : 1;
}
