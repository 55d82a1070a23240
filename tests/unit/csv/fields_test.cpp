#include "csv/fields.hpp"

#include <cmath>

#include "expect_error.hpp"

namespace bradawl::csv {
namespace {

using Strings = std::vector<std::string>;

TEST(Fields, Plain) {
    EXPECT_EQ(split("a,b,c", ','), (Strings{"a", "b", "c"}));
    EXPECT_EQ(split("", ','), (Strings{""}));
    EXPECT_EQ(split(",", ','), (Strings{"", ""}));
    EXPECT_EQ(split("a,", ','), (Strings{"a", ""}));
    EXPECT_EQ(split("a;b,c", ';'), (Strings{"a", "b,c"}));
    EXPECT_EQ(split("a\tb\t", '\t'), (Strings{"a", "b", ""}));
    EXPECT_EQ(split(std::string("a\0,b", 4), ','), (Strings{std::string("a\0", 2), "b"}));
}

TEST(Fields, BlanksAroundAreNone) {
    EXPECT_EQ(split("  a b ,\tc\r", ','), (Strings{"a b", "c"}));
    EXPECT_EQ(split(" , ", ','), (Strings{"", ""}));
    EXPECT_EQ(split("a  b", ' '), (Strings{"a", "", "b"}));
}

TEST(Fields, Quoted) {
    EXPECT_EQ(split("\"a\",\"b\"", ','), (Strings{"a", "b"}));
    EXPECT_EQ(split("\"\",\"\"", ','), (Strings{"", ""}));
    EXPECT_EQ(split("\"a,b\",c", ','), (Strings{"a,b", "c"}));
    EXPECT_EQ(split("\" a \"", ','), (Strings{" a "}));
    EXPECT_EQ(split("  \"a\"  ,\"b\"\r", ','), (Strings{"a", "b"}));
    EXPECT_EQ(split("\"a b\" c", ' '), (Strings{"a b", "c"}));
}

TEST(Fields, QuotesWithin) {
    EXPECT_EQ(split(R"("a""b")", ','), (Strings{"a\"b"}));
    EXPECT_EQ(split(R"("""")", ','), (Strings{"\""}));
    EXPECT_EQ(split(R"("""a"",""b""",c)", ','), (Strings{R"("a","b")", "c"}));
    EXPECT_EQ(split(R"(a"b,5" c)", ','), (Strings{"a\"b", "5\" c"}));  // of a field without quotes they are a part
}

TEST(Fields, QuotesThatAreWrong) {
    for (const char* line : {"\"", "\"a", "\"a,b", "a,\"", "\"a\"\"", "\"\"\""})
        expect_error(Fault::data, "a quote that is not closed on its line", [&] { split(line, ','); });
    for (const char* line : {"\"a\"b", "\"a\" b,c", "\"\"a\"\""})
        expect_error(Fault::data, "text behind a closing quote", [&] { split(line, ','); });
}

TEST(Fields, FieldsOfOneLineAreValidOneByOne) {
    std::string scratch;
    Fields fields("\"a\"\"b\",c,\"d\"\"\"", ',', scratch);
    ASSERT_TRUE(fields.more());
    EXPECT_EQ(fields.next(), "a\"b");
    EXPECT_EQ(fields.next(), "c");
    EXPECT_EQ(fields.next(), "d\"");
    EXPECT_FALSE(fields.more());
}

void expect_number(const std::string& text, double wanted, char decimal = '.') {
    Dialect dialect;
    dialect.decimal = decimal;
    const Cell cell = read_cell(text, dialect);
    EXPECT_EQ(cell.kind, Cell::Kind::number) << text;
    EXPECT_EQ(cell.value, wanted) << text;
    EXPECT_EQ(std::signbit(cell.value), std::signbit(wanted)) << text;
}

void expect_kind(const std::string& text, Cell::Kind kind, char decimal = '.') {
    Dialect dialect;
    dialect.decimal = decimal;
    const Cell cell = read_cell(text, dialect);
    EXPECT_EQ(cell.kind, kind) << text;
    EXPECT_TRUE(std::isnan(cell.value)) << text;
}

TEST(Cells, Numbers) {
    expect_number("1.5", 1.5);
    expect_number(" 1.5\r", 1.5);
    expect_number("+1.5", 1.5);
    expect_number("-0", -0.0);
    expect_number(".5", .5);
    expect_number("5.", 5);
    expect_number("1e3", 1000);
    expect_number("1E-3", .001);
    expect_number("123456789012345678901234567890", 123456789012345678901234567890.0);
    expect_number("0." + std::string(300, '0') + "1", 1e-301);
    expect_number("1,5", 1.5, ',');
    expect_number("-,5", -.5, ',');
}

TEST(Cells, Missing) {
    for (const char* text : {"", " ", "\r", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None", " NA "})
        expect_kind(text, Cell::Kind::missing);
    Dialect dialect;
    dialect.missing = {"-", "x y"};
    EXPECT_EQ(read_cell("-", dialect).kind, Cell::Kind::missing);
    EXPECT_EQ(read_cell("x y", dialect).kind, Cell::Kind::missing);
    EXPECT_EQ(read_cell("", dialect).kind, Cell::Kind::missing);
    EXPECT_EQ(read_cell("NA", dialect).kind, Cell::Kind::text);
}

TEST(Cells, Text) {
    for (const char* text :
         {"x", "1x",  "x1",  "1 2", "1,5",  "1,234.5", "inf", "-inf", "Infinity", "1e999", "+",
          "-", "+-1", "--1", "++1", "0x10", "1e",      ".",   "$5",   "5%",       "(5)",   "\xe2\x88\x92\x35"})
        expect_kind(text, Cell::Kind::text);
    expect_kind(std::string("1\0", 2), Cell::Kind::text);
    expect_kind(std::string(401, '1'), Cell::Kind::text);
    expect_kind("1.5", Cell::Kind::text, ',');
    expect_kind("1.234,5", Cell::Kind::text, ',');
    expect_kind("1,2,3", Cell::Kind::text, ',');
}

TEST(Cells, NumbersInAnotherSpellingAreKnown) {
    const auto hint = [](const char* text, char decimal = '.') { return spelling_hint(text, {';', decimal}); };
    for (const char* text : {"1,5", "-,5", "12,3456"})
        EXPECT_NE(hint(text).find("decimal mark"), std::string::npos) << text;
    for (const char* text : {"1,234", "1,234.5", "-12 345", "1.234.567,8", "1'000"})
        EXPECT_NE(hint(text).find("thousands"), std::string::npos) << text;
    EXPECT_NE(hint("1.234,5", ',').find("thousands"), std::string::npos);
    for (const char* text : {"$5", "5 %", "-$1,234.50", "(5)", "€ 7.5"})
        EXPECT_NE(hint(text).find("signs"), std::string::npos) << text;
    for (const char* text : {"", "x", "01.02.2024", "2024-01-02", "12:30", "inf", "1e999", "A 123", "1x"})
        EXPECT_EQ(hint(text), "") << text;
}

}  // namespace
}  // namespace bradawl::csv
