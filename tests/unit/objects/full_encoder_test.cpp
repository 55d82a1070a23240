#include <gtest/gtest.h>

#include "objects/samples.hpp"

// What the encoder says of lines that no stream has, and where in the line.

namespace bradawl::objects {
namespace {

using samples::array;
using samples::desc;
using samples::object;
using samples::primitive;
using samples::ref;
using samples::reference_field;

/// An object of a class with one field of that type.
std::string with_field(const std::string& type, const std::string& value) {
    return object(desc("C", 0, 2, primitive(type, "x")), 1, R"({"fields":{"x":)" + value + "}}");
}

TEST(EncoderErrors, OfWhatIsNoContent) {
    EXPECT_EQ(refusal("1"), ".: 1 is no content of an object stream");
    EXPECT_EQ(refusal("[]"), ".: [] is no content of an object stream");
    EXPECT_EQ(refusal("{}"), ".: {} is no content of an object stream");
    EXPECT_EQ(refusal(R"({"$objekt":1})"), ".$objekt: no content of an object stream begins with this member");
    EXPECT_EQ(refusal(R"({"$class":{}})"), ".$class: {} is no class description");
    EXPECT_EQ(refusal(R"({"$class":7})"), ".$class: 7 is no class description");
    EXPECT_EQ(refusal(R"({"$class":{"$object":1}})"), ".$class.$object: no class description begins with this member");
    EXPECT_EQ(refusal(R"({"$block":"00","more":1})"), ".$block: \"more\" does not belong here");
}

TEST(EncoderErrors, OfReferences) {
    EXPECT_EQ(refusal(ref(0)), ".$ref: refers to what does not stand in front of it");
    EXPECT_EQ(refusal(R"({"$ref":-1})"), ".$ref: refers to what does not stand in front of it");
    EXPECT_EQ(refusal(R"({"$ref":"0"})", {R"("a")"}), ".$ref: refers to what does not stand in front of it");
    EXPECT_EQ(refusal(R"({"$class":{"$ref":0}})", {R"("a")"}), ".$class.$ref: refers to what is no class description");
}

TEST(EncoderErrors, OfBytesAndTexts) {
    EXPECT_EQ(refusal(R"({"$block":"0g"})"), R"(.$block: "0g" is no row of hex digits)");
    EXPECT_EQ(refusal(R"({"$block":5})"), ".$block: 5 is no row of hex digits");
    EXPECT_EQ(refusal(R"({"$block":")" + std::string(512, '0') + "\"}"),
              ".$block: a $block has at most 255 bytes; this is a $longblock");
    EXPECT_EQ(refusal(R"({"$mutf8":"f0"})"), ".$mutf8: is no modified UTF-8");
    EXPECT_EQ(refusal(R"({"$longstring":7})"), ".$longstring: 7 is no string");
    EXPECT_EQ(refusal(array(desc("[B", 0, 2, ""), 1, R"("123")")), R"(.$array.values: "123" is no row of hex digits)");
}

TEST(EncoderErrors, OfPrimitivesWithTheirPath) {
    const auto path = [](const std::string& text) { return ".$object.data[0].fields.x: " + text; };
    EXPECT_EQ(refusal(with_field("I", "\"abc\"")), path("\"abc\" is no int"));
    EXPECT_EQ(refusal(with_field("I", "2147483648")), path("2147483648 is no int"));
    EXPECT_EQ(refusal(with_field("B", "200")), path("200 is no byte"));
    EXPECT_EQ(refusal(with_field("S", "-32769")), path("-32769 is no short"));
    EXPECT_EQ(refusal(with_field("J", "9223372036854775808")), path("9223372036854775808 is no long"));
    EXPECT_EQ(refusal(with_field("J", "1.5")), path("1.5 is no long"));
    EXPECT_EQ(refusal(with_field("C", "\"ab\"")), path("\"ab\" is no char (one UTF-16 unit)"));
    EXPECT_EQ(refusal(with_field("C", "65536")), path("65536 is no char"));
    EXPECT_EQ(refusal(with_field("D", "null")), path("null is no double"));
    EXPECT_EQ(refusal(with_field("F", "1e40")), path("1e40 is no float"));
    EXPECT_EQ(refusal(with_field("Z", "256")).substr(0, path("256 is no ").size()), path("256 is no "));
    EXPECT_EQ(refusal(array(desc("[[I", 0, 2, ""), 1, "[null," + array(desc("[I", 2, 2, ""), 3, "[1,true]") + "]")),
              ".$array.values[1].$array.values[1]: true is no int");
}

TEST(EncoderErrors, OfWhatIsMissing) {
    const std::string its = desc("C", 0, 2, primitive("I", "x") + "," + primitive("I", "y"));
    EXPECT_EQ(refusal(R"({"$object":)" + its + "}"), ".$object: the member 'data' is missing");
    EXPECT_EQ(refusal(object(its, 1, "")), ".$object.data[0]: no object where one belongs");
    EXPECT_EQ(refusal(object(its, 1, R"({"fields":{"x":1}})")), ".$object.data[0].fields: the field \"y\" is missing");
    EXPECT_EQ(refusal(object(its, 1, R"({"fields":[1]})")), ".$object.data[0].fields: the field \"y\" is missing");
    EXPECT_EQ(refusal(object(its, 1, R"({"fields":{"y":1,"x":1}})")),
              ".$object.data[0].fields: 'y' where the field \"x\" belongs");
    EXPECT_EQ(refusal(object(desc("S", 0, 2, "", desc("C", 1, 2, "")), 2, R"({"fields":{}})")),
              ".$object: the data of 1 classes is missing");
    EXPECT_EQ(refusal(R"({"$classdesc":"C","flags":2})"), ".$classdesc: the member 'suid' is missing");
    EXPECT_EQ(refusal(R"({"$enum":)" + desc("E", 0, 18, "", "null", "0") + "}"),
              ".$enum: the member 'name' is missing");
}

TEST(EncoderErrors, OfWhatIsTooMuch) {
    const std::string its = desc("C", 0, 2, primitive("I", "x"));
    EXPECT_EQ(refusal(object(its, 1, R"({"fields":{"x":1,"y":2}})")),
              ".$object.data[0].fields: \"y\" does not belong here");
    EXPECT_EQ(refusal(object(its, 1, R"({"fields":{"x":1},"annotation":[]})")),
              ".$object.data[0].annotation: does not belong to a class with these flags");
    EXPECT_EQ(refusal(object(its, 1, R"({"fields":{"x":1}},{})")).substr(0, 10), ".$object: ");
}

TEST(EncoderErrors, OfDescriptions) {
    const auto fields = [](const std::string& text) { return refusal(desc("C", 0, 2, text)); };
    EXPECT_EQ(fields(R"({"name":"x","type":"I"})"), ".$classdesc: a field begins with its type");
    EXPECT_EQ(fields(R"({"type":"Q","name":"x"})"), ".$classdesc: 'Q' is no type of a field");
    EXPECT_EQ(fields(R"({"type":"I"})"), ".$classdesc: the member 'name' is missing");
    EXPECT_EQ(fields(R"({"type":"L","name":"x"})"), ".$classdesc: the member 'class' is missing");
    EXPECT_EQ(refusal(desc("C", 0, 300, "")), ".$classdesc: 300 is no ubyte");
    EXPECT_EQ(refusal(desc("C", 0, 2, "", "null", "\"x\"")), ".$classdesc: \"x\" is no long");
    EXPECT_EQ(refusal(desc(std::string(65536, 'n'), 0, 2, "")), ".$classdesc: a name of more than 65535 bytes");
    EXPECT_EQ(refusal(R"({"$object":null})"), ".$object: has no class");
    EXPECT_EQ(refusal(array(desc("X", 0, 2, ""), 1, "[]")), ".$array: its class is no array's");
    EXPECT_EQ(refusal(array("null", 1, "[]")), ".$array: its class is no array's");
}

TEST(EncoderErrors, OfExceptions) {
    EXPECT_EQ(refusal(array(desc("[LC;", 0, 2, ""), 1, R"([{"$exception":null}])")).substr(0, 23),
              ".$array.values[0].$exce");
}

TEST(EncoderErrors, OfNesting) {
    java::Limits limits;
    limits.depth = 4;
    FullEncoder encoder({}, limits);
    std::string line = "null";
    for (int level = 0; level < 40; ++level)
        line = array(level == 39 ? desc("[LC;", 0, 2, "") : ref(0), 1, "[" + line + "]");
    std::string bytes = "kept";
    try {
        encoder.add(line, bytes);
        ADD_FAILURE() << "no error";
    } catch (const Error& error) {
        EXPECT_NE(error.text().find("nested too deep (--max-depth)"), std::string::npos) << error.text();
    }
    EXPECT_EQ(bytes, "kept");
}

TEST(Encoder, TakesLongsOfEveryForm) {
    const std::string plain = encoded({with_field("J", "9007199254740993")}).bytes;
    EXPECT_EQ(encoded({with_field("J", "\"9007199254740993\"")}).bytes, plain);
}

TEST(Encoder, HeedsBytesInBase64) {
    const java::Limits limits;
    java::Spelling spelling;
    spelling.bytes = java::BytesForm::base64;
    FullEncoder encoder(spelling, limits);
    std::string bytes;
    FullEncoder::header(bytes);
    const std::string line = array(desc("[B", 0, 2, ""), 1, R"("AP9\u002f")");
    encoder.add(line, bytes);
    EXPECT_EQ(bytes, encoded({array(desc("[B", 0, 2, ""), 1, R"("00ff7f")")}).bytes);
    EXPECT_EQ(read(bytes, in_style(Style::full), {}, spelling).out, array(desc("[B", 0, 2, ""), 1, R"("AP9/")") + "\n");
}

TEST(Encoder, AStringTooLongForItsTagGetsTheLongOne) {
    const std::string text = "\"" + std::string(65536, 'a') + "\"";
    EXPECT_EQ(encoded({text}).bytes, encoded({R"({"$longstring":)" + text + "}"}).bytes);
    EXPECT_EQ(encoded({text}).bytes[4], '\x7c');
}

TEST(Encoder, LooksAtNoId) {
    const std::string its = desc("C", 0, 2, "");
    EXPECT_EQ(encoded({object(its, 77, R"({"fields":{}})")}).bytes,
              encoded({object(its, 1, R"({"fields":{}})")}).bytes);
    EXPECT_EQ(
        encoded(
            {R"({ "$object" : {"$classdesc":"C","suid":1,"flags":2,"fields":[],"annotation":[],"super":null} , "data" : [ { "fields" : { } } ] })"})
            .bytes,
        encoded({object(its, 1, R"({"fields":{}})")}).bytes);
}

/// The end mark of an annotation is written also where the line has none.
TEST(Encoder, AnAnnotationMayBeLeftOut) {
    const std::string its = desc("C", 0, 3, primitive("I", "x"));
    EXPECT_EQ(encoded({object(its, 1, R"({"fields":{"x":1}})")}).bytes,
              encoded({object(its, 1, R"({"fields":{"x":1},"annotation":[]})")}).bytes);
}

}  // namespace
}  // namespace bradawl::objects
