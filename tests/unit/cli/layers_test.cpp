#include "cli/layers.hpp"

#include <gtest/gtest.h>

#include "io/descriptors.hpp"
#include "tool_run.hpp"

namespace bradawl::cli {
namespace {

class Layers : public ::testing::Test {
protected:
    /// The sample's `name` after a run with this configuration.
    Outcome with_config(const std::string& text, std::vector<std::string> arguments = {},
                        const Environment& environment = {}) {
        path_ = folder_.put("tool.toml", text);
        arguments.insert(arguments.end(), {"--config", path_});
        return run_sample(arguments, environment);
    }

    io::Folder folder_;
    std::string path_;
};

TEST_F(Layers, OptionBeatsEnvironmentBeatsConfigurationBeatsDefault) {
    const Environment environment{{"TOOL_NAME", "environment"}};
    const std::string text = "name = \"config\"\n";
    EXPECT_EQ(value_of(run_sample({}), "name"), "none");
    EXPECT_EQ(value_of(with_config(text), "name"), "config");
    EXPECT_EQ(value_of(with_config(text, {}, environment), "name"), "environment");
    EXPECT_EQ(value_of(with_config(text, {"--name=option"}, environment), "name"), "option");
    EXPECT_EQ(value_of(with_config(text, {"--name=option"}), "name"), "option");
    EXPECT_EQ(value_of(run_sample({"--name=option"}, environment), "name"), "option");
    EXPECT_EQ(value_of(with_config(text, {"--name="}), "name"), "") << "given empty is given";
    EXPECT_EQ(value_of(with_config(text, {}, {{"TOOL_NAME", ""}}), "name"), "config") << "an empty variable is none";
}

TEST_F(Layers, EachOptionHasItsOwn) {
    const Outcome outcome = with_config("size = \"1K\"\ntime = \"1m\"\n", {"--count=3"}, {{"TOOL_TIME", "2m"}});
    EXPECT_EQ(value_of(outcome, "size"), "1024");
    EXPECT_EQ(value_of(outcome, "time"), "120000000000");
    EXPECT_EQ(value_of(outcome, "count"), "3");
}

TEST_F(Layers, TomlHoldsEveryKindOfValue) {
    const Outcome outcome = with_config(
        "# comment\n\nname = \"a b # c\"\nratio = 0.25 # comment\nsize = 4096\ncount = \"inf\"\nflag = true\n"
        "each = [\"x\", \"y\"]\nmode = 'fast'\nladder = \"5:x2:320\"\n");
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(value_of(outcome, "name"), "a b # c");
    EXPECT_EQ(value_of(outcome, "ratio"), "0.25");
    EXPECT_EQ(value_of(outcome, "size"), "4096");
    EXPECT_EQ(value_of(outcome, "flag"), "true");
    EXPECT_EQ(value_of(outcome, "each"), "x,y");
    EXPECT_EQ(value_of(outcome, "mode"), "fast");
    EXPECT_EQ(value_of(outcome, "ladder"), "5000000000+0*2<320000000000");
}

TEST_F(Layers, FlagsAreTrueOrFalse) {
    EXPECT_EQ(value_of(with_config("flag = false\n"), "flag"), "false");
    EXPECT_EQ(value_of(with_config("no-check = true\n"), "check"), "false");
    EXPECT_EQ(value_of(with_config("no-check = false\n"), "check"), "true");
    EXPECT_EQ(value_of(with_config("flag = true\n", {}, {{"TOOL_FLAG", "false"}}), "flag"), "false");
    for (const char* yes : {"true", "1", "yes", "on"}) {
        EXPECT_EQ(value_of(run_sample({}, {{"TOOL_FLAG", yes}}), "flag"), "true") << yes;
        EXPECT_EQ(value_of(run_sample({}, {{"TOOL_NO_CHECK", yes}}), "check"), "false") << yes;
    }
    for (const char* no : {"false", "0", "no", "off"}) {
        EXPECT_EQ(value_of(run_sample({}, {{"TOOL_FLAG", no}}), "flag"), "false") << no;
        EXPECT_EQ(value_of(run_sample({}, {{"TOOL_NO_CHECK", no}}), "check"), "true") << no;
    }
    EXPECT_EQ(run_sample({}, {{"TOOL_FLAG", "maybe"}}).code, 2);
}

TEST_F(Layers, VerbosityIsAFlagWithACount) {
    EXPECT_EQ(with_config("verbose = 2\n").code, 0);
    EXPECT_EQ(run_sample({}, {{"TOOL_VERBOSE", "1"}}).code, 0);
}

TEST_F(Layers, ABadValueIsTold) {
    const Outcome environment = run_sample({}, {{"TOOL_TIME", "soon"}});
    EXPECT_EQ(environment.code, 2);
    EXPECT_EQ(environment.err,
              "tool: TOOL_TIME in the environment: --time: 'soon' is not a time such as 250ms, 30s, 5m or 1h30m\n");
    const Outcome config = with_config("time-zone = 1\n");
    EXPECT_EQ(config.code, 78);
    const Outcome value = with_config("# time\nname = \"time = 1\"\n  time = \"soon\"\n");
    EXPECT_EQ(value.code, 78);
    EXPECT_EQ(value.err, "tool: " + path_ + ":3: --time: 'soon' is not a time such as 250ms, 30s, 5m or 1h30m\n");
    EXPECT_EQ(value.out, "");
}

TEST_F(Layers, AnUnknownKeyIsToldWithItsLine) {
    const Outcome near = with_config("name = \"x\"\n\nsiz = 1\n");
    EXPECT_EQ(near.code, 78);
    EXPECT_EQ(near.err, "tool: " + path_ + ":3: unknown key 'siz'\ntool: did you mean 'size'?\n");
    const Outcome far = with_config("nonsense = 1\n");
    EXPECT_EQ(far.err, "tool: " + path_ + ":1: unknown key 'nonsense'\n");
    EXPECT_EQ(with_config("hidden = 1\n").code, 78) << "an option of the tests";
    EXPECT_EQ(with_config("t = \"1s\"\n").code, 78) << "a letter is no key";
    EXPECT_EQ(with_config("generate = \"bash\"\n").code, 78);
    EXPECT_EQ(with_config("[nowhere]\nname = \"x\"\n").err, "tool: " + path_ + ":1: unknown section [nowhere]\n");
}

TEST_F(Layers, WhatIsNoTomlIsRefused) {
    for (const char* text : {"name = [\"x\"", "just words\n", "= 1\n", "{\"name\": \"x\"}\n", "size == 1\n"})
        EXPECT_EQ(with_config(text).code, 78) << text;
}

TEST_F(Layers, OptionsThatAreNoSettingsAreNoKeys) {
    for (const char* key : {"help", "version", "config"}) {
        const Outcome outcome = with_config(std::string(key) + " = true\n");
        EXPECT_EQ(outcome.code, 78) << key;
        EXPECT_EQ(outcome.err, "tool: " + path_ + ":1: unknown key '" + key + "'\n");
    }
}

TEST_F(Layers, TheFileIsFoundByItself) {
    EXPECT_EQ(::mkdir(folder_.file("bradawl").c_str(), 0700), 0);
    folder_.put("bradawl/tool.toml", "name = \"found\"\n");
    const std::string here = folder_.file("");
    EXPECT_EQ(value_of(run_sample({}, {{"XDG_CONFIG_HOME", here}}), "name"), "found");
    EXPECT_EQ(value_of(run_sample({}, {{"XDG_CONFIG_HOME", "relative"}}), "name"), "none");
    EXPECT_EQ(value_of(run_sample({}, {{"HOME", here}}), "name"), "none");
    EXPECT_EQ(::mkdir(folder_.file(".config").c_str(), 0700), 0);
    EXPECT_EQ(::rename(folder_.file("bradawl").c_str(), folder_.file(".config/bradawl").c_str()), 0);
    EXPECT_EQ(value_of(run_sample({}, {{"HOME", here}}), "name"), "found");
    EXPECT_EQ(value_of(run_sample({}, {{"HOME", here}, {"XDG_CONFIG_HOME", "/nonexistent"}}), "name"), "none");
    EXPECT_EQ(value_of(with_config("size = 1\n", {}, {{"HOME", here}}), "name"), "none") << "one file only";
}

TEST_F(Layers, AFileAskedForMustBeThere) {
    const Outcome outcome = run_sample({"--config", folder_.file("none")});
    EXPECT_EQ(outcome.code, 78);
    EXPECT_EQ(outcome.err, "tool: cannot read " + folder_.file("none") + ": no such file or directory\n");
}

/// A tool with two commands, each with options of its own.
Outcome run_commands(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    std::string shared = "none";
    std::string put = "none";
    std::string get = "none";
    const auto declare = [&](CLI::App& app) -> Work {
        Group(app, "All").text("--shared", shared, "TEXT", "a text");
        Group(add_command(app, "put", "Put it"), "Put").text("--what", put, "TEXT", "a text");
        Group(add_command(app, "get", "Get it"), "Get").text("--what", get, "TEXT", "a text");
        return [&](World& world) -> Ending {
            world.out.write("shared=" + shared + "\nput=" + put + "\nget=" + get + "\n");
            return 0;
        };
    };
    return run_tool(declare, arguments, environment);
}

TEST_F(Layers, ASectionIsACommand) {
    const std::string path = folder_.put("c", "shared = \"all\"\n[put]\nwhat = \"p\"\n[get]\nwhat = \"g\"\n");
    const Outcome put = run_commands({"put", "--config", path});
    EXPECT_EQ(put.out, "shared=all\nput=p\nget=none\n") << put.err;
    const Outcome get = run_commands({"get", "--config", path}, {{"TOOL_WHAT", "e"}});
    EXPECT_EQ(get.out, "shared=all\nput=none\nget=e\n") << get.err;
    const std::string slip = folder_.put("slip", "[put]\nwhat = \"p\"\n[get]\nwhatt = \"g\"\n");
    EXPECT_EQ(run_commands({"put", "--config", slip}).err,
              "tool: " + slip + ":4: unknown key 'whatt'\ntool: did you mean 'what'?\n")
        << "a command that does not run is checked too";
}

TEST_F(Layers, ABadKeyIsToldByTheLineOfItsSection) {
    const std::string path = folder_.put("c", "[put]\nwhat = \"p\"\n[get]\nwhat = \"g\"\nshared = 1\n");
    EXPECT_EQ(run_commands({"get", "--config", path}).err,
              "tool: " + path +
                  ":5: unknown key 'shared'\ntool: it belongs to every command: put it before the first section\n");
}

}  // namespace
}  // namespace bradawl::cli
