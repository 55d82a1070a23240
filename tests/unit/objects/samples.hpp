#pragma once

#include <string>
#include <vector>

#include "objects/stream_text.hpp"

/// A small stream for each kind of content, in the full style just as it is printed.
namespace bradawl::objects::samples {

struct Sample {
    const char* name;
    Lines lines;
};

/// A class description; `fields` without the brackets.
inline std::string desc(const std::string& name, int id, int flags, const std::string& fields,
                        const std::string& super = "null", const std::string& suid = "1") {
    return R"({"$classdesc":")" + name + R"(","id":)" + std::to_string(id) + R"(,"suid":)" + suid + R"(,"flags":)" +
           std::to_string(flags) + R"(,"fields":[)" + fields + R"(],"annotation":[],"super":)" + super + "}";
}

inline std::string ref(int id) {
    return R"({"$ref":)" + std::to_string(id) + "}";
}

inline std::string object(const std::string& its, int id, const std::string& data) {
    return R"({"$object":)" + its + R"(,"id":)" + std::to_string(id) + R"(,"data":[)" + data + "]}";
}

inline std::string array(const std::string& its, int id, const std::string& values) {
    return R"({"$array":)" + its + R"(,"id":)" + std::to_string(id) + R"(,"values":)" + values + "}";
}

inline std::string primitive(const std::string& type, const std::string& name) {
    return R"({"type":")" + type + R"(","name":")" + name + R"("})";
}

inline std::string reference_field(const std::string& name, const std::string& type = R"("Ljava/lang/Object;")") {
    return R"({"type":"L","name":")" + name + R"(","class":)" + type + "}";
}

inline std::vector<Sample> strings() {
    return {
        {"null", {"null"}},
        {"strings",
         {R"("")", R"("a \" \\ \n b")", "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"", R"("a\u0000b")", ref(1)}},
        {"mutf8", {R"({"$mutf8":"eda0bd"})", R"({"$mutf8":"c181e080af"})", R"({"$mutf8":"00"})"}},
        {"longstring", {R"({"$longstring":"short"})", ref(0), R"({"$longstring":{"$mutf8":"edb880"}})"}},
        {"blocks",
         {R"({"$block":""})", R"({"$block":"00ff"})", R"({"$longblock":"0102"})", "null", R"({"$block":"03"})"}},
        {"reset", {R"("a")", R"({"$reset":true})", R"("b")", ref(0), R"({"$reset":true})", R"({"$reset":true})"}},
    };
}

inline std::vector<Sample> classes() {
    return {
        {"class", {R"({"$class":)" + desc("C", 0, 2, "") + R"(,"id":1})", ref(1), ref(0)}},
        {"class-desc", {desc("C", 0, 2, primitive("I", "a"), desc("B", 1, 2, "")), ref(1)}},
        {"annotated",
         {R"({"$classdesc":"C","id":0,"suid":-5,"flags":2,"fields":[],"annotation":[{"$block":"01"},"note",null],"super":null})"}},
        {"proxy-desc", {R"({"$proxydesc":["A","B"],"id":0,"annotation":[],"super":null})"}},
        {"proxy",
         {object(R"({"$proxydesc":["java.lang.Runnable"],"id":0,"annotation":["x"],"super":)" +
                     desc("P", 2, 2, reference_field("h")) + "}",
                 4, R"({"fields":{"h":null}},{"fields":{}})")}},
        {"enum",
         {R"({"$enum":)" + desc("E", 0, 18, "", desc("java.lang.Enum", 1, 18, "", "null", "0"), "0") +
              R"(,"id":2,"name":"A"})",
          R"({"$enum":)" + ref(0) + R"(,"id":4,"name":{"$longstring":"B"}})", ref(2)}},
        {"field-types",
         {desc("C", 0, 2,
               reference_field("a") + "," + reference_field("b", ref(1)) + "," + reference_field("c", "null") + "," +
                   R"({"type":"[","name":"d","class":{"$longstring":"[I"}})")}},
    };
}

inline std::vector<Sample> arrays() {
    return {
        {"array-bytes", {array(desc("[B", 0, 2, ""), 1, R"("00ff7f")"), array(ref(0), 2, R"("")"), ref(1)}},
        {"array-chars", {array(desc("[C", 0, 2, ""), 1, "[\"a\",\"\xe2\x82\xac\",55357,\"\\u0000\"]")}},
        {"array-booleans", {array(desc("[Z", 0, 2, ""), 1, "[true,false,2,255]")}},
        {"array-shorts", {array(desc("[S", 0, 2, ""), 1, "[-32768,32767]")}},
        {"array-ints", {array(desc("[I", 0, 2, ""), 1, "[-2147483648,2147483647]"), array(ref(0), 2, "[]")}},
        {"array-longs", {array(desc("[J", 0, 2, ""), 1, "[-9223372036854775808,9223372036854775807]")}},
        {"array-floats", {array(desc("[F", 0, 2, ""), 1, R"([0.1,-0.0,"NaN","NaN:0x7f800001","-Infinity",1e-45])")}},
        {"array-doubles", {array(desc("[D", 0, 2, ""), 1, R"([0.1,"NaN:0xfff8000000000000","Infinity",5e-324])")}},
        {"array-objects",
         {array(desc("[Ljava.lang.Object;", 0, 2, ""), 1,
                R"([null,"a",)" + ref(1) + "," + array(ref(0), 3, "[" + ref(2) + "]") + "]")}},
        {"array-arrays", {array(desc("[[I", 0, 2, ""), 1, "[" + array(desc("[I", 2, 2, ""), 3, "[1]") + ",null]")}},
    };
}

inline std::vector<Sample> objects() {
    const std::string all = primitive("B", "b") + "," + primitive("C", "c") + "," + primitive("D", "d") + "," +
                            primitive("F", "f") + "," + primitive("I", "i") + "," + primitive("J", "j") + "," +
                            primitive("S", "s") + "," + primitive("Z", "z");
    return {
        {"no-fields", {object(desc("C", 0, 2, ""), 1, R"({"fields":{}})")}},
        {"primitives",
         {object(desc("C", 0, 2, all), 1,
                 R"({"fields":{"b":-1,"c":"x","d":-0.0,"f":0.5,"i":-2,"j":3,"s":-4,"z":true}})")}},
        {"references",
         {object(desc("C", 0, 2, reference_field("a") + "," + reference_field("b", ref(1))), 2,
                 R"({"fields":{"a":)" + ref(2) + R"(,"b":"text"}})"),
          ref(2)}},
        {"hierarchy",
         {object(desc("Sub", 0, 2, primitive("I", "x"), desc("Base", 1, 2, primitive("I", "x"))), 2,
                 R"({"fields":{"x":1}},{"fields":{"x":2}})")}},
        {"same-names",
         {object(desc("C", 0, 2, primitive("I", "x") + "," + primitive("I", "x")), 1, R"({"fields":[1,2]})")}},
        {"not-serializable",
         {object(desc("Sub", 0, 2, primitive("I", "x"), desc("Base", 1, 0, "")), 2, R"({"fields":{"x":1}})")}},
        {"annotation",
         {object(desc("C", 0, 3, primitive("I", "x")), 1,
                 R"({"fields":{"x":1},"annotation":[{"$block":"01"},"a",{"$longblock":"02"},null]})"),
          object(ref(0), 3, R"({"fields":{"x":2},"annotation":[]})")}},
        {"external", {object(desc("C", 0, 12, ""), 1, R"({"annotation":[{"$block":"01"},"a"]})"), R"("after")"}},
    };
}

/// Classes whose writeObject leaves the fields out, or does not begin with them.
inline std::vector<Sample> writings() {
    const std::string both = primitive("I", "x") + "," + reference_field("s");
    return {
        {"no-fields-ints",
         {object(desc("C", 0, 3, primitive("I", "x")), 1, R"({"annotation":[{"$block":"00000001"}]})")}},
        {"no-fields-object", {object(desc("C", 0, 3, both), 2, R"({"annotation":["only"]})"), R"("after")"}},
        {"no-fields-nothing", {object(desc("C", 0, 3, both), 2, R"({"annotation":[]})"), R"("after")"}},
        {"before",
         {object(desc("C", 0, 3, both), 2,
                 R"({"before":[{"$block":"00000007"}],"fields":{"x":1,"s":"a"},"annotation":[{"$block":"09"}]})"),
          R"("after")"}},
        {"no-fields-below",
         {object(desc("Sub", 0, 2, primitive("I", "y"), desc("C", 1, 3, both)), 3,
                 R"({"annotation":[{"$block":"0001"}]},{"fields":{"y":1}})"),
          R"("after")"}},
        {"no-fields-twice",
         {array(desc("[LC;", 0, 2, ""), 1,
                "[" + object(desc("C", 2, 3, both), 4, R"({"annotation":["one"]})") + "," +
                    object(ref(2), 6, R"({"annotation":[{"$block":"02"}]})") + "]"),
          object(ref(2), 7, R"({"annotation":[]})")}},
    };
}

/// Streams whose writing failed in the middle of a content.
inline std::vector<Sample> exceptions() {
    const std::string thrown =
        R"({"$exception":)" + object(desc("T", 0, 2, primitive("I", "x")), 1, R"({"fields":{"x":1}})");
    const std::string half = R"({"fields":{"x":1},"annotation":[{"$block":"01"},)" + thrown + R"(,"lengths":[]}]})";
    return {
        {"exception", {thrown + R"(,"lengths":[]})", R"("after")", ref(0)}},
        {"exception-object", {object(desc("X", 0, 3, primitive("I", "x")), 1, half), R"("after")"}},
        {"exception-arrays",
         {array(desc("[LA;", 0, 2, ""), 1, R"(["a",)" + array(ref(0), 3, "[" + thrown + R"(,"lengths":[3,2]}])") + "]"),
          R"("after")"}},
    };
}

inline std::vector<Sample> all() {
    std::vector<Sample> every;
    for (const auto& some : {strings(), classes(), arrays(), objects(), writings(), exceptions()})
        every.insert(every.end(), some.begin(), some.end());
    return every;
}

}  // namespace bradawl::objects::samples
