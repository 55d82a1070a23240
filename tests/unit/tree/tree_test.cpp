// The same document in TOML, YAML and JSON is the same tree; what is none is told with its place.
#include "expect_error.hpp"
#include "tree/toml.hpp"
#include "tree/yaml.hpp"

namespace bradawl::tree {
namespace {

/// The tree as one line: scalars bare, lists in [], maps in {}.
std::string flat(const Node& node) {
    if (node.kind == Node::Kind::scalar) return node.tag + node.text;
    std::string text = node.tag + (node.kind == Node::Kind::list ? "[" : "{");
    for (const Node& item : node.items)
        text += flat(item) + " ";
    for (const auto& [key, value] : node.members)
        text += key + "=" + flat(value) + " ";
    return text + (node.kind == Node::Kind::list ? "]" : "}");
}

constexpr const char* wanted =
    "{target=class lr=0.05 epochs=30 quiet=true features=[a b ] layer=[{type=relu dim=5 } {type=softmax } ] }";

TEST(Trees, AreTheSameInEachLanguage) {
    EXPECT_EQ(flat(read_toml("target = \"class\"\nlr = 0.05\nepochs = 30\nquiet = true\nfeatures = [\"a\", 'b']\n"
                             "[[layer]]\ntype = \"relu\"\ndim = 5\n[[layer]]\ntype = \"softmax\"\n",
                             "n.toml")),
              wanted);
    EXPECT_EQ(flat(read_yaml("target: class\nlr: 0.05\nepochs: 30\nquiet: true\nfeatures: [a, b]\n"
                             "layer:\n- type: relu\n  dim: 5\n- {type: softmax}\n",
                             "n.yaml")),
              wanted);
    EXPECT_EQ(flat(read_json(R"({"target":"class","lr":0.05,"epochs":30,"quiet":true,"features":["a","b"],)"
                             R"("layer":[{"type":"relu","dim":5},{"type":"softmax"}]})",
                             "n.json")),
              wanted);
}

TEST(Trees, KnowTheLineOfAKey) {
    const Node toml = read_toml("a = 1\n\nb = 2\n", "n");
    EXPECT_EQ(toml.members.at(1).value.line, 3U);
    const Node yaml = read_yaml("a: 1\nb:\n\n  - 2\n", "n");
    EXPECT_EQ(yaml.members.at(1).value.line, 2U);
    EXPECT_EQ(yaml.members.at(1).value.items.at(0).line, 4U);
    const Node json = read_json("{\"a\": 1,\n\"b\": 2}", "n");
    EXPECT_EQ(json.members.at(1).value.line, 2U);
}

TEST(Trees, KeepTagsAndResolveAliasesOfYaml) {
    EXPECT_EQ(flat(read_yaml("a: &x !obj:foo.Bar { b: 1 }\nc: *x\n", "n")),
              "{a=!obj:foo.Bar{b=1 } c=!obj:foo.Bar{b=1 } }");
}

TEST(Trees, TextWithMarksStaysText) {
    EXPECT_EQ(flat(read_toml("a = \"x # y\"\n", "n")), "{a=x # y }");
    EXPECT_EQ(flat(read_yaml("a: 'x # y'\n", "n")), "{a=x # y }");
    EXPECT_EQ(flat(read_json("{\"a\":\"x\\u00e9 # y\"}", "n")), "{a=x\xc3\xa9 # y }");
}

template <class Read>
void expect_place(Read read, const char* text, const std::string& place) {
    try {
        read(text, "n");
        ADD_FAILURE() << "no error in " << text;
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::config);
        EXPECT_TRUE(error.text().starts_with("n:" + place)) << error.text();
    }
}

TEST(Trees, ErrorsHaveAPlace) {
    expect_place(read_toml, "a = 1\na = 2\n", "2:");
    expect_place(read_toml, "a = \n", "1:");
    expect_place(read_toml, "a = 1979-05-27\n", "1:");
    expect_place(read_toml, "a = '\xc3\xa9' # \xc3\xa9\n  \xc3\xa9 = 1\n", "2:3:");
    expect_place(read_toml, "\xef\xbb\xb9 = 1\n", "1:1:");
    expect_place(read_yaml, "a: 1\na: 2\n", "2:1:");
    expect_place(read_yaml, "a: [1\n", "");
    expect_place(read_json, "{\"a\":1,}", "1:");
    expect_place(read_json, "{\"a\":1}\n x", "2:");
}

TEST(Trees, DoNotGrowBeyondBounds) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int at = 1; at < 12; ++at) {
        bomb += "a" + std::to_string(at) + ": &a" + std::to_string(at) + " [";
        for (int times = 0; times < 10; ++times)
            bomb += (times > 0 ? ", *a" : "*a") + std::to_string(at - 1);
        bomb += "]\n";
    }
    expect_place(read_yaml, bomb.c_str(), "");
    const std::string deep = std::string(5000, '[') + std::string(5000, ']');
    expect_place(read_yaml, deep.c_str(), "");
    expect_place(read_json, deep.c_str(), "");
}

}  // namespace
}  // namespace bradawl::tree
