#include "expect_error.hpp"
#include "schema/explain.hpp"
#include "schema/schema.hpp"

namespace bradawl::schema {
namespace {

std::shared_ptr<const Schema> selecting(const std::string& text, std::vector<std::string> paths) {
    return parse(text, "schema", {false, std::move(paths), ""});
}

/// Names of the fields shown, those of records inside in parentheses.
std::string shown(const Schema& schema, const Section& section) {
    std::string names;
    for (const Field& field : section.fields) {
        if (!field.shown || field.hidden) continue;
        names += (names.empty() ? "" : " ") + schema.names[field.name];
        const Type* type = field.type;
        while (type->kind == Kind::array || type->kind == Kind::region || type->kind == Kind::maybe ||
               type->kind == Kind::call)
            type = type->kind == Kind::call ? schema.definitions[type->definition].type : type->element;
        if (type->kind == Kind::record) names += "(" + shown(schema, type->section) + ")";
    }
    return names;
}

std::string shown(const std::string& text, std::vector<std::string> paths) {
    const auto schema = selecting(text, std::move(paths));
    return shown(*schema, schema->record());
}

const std::string nested = "id:int v:{ name:utf n:int w:[{ x:int y:int }] } t:long";

TEST(Select, ShowsWhatThePathsName) {
    EXPECT_EQ(shown(nested, {}), "id v(name n w(x y)) t");
    EXPECT_EQ(shown(nested, {"t"}), "t");
    EXPECT_EQ(shown(nested, {"t", "id"}), "id t") << "in the order of the schema";
    EXPECT_EQ(shown(nested, {"v"}), "v(name n w(x y))");
    EXPECT_EQ(shown(nested, {"v.n"}), "v(n)");
    EXPECT_EQ(shown(nested, {"v.w.y", "v.name"}), "v(name w(y))") << "through an array";
}

TEST(Select, GoesThroughDefinitionsWithoutChangingThem) {
    const std::string text = "p={x:int y:int} a:p b:p<8> c:p?";
    EXPECT_EQ(shown(text, {"a.x", "b"}), "a(x) b(x y)");
    EXPECT_EQ(shown(text, {"b.y", "c.x"}), "b(y) c(x)");
}

TEST(Select, GoesThroughSwitches) {
    const std::string text = "k:byte v:switch(k){1->{x:int y:int} 2->utf else->{y:long}}";
    const auto schema = selecting(text, {"v.x"});
    const auto& arms = schema->record().fields[1].type->arms;
    EXPECT_FALSE(arms[0].type->silent);
    EXPECT_EQ(shown(*schema, arms[0].type->section), "x");
    EXPECT_TRUE(arms[1].type->silent);
    EXPECT_TRUE(arms[2].type->silent);
}

TEST(Select, LeavesOutRunsThatNothingIsShownOf) {
    const auto schema = selecting("a:int b:int c:int d:utf", {"b"});
    std::size_t skipped = 0;
    for (const Step& step : schema->record().steps)
        skipped += step.what == Step::Do::skip ? step.bytes : 0;
    EXPECT_EQ(skipped, 8U);
}

TEST(Select, OfPathsThatLeadNowhere) {
    expect_error(Fault::usage, "--select: no field 'nmae' (did you mean 'name'?)",
                 [] { selecting(nested, {"v.nmae"}); });
    expect_error(Fault::usage, "--select: no field 'vv'", [] { selecting(nested, {"id", "vv"}); });
    expect_error(Fault::usage, "--select: no field 'x' in 'id'", [] { selecting(nested, {"id.x"}); });
    expect_error(Fault::usage, "--select: no field '_'", [] { selecting("_:int=1 a:int", {"_"}); });
}

std::shared_ptr<const Schema> each(const std::string& text, const std::string& path) {
    return parse(text, "schema", {false, {}, path});
}

TEST(Each, MakesAnArrayLines) {
    const auto schema = each(nested, "v.w");
    const Field& outer = schema->record().fields[1];
    EXPECT_TRUE(outer.type->transparent);
    const Field& array = outer.type->section.fields[2];
    EXPECT_TRUE(array.type->lines);
    EXPECT_FALSE(schema->record().fields[0].shown);
    EXPECT_FALSE(array.type->element->transparent);
}

TEST(Each, GoesThroughRegionsDefinitionsAndSwitches) {
    const auto region = each("a:int[*]<20>", "a");
    EXPECT_TRUE(region->record().fields[0].type->element->lines);
    const auto call = each("list={n:int v:[utf]} l:list", "l.v");
    EXPECT_TRUE(call->record().fields[0].type->transparent);
    const auto choice = each("k:byte a:switch(k){1->[int] else->utf}", "a");
    const auto& arms = choice->record().fields[1].type->arms;
    EXPECT_TRUE(arms[0].type->lines);
    EXPECT_TRUE(arms[1].type->silent);
}

TEST(Each, OfWhatIsNoArray) {
    expect_error(Fault::usage, "--each: expected an array, found a value of type int", [] { each(nested, "id"); });
    expect_error(Fault::usage, "--each: no field 'w'", [] { each(nested, "w"); });
    expect_error(Fault::usage, "--each: the path leads through another array or optional value",
                 [] { each("a:[{b:[int]}]", "a.b"); });
    expect_error(Fault::usage, "--each: a switch without an array", [] { each("k:int a:switch(k){1->int}", "a"); });
    expect_error(Fault::usage, "--select and --each cannot be combined", [] {
        parse(nested, "schema", {false, {"id"}, "v.w"});
    });
}

/// The size that explain() gives a field of that type.
std::string size_of(const std::string& type) {
    const std::string text = explain(*parse("n:int a:" + type, "schema"));
    const std::size_t line = text.find("\n  a ");
    EXPECT_NE(line, std::string::npos) << text;
    return text.substr(line + 1 + 66, text.find('\n', line + 1) - line - 1 - 66);
}

TEST(Explain, TellsTheBytesOfTypes) {
    EXPECT_EQ(size_of("bool"), "1 byte");
    EXPECT_EQ(size_of("u24"), "3 bytes");
    EXPECT_EQ(size_of("double"), "8 bytes");
    EXPECT_EQ(size_of("utf"), "2 to 65537 bytes");
    EXPECT_EQ(size_of("varint"), "1 to 10 bytes");
    EXPECT_EQ(size_of("vint"), "1 to 9 bytes");
    EXPECT_EQ(size_of("none"), "0 bytes");
    EXPECT_EQ(size_of("object"), "5 bytes or more");
    EXPECT_EQ(size_of("utf=\"TZDB\""), "6 bytes");
}

TEST(Explain, TellsTheBytesOfWhatIsMadeOfThem) {
    EXPECT_EQ(size_of("int[7]"), "28 bytes");
    EXPECT_EQ(size_of("int[n]"), "0 bytes or more");
    EXPECT_EQ(size_of("[byte]"), "4 bytes or more");
    EXPECT_EQ(size_of("byte[ubyte]").substr(0, 6), "1 byte");
    EXPECT_EQ(size_of("utf<20>"), "20 bytes");
    EXPECT_EQ(size_of("long?"), "1 to 9 bytes");
    EXPECT_EQ(size_of("{x:int y:byte if n>0}"), "4 to 5 bytes");
    EXPECT_EQ(size_of("switch(n){1->int 2->long else->none}"), "0 to 8 bytes");
    EXPECT_EQ(size_of("bits<ushort>{x:4 y:12}"), "2 bytes");
    EXPECT_EQ(size_of("int[1000000000000]"), "4000000000000 bytes");
    EXPECT_EQ(size_of("long[9000000000000000000]"), "18446744073709551615 bytes or more") << "beyond what counts";
}

TEST(Explain, EndsWithTypesThatHoldThemselves) {
    const std::string text = explain(*parse("node={v:int next:node?} n:node", "schema"));
    EXPECT_NE(text.find("definition: record"), std::string::npos);
    EXPECT_NE(explain(*parse("f(n)=switch(n){0->byte else->f(n-1)} x:f(3)", "schema")).find("0 bytes or more"),
              std::string::npos);
}

TEST(Explain, NamesTheSections) {
    const std::string text = explain(*parse("a:int / b:int / c:int", "schema"));
    EXPECT_EQ(text.substr(0, 12), "header, once");
    EXPECT_NE(text.find("\nrecord, until the trailer"), std::string::npos);
    EXPECT_NE(text.find("\ntrailer, once"), std::string::npos);
}

}  // namespace
}  // namespace bradawl::schema
