// Writes tweet-shaped records, one JSON object a line, for the feed tests and the benchmarks.
//
//   records --count N [--seed S] [--start K] [--bytes B]
//
// Record k depends on the seed and k alone, so `--start K` gives the same lines as a run from 0 that drops its
// first K. `--bytes B` stops before the record that would pass B bytes.
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

using namespace std::string_view_literals;
/// splitmix64: any state is a good state, so each record can have its own.
struct Random {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }
    bool chance(unsigned percent) { return below(100) < percent; }
    template <class List>
    auto pick(const List& list) {
        return list[below(list.size())];
    }
};

// Words carry what breaks readers: astral characters, joined emoji, right-to-left text, combining marks, the line
// separators U+2028 and U+0085 that are no line ends in JSON, a BOM, quotes, backslashes, slashes and line feeds.
constexpr std::array latin = {
    U"just"sv,      U"the"sv,    U"morning"sv, U"coffee"sv,     U"stream"sv,    U"that"sv,       U"was"sv,
    U"really"sv,    U"today"sv,  U"\u2026"sv,  U"\"quoted\""sv, U"caf\u00e9"sv, U"na\u00efve"sv, U"e\u0301t\u00e9"sv,
    U"C:\\temp"sv,  U"and/or"sv, U"<3"sv,      U"R&D"sv,        U"new"sv,       U"people"sv,     U"two\nlines"sv,
    U"tab\there"sv, U"why"sv,    U"never"sv};
constexpr std::array japanese = {U"今日は"sv,         U"東京"sv,     U"おはよう"sv,   U"ございます"sv,
                                 U"天気"sv,           U"が"sv,       U"いいですね"sv, U"ラーメン"sv,
                                 U"\U00020bb7野家"sv, U"食べたい"sv, U"！"sv,         U"新しい"sv};
constexpr std::array arabic = {U"صباح"sv,   U"الخير"sv, U"اليوم"sv,  U"جميل"sv,
                               U"القهوة"sv, U"مع"sv,    U"أصدقاء"sv, U"لا"sv};
constexpr std::array emoji = {U"\U0001f600"sv,
                              U"\U0001f389"sv,
                              U"\U0001f468\u200d\U0001f469\u200d\U0001f467"sv,
                              U"\u2764\ufe0f"sv,
                              U"\U0001f1ef\U0001f1f5"sv,
                              U"\U0001f44d\U0001f3fd"sv,
                              U"\u2028"sv,
                              U"\u0085"sv,
                              U"\ufeff"sv};
constexpr std::array clients = {"iPhone"sv, "Android"sv, "iPad"sv, "Windows Phone"sv};
constexpr std::array languages = {"en"sv, "ja"sv, "ar"sv, "und"sv};
constexpr std::array places = {"\"Berlin\""sv, "\"東京\""sv, "\"S\\u00e3o Paulo\""sv, "null"sv, "\"\""sv};

void number(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}
void hex4(std::string& out, char32_t unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(unit >> unsigned(shift)) & 15U];
}

void utf8(std::string& out, char32_t c) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3fU)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0U | (c >> 6U));
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xe0U | (c >> 12U));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0U | (c >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}
void character(std::string& out, char32_t c, bool escaped) {
    if (c == U'"' || c == U'\\' || (c == U'/' && escaped)) {
        out += '\\';
        out += static_cast<char>(c);
    } else if (c == U'\n') {
        out += "\\n";
    } else if (c == U'\t') {
        out += "\\t";
    } else if (c < 0x80 || !escaped) {
        utf8(out, c);
    } else if (c < 0x10000) {
        hex4(out, c);
    } else {
        hex4(out, 0xd7c0 + (c >> 10U));
        hex4(out, 0xdc00 + (c & 0x3ffU));
    }
}

/// Characters that no compressor foresees, as links and names bring them.
void letters(std::string& out, Random& random, unsigned count) {
    for (; count != 0; --count)
        out += "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random.next() >> 58U];
}

/// A JSON string of words in one language; half of them spelled with \u escapes, half as raw UTF-8.
void sentence(std::string& out, Random& random, std::size_t language, std::uint64_t words) {
    const bool escaped = random.chance(50);
    out += '"';
    for (std::uint64_t i = 0; i < words; ++i) {
        if (i != 0) out += ' ';
        if (random.chance(6)) {
            out += escaped ? R"(https:\/\/t.co\/)" : "https://t.co/";
            letters(out, random, 10);
            continue;
        }
        const auto word = random.chance(15) ? random.pick(emoji)
                          : language == 1   ? random.pick(japanese)
                          : language == 2   ? random.pick(arabic)
                                            : random.pick(latin);
        for (const char32_t c : word)
            character(out, c, escaped);
    }
    out += '"';
}

/// "Wed Oct 10 20:19:24 +0000 2018", quoted.
void date(std::string& out, std::int64_t seconds) {
    using namespace std::chrono;
    constexpr auto days_of_week = "SunMonTueWedThuFriSat"sv, months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;
    const sys_seconds time{std::chrono::seconds{seconds}};
    const auto day = floor<days>(time);
    const year_month_day ymd{day};
    const hh_mm_ss clock{time - day};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "\"%.3s %.3s %02u %02d:%02d:%02d +0000 %d\"",
                  days_of_week.data() + 3 * weekday{day}.c_encoding(), months.data() + 3 * (unsigned{ymd.month()} - 1),
                  unsigned{ymd.day()}, int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()), int{ymd.year()});
    out += text.data();
}

void user(std::string& out, Random& random, std::size_t language) {
    const std::uint64_t id = 1'000'000'000'000'000'000U + random.below(200'000) * 9'007'199'254'741U;
    const auto field = [&](std::string_view name, std::uint64_t limit) {
        out += name;
        number(out, random.below(limit));
    };
    out += "{\"id\":";
    number(out, id);
    out += ",\"id_str\":\"";
    number(out, id);
    out += "\",\"name\":";
    sentence(out, random, language, 1 + random.below(2));
    out += ",\"screen_name\":\"user_";
    number(out, id % 200'003);
    out += "\",\"location\":";
    out += random.pick(places);
    out += ",\"description\":";
    sentence(out, random, language, random.below(8));
    field(",\"followers_count\":", 50'000);
    field(",\"friends_count\":", 5'000);
    field(",\"statuses_count\":", 90'000);
    out += ",\"created_at\":";
    date(out, 1'230'768'000 + static_cast<std::int64_t>(id % 200'000'000));
    out += ",\"utc_offset\":";
    out += random.chance(30) ? "-28800" : "null";
    out += random.chance(5) ? ",\"verified\":true" : ",\"verified\":false";
    out += ",\"profile_image_url\":\"http:\\/\\/pbs.twimg.com\\/profile_images\\/";
    number(out, id);
    out += "\\/";
    letters(out, random, 8);
    out += "_normal.jpg\"}";
}

void coordinate(std::string& out, Random& random, std::uint64_t limit) {
    if (random.chance(50)) out += '-';
    number(out, random.below(limit));
    out += '.';
    number(out, 1'000'000 + random.below(9'000'000));
}

constexpr std::uint64_t first_id = 1'050'118'621'198'921'728U;  // far above 2^53, where a double loses the last digits
constexpr unsigned id_bits = 22;                                // a snowflake id keeps its time above these bits

void hashtags(std::string& out, Random& random, std::size_t language) {
    out += ",\"entities\":{\"hashtags\":[";
    for (std::uint64_t i = 0, n = random.below(3); i < n; ++i) {
        if (i != 0) out += ',';
        out += "{\"text\":";
        sentence(out, random, language, 1);
        out += ",\"indices\":[";
        number(out, 10 * i);
        out += ',';
        number(out, 10 * i + 7);
        out += "]}";
    }
}

void tweet(std::string& out, Random& random, std::uint64_t k, bool retweet) {
    const std::uint64_t id = first_id + (k << id_bits) + random.below(1U << id_bits);
    const std::uint64_t milliseconds = 1'539'202'764'000U + k * 20 + random.below(20);
    const std::size_t language = random.below(languages.size());
    out += "{\"created_at\":";
    date(out, static_cast<std::int64_t>(milliseconds / 1000));
    out += ",\"id\":";
    number(out, id);
    out += ",\"id_str\":\"";
    number(out, id);
    out += "\",\"text\":";
    sentence(out, random, language, 3 + random.below(20));
    out += R"(,"source":"\u003ca href=\"http:\/\/twitter.com\/download\" rel=\"nofollow\"\u003eTwitter for )";
    out += random.pick(clients);
    out += R"(\u003c\/a\u003e","truncated":false,"in_reply_to_status_id":)";
    if (random.chance(20))
        number(out, id - (1 + random.below(1U << 30U)));
    else
        out += "null";
    out += ",\"user\":";
    user(out, random, language);
    out += ",\"coordinates\":";
    if (random.chance(25)) {
        out += R"({"type":"Point","coordinates":[)";
        coordinate(out, random, 180);
        out += ',';
        coordinate(out, random, 90);
        out += "]}";
    } else {
        out += "null";
    }
    if (retweet) {
        out += ",\"retweeted_status\":";
        tweet(out, random, k - random.below(k + 1), false);
    }
    out += ",\"retweet_count\":";
    number(out, random.below(1000));
    out += ",\"favorite_count\":";
    number(out, random.below(1000));
    hashtags(out, random, language);
    out += R"(],"urls":[],"user_mentions":[],"symbols":[]},"gnip":{"klout_score":)";
    number(out, random.below(100));
    out += ",\"relevance\":";
    if (random.chance(50)) out += '-';
    number(out, 1 + random.below(9));
    out += '.';
    number(out, random.below(100'000));
    out += random.chance(50) ? "e-" : "E+";
    number(out, random.below(12));
    out += R"(},"favorited":false,"retweeted":false,"filter_level":"low","lang":")";
    out += languages[language];
    out += "\",\"timestamp_ms\":\"";
    number(out, milliseconds);
    out += "\"}";
}

struct Options {
    std::uint64_t count = UINT64_MAX, seed = 1, start = 0, bytes = UINT64_MAX;

    bool set(std::string_view name, std::string_view text) {
        std::uint64_t* const value = name == "--count"   ? &count
                                     : name == "--seed"  ? &seed
                                     : name == "--start" ? &start
                                     : name == "--bytes" ? &bytes
                                                         : nullptr;
        const char* const end = text.data() + text.size();
        return value != nullptr && std::from_chars(text.data(), end, *value).ptr == end && !text.empty();
    }
};

}  // namespace

int main(int argc, char** argv) {
    Options given;
    bool good = argc % 2 == 1;
    for (int i = 1; good && i < argc; i += 2)
        good = given.set(argv[i], argv[i + 1]);
    if (!good || (given.count == UINT64_MAX && given.bytes == UINT64_MAX)) {
        std::fputs("usage: records --count N [--seed S] [--start K] [--bytes B]\n", stderr);
        return 2;
    }
    std::string line;
    for (std::uint64_t k = given.start, total = 0; k - given.start < given.count; ++k) {
        Random random{(given.seed * 0x2545f4914f6cdd1dU) ^ (k * 0xd1342543de82ef95U)};
        line.clear();
        tweet(line, random, k, random.chance(12));
        line += '\n';
        if ((total += line.size()) > given.bytes || std::fwrite(line.data(), 1, line.size(), stdout) != line.size())
            break;
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::perror("records: standard output");
        return 74;
    }
    return 0;
}
