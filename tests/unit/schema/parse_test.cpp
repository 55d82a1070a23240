#include "expect_error.hpp"
#include "schema/schema.hpp"
#include "schema/shipped.hpp"

namespace bradawl::schema {
namespace {

/// `text` is wrong at LINE:COLUMN.
void expect_slip(const std::string& text, const std::string& place_and_why) {
    SCOPED_TRACE(text);
    expect_error(Fault::usage, "schema: " + place_and_why, [&] { parse(text, "schema"); });
}

TEST(Slips, AreToldWithLineAndColumn) {
    expect_slip("id int", "1:4: expected ':' behind a field's name, found 'int'");
    expect_slip("id:", "1:4: expected a type, found the end");
    expect_slip("", "1:1: a record needs a field, such as id:int");
    expect_slip("  # nothing\n", "2:1: a record needs a field, such as id:int");
    expect_slip("# a comment\nab:int\n  x:[\n\n int",
                "5:5: expected ']' behind the type of an array's elements, found the end");
    expect_slip("a:utf=\"\xc3\xa9\xe2\x82\xac\" b:?", "1:14: expected a type, found '?'");
    expect_slip("a:int;b:int|c", "1:12: expected a field such as name:type, found '|'");
    expect_slip("a:int=3=4", "1:8: expected a field such as name:type, found '='");
}

TEST(Slips, OfNamesHaveTheNearestOne) {
    expect_slip("id:int s:strng", "1:10: unknown type 'strng' (did you mean 'str'?)");
    expect_slip("ab:int\n  x:lnog", "2:5: unknown type 'lnog' (did you mean 'long'?)");
    expect_slip("a:[itn]", "1:4: unknown type 'itn' (did you mean 'int'?)");
    expect_slip("pair={a:int} x:piar", "1:16: unknown type 'piar' (did you mean 'pair'?)");
    expect_slip("count:int v:byte[cuont]", "1:18: unknown name 'cuont' (did you mean 'count'?)");
    expect_slip("n:int v:byte[m]", "1:14: unknown name 'm'");
    expect_slip("x:x", "1:3: unknown type 'x'");
}

TEST(Slips, OfConstants) {
    expect_slip("a:int=5 b:byte=300", "1:16: 300 is no byte");
    expect_slip("a:int=0xFFFFFFFF", "1:7: 0xFFFFFFFF is no int");
    expect_slip("a:int=99999999999999999999", "1:7: a number beyond 64 bits");
    expect_slip("a:utf=5", "1:7: expected \"text\"");
    expect_slip("a:int=\"x\"", "1:7: expected a whole number");
    expect_slip("b:double=1e400", "1:10: '1e400' is no number");
    expect_slip("a:utf=\"x", "1:7: text without an end");
    expect_slip("a:utf=\"x\ny\"", "1:7: text without an end");
    expect_slip("a:utf=\"\\q\"", R"(1:8: an escape is one of \n \r \t \0 \\ \")");
}

TEST(Slips, OfTypes) {
    expect_slip("int=long x:int", "1:1: 'int' is a type already");
    expect_slip("f=int f=long x:f", "1:7: 'f' is defined twice");
    expect_slip("f(a)=int x:f", "1:12: 'f' takes 1 arguments, not 0");
    expect_slip("a:int a:int", "1:7: a second field 'a' in one record");
    expect_slip("a:int[3", "1:8: expected ']' behind a count, found the end");
    expect_slip("a:int<int", "1:10: expected '>' behind a size, found the end");
    expect_slip("k:int a:switch(k){else->long 2->byte}", "1:30: an arm behind else");
    expect_slip("a:bits<uint>{x:3 y:4}", "1:8: the bits are 7, but uint has 32");
    expect_slip("a:bits<utf>{x:8}", "1:8: bits are cut from an integer type of fixed size");
}

TEST(Slips, OfSections) {
    expect_slip("a:int/b:int/c:int/d:int", "1:1: a schema has at most three sections: header / record / trailer");
    expect_slip("a:int/b:int/c:utf", "1:13: a trailer has a fixed size of at most 65536 bytes");
    expect_slip("a:int/", "1:7: a record needs a field, such as id:int");
}

TEST(Slips, OfForeignCharacters) {
    expect_slip("a:int \xc3\xa9:int", "1:7: '\xc3\xa9' means nothing in a schema");
    expect_slip("a:int \x01", "1:7: '\\x01' means nothing in a schema");
}

TEST(Slips, OfDepth) {
    std::string deep;
    for (int level = 0; level < 100'000; ++level)
        deep += "a:{";
    expect_slip(deep, "1:603: nested too deep");
    expect_slip("a:int if " + std::string(100'000, '('), "1:210: nested too deep");
}

TEST(Slips, OfDefinitionsWithoutAnEnd) {
    const std::string rest =
        " has another inside without an end: make it optional with ?, an array, an arm of a switch, or conditional "
        "with if";
    expect_slip("f={a:f} x:f", "1:1: every 'f'" + rest);
    expect_slip("leaf=int\nf={a:g<4>} g=switch(1){1->f 2->f} x:f", "2:1: every 'f'" + rest);
    for (const char* ends : {"f={a:f?} x:f", "f={a:f[byte]} x:f", "f={n:byte a:f if n} x:f",
                             "f={n:byte a:g(n)} g(n)=switch(n){0->none else->f} x:f"})
        EXPECT_NO_THROW(parse(ends, "schema")) << ends;
}

TEST(Slips, TellTheOrigin) {
    expect_error(Fault::usage, "my.jds: 1:3: unknown type 'itn' (did you mean 'int'?)",
                 [] { parse("a:itn", "my.jds"); });
}

TEST(Sections, AreHeaderRecordAndTrailer) {
    const auto one = parse("a:int", "schema");
    EXPECT_FALSE(one->has_header());
    EXPECT_EQ(one->record().fields.size(), 1U);
    EXPECT_EQ(one->trailer(), nullptr);
    const auto three = parse("a:int b:int / c:int / d:long e:byte", "schema");
    ASSERT_NE(three->header(), nullptr);
    EXPECT_EQ(three->header()->fields.size(), 2U);
    EXPECT_EQ(three->names[three->record().fields[0].name], "c");
    ASSERT_NE(three->trailer(), nullptr);
    EXPECT_EQ(three->trailer_size, 9U);
}

TEST(Fields, MayBeCutApartAsOneLikes) {
    for (const char* const text :
         {"a:int b:[utf]", "a:int,b:[utf]", "a:int;\nb : utf[int]", ", a:int # so\n b:utf[ int ] ;"}) {
        const auto schema = parse(text, "schema");
        ASSERT_EQ(schema->record().fields.size(), 2U) << text;
        EXPECT_EQ(schema->record().fields[1].type->kind, Kind::array) << text;
        EXPECT_EQ(schema->record().fields[1].type->element->kind, Kind::utf) << text;
    }
}

TEST(Fields, SizesMayBeTightlyClosed) {
    EXPECT_EQ(parse("a:latin1<4>=\"CurD\" b:bytes<4><int>", "schema")->record().fields.size(), 2U);
    EXPECT_EQ(parse("n:int a:bytes<(n>>1)> b:int", "schema")->record().fields.size(), 3U);
}

TEST(Shipped, AllParse) {
    EXPECT_EQ(shipped().size(), 7U);
    for (const Shipped& one : shipped()) {
        const auto schema = parse(shipped_text(one.name), std::string("@") + one.name);
        EXPECT_FALSE(schema->record().fields.empty()) << one.name;
        EXPECT_NE(std::string(one.title), "");
    }
}

TEST(Shipped, AreKnownByWhatTheirFilesBeginWith) {
    using namespace std::string_view_literals;
    EXPECT_EQ(shipped_for("\xca\xfe\xba\xbe\0\0\0\x3d"sv), "class");
    EXPECT_EQ(shipped_for("\xce\xce\xce\xce"), "jceks");
    EXPECT_EQ(shipped_for("JAVA PROFILE 1.0.2"), "hprof");
    EXPECT_EQ(shipped_for("\xac\xed\0\5"sv), "");
}

TEST(Shipped, HaveNearNames) {
    expect_error(Fault::usage, "no schema '@jsk' (did you mean '@jks'?)", [] { shipped_text("jsk"); });
    expect_error(Fault::usage, "no schema '@whatever'", [] { shipped_text("whatever"); });
    try {
        shipped_text("jsk");
    } catch (const Error& error) {
        EXPECT_EQ(error.hint(), "The schemas that come along: @tzdb @jks @jceks @class @nbt @hprof @currency.");
    }
}

}  // namespace
}  // namespace bradawl::schema
