#pragma once

#include "objects/samples.hpp"

/// Objects of JDK classes, as these write them, and what each is in the natural style.
namespace bradawl::objects::samples {

struct JdkSample {
    std::string line;
    std::string natural;
};

/// An object of a class without a superclass: `fields` with their types, then what it wrote.
inline std::string jdk(const std::string& name, int flags, const std::string& fields, int id, const std::string& values,
                       const std::string& annotation = "") {
    const std::string behind = flags == 3 ? R"(,"annotation":[)" + annotation + "]" : "";
    return object(desc("java." + name, 0, flags, fields), id, R"({"fields":{)" + values + "}" + behind + "}");
}

inline std::string boxed(int id, int value) {
    return object(desc("java.lang.Integer", id, 2, primitive("I", "value")), id + 1,
                  R"({"fields":{"value":)" + std::to_string(value) + "}}");
}

inline std::vector<JdkSample> collections() {
    const std::string size = primitive("I", "size");
    const std::string two = R"({"$block":"00000002"},)";
    const std::string objects = R"("[Ljava/lang/Object;")";
    return {
        {jdk("util.ArrayList", 3, size, 1, R"("size":2)", two + R"("a",null)"), R"(["a",null])"},
        {jdk("util.HashMap", 3, "", 1, "", two + R"("a",null,"b",{"$ref":2})"), R"({"a":null,"b":"a"})"},
        {jdk("util.HashMap", 3, "", 1, "", two + boxed(2, 7) + R"(,"x",null,)" + boxed(5, 8)), R"([[7,"x"],[null,8]])"},
        {jdk("util.HashMap", 3, "", 1, "",
             two + R"("a",{"$ref":1},)" + array(desc("[I", 3, 2, ""), 4, "[1]") + ",null"),
         R"([["a",{"$ref":1}],[[1],null]])"},
        {jdk("util.TreeMap", 3, reference_field("comparator"), 2, R"("comparator":null)",
             two + boxed(3, 1) + R"(,"a",)" + boxed(6, 2) + R"(,"b")"),
         R"([[1,"a"],[2,"b"]])"},
        {jdk("util.concurrent.ConcurrentHashMap", 3, "", 1, "", R"("k","v",)" + boxed(4, 3) + R"(,"w",null,null)"),
         R"([["k","v"],[3,"w"]])"},
        {jdk("util.CollSer", 3, primitive("I", "tag"), 1, R"("tag":1)", two + R"("a","b")"), R"(["a","b"])"},
        {jdk("util.CollSer", 3, primitive("I", "tag"), 1, R"("tag":3)", R"({"$block":"00000004"},"a","b","c","d")"),
         R"({"a":"b","c":"d"})"},
        {jdk("util.Vector", 3,
             primitive("I", "capacityIncrement") + "," + primitive("I", "elementCount") + "," +
                 R"({"type":"[","name":"elementData","class":)" + objects + "}",
             2,
             R"("capacityIncrement":0,"elementCount":2,"elementData":)" +
                 array(desc("[Ljava.lang.Object;", 3, 2, ""), 4, R"(["a","b",null,null])")),
         R"(["a","b"])"},
        {jdk("util.Collections$SingletonMap", 2, reference_field("k") + "," + reference_field("v", ref(1)), 2,
             R"("k":"a","v":null)"),
         R"({"a":null})"},
        {jdk("util.Collections$SingletonMap", 2, reference_field("k") + "," + reference_field("v", ref(1)), 2,
             R"("k":)" + boxed(3, 1) + R"(,"v":)" + boxed(5, 2)),
         "[[1,2]]"},
        {jdk("util.Collections$UnmodifiableCollection", 2, reference_field("c"), 2,
             R"("c":)" + object(desc("java.util.Collections$EmptyList", 3, 2, ""), 4, R"({"fields":{}})")),
         "[]"},
        {array(desc("[Ljava.lang.Object;", 0, 2, ""), 1,
               "[" +
                   object(desc("java.util.LinkedList", 2, 3, ""), 3,
                          R"({"fields":{},"annotation":[{"$block":"00000000"}]})") +
                   "]"),
         "[[]]"},
    };
}

inline std::vector<JdkSample> values() {
    const std::string number =
        object(desc("java.math.BigInteger", 3, 2,
                    primitive("I", "signum") + R"(,{"type":"[","name":"magnitude","class":"[B"})"),
               5, R"({"fields":{"signum":-1,"magnitude":)" + array(desc("[B", 6, 2, ""), 7, R"("00ff")") + "}}");
    return {
        {boxed(0, -7), "-7"},
        {jdk("util.Date", 3, "", 1, "", R"({"$block":"0000018bcfe5687b"})"), R"("2023-11-14T22:13:20.123Z")"},
        {jdk("util.UUID", 2, primitive("J", "leastSigBits") + "," + primitive("J", "mostSigBits"), 1,
             R"("leastSigBits":1,"mostSigBits":2)"),
         R"("00000000-0000-0002-0000-000000000001")"},
        {jdk("math.BigDecimal", 2, primitive("I", "scale") + "," + reference_field("intVal"), 2,
             R"("scale":1,"intVal":)" + number),
         R"("-25.5")"},
        {jdk("lang.StringBuilder", 3, "", 1, "",
             R"({"$block":"00000001"},)" + array(desc("[C", 2, 2, ""), 3, R"(["a","b"])")),
         R"("a")"},
        {object(desc("java.time.Ser", 0, 12, ""), 1, R"({"annotation":[{"$block":"03000007e8021d"}]})"),
         R"("2024-02-29")"},
        {jdk("io.File", 3, reference_field("path"), 2, R"("path":"/a")", R"({"$block":"002f"})"), R"("/a")"},
        {jdk("util.concurrent.atomic.AtomicBoolean", 2, primitive("I", "value"), 1, R"("value":1)"), "true"},
        {jdk("lang.Throwable", 3, reference_field("cause") + "," + reference_field("detailMessage", ref(1)), 2,
             R"("cause":{"$ref":2},"detailMessage":"why")"),
         R"({"$throwable":"java.lang.Throwable","cause":null,"message":"why"})"},
    };
}

inline std::vector<JdkSample> jdk_objects() {
    std::vector<JdkSample> every = collections();
    for (const JdkSample& one : values())
        every.push_back(one);
    return every;
}

}  // namespace bradawl::objects::samples
