#include <gtest/gtest.h>

#include <limits>

#include "io/descriptors.hpp"
#include "tool_run.hpp"

namespace bradawl::cli {
namespace {

const std::string try_help = "tool: Try 'tool --help'.\n";

/// What `--option=given` makes of `name`.
std::string taken(const std::string& name, const std::string& given) {
    return value_of(run_sample({"--" + name + "=" + given}), name);
}

/// `--option=given` is a usage error that says `why`.
void expect_refused(const std::string& option, const std::string& given, const std::string& why) {
    const Outcome outcome = run_sample({option + "=" + given});
    EXPECT_EQ(outcome.code, 2) << given;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "tool: " + option + ": '" + given + "' is not " + why + "\n" + try_help);
}

TEST(Declare, Durations) {
    EXPECT_EQ(taken("time", "1h30m"), "5400000000000");
    EXPECT_EQ(taken("time", "250ms"), "250000000");
    EXPECT_EQ(value_of(run_sample({"-t90"}), "time"), "90000000000");
    EXPECT_EQ(value_of(run_sample({"-t", "1", "-t", "2"}), "time"), "2000000000") << "the last wins";
    for (const char* given : {"soon", "-1s", "1h30", "5 s"})
        expect_refused("--time", given, "a time such as 250ms, 30s, 5m or 1h30m");
}

TEST(Declare, Sizes) {
    EXPECT_EQ(taken("size", "64K"), "65536");
    for (const char* given : {"big", "-1", "1.5K", "18446744073709551616"})
        expect_refused("--size", given, "a number of bytes such as 4096, 64K or 16M");
}

TEST(Declare, Counts) {
    EXPECT_EQ(taken("count", "12"), "12");
    EXPECT_EQ(taken("count", "inf"), std::to_string(std::numeric_limits<std::uint64_t>::max()));
    for (const char* given : {"many", "-1", "1.5", "infinity"})
        expect_refused("--count", given, "a whole number or inf");
}

TEST(Declare, Ladders) {
    EXPECT_EQ(taken("ladder", "0.25:+0.25:16"), "250000000+250000000*1<16000000000");
    EXPECT_EQ(taken("ladder", "5:x2:320"), "5000000000+0*2<320000000000");
    EXPECT_EQ(taken("ladder", "5s:x1.5:5m"), "5000000000+0*1.5<300000000000");
    EXPECT_EQ(taken("ladder", "0:+0:0"), "0+0*1<0");
    for (const char* given : {"", "5", "5:x2", "5:2:320", "5::320", "5:x0.5:320", "5:x:320", "5:+:320", "5:+x:320",
                              "320:x2:5", "x:x2:5", "5:x2:y", "5:x2:320:1"}) {
        const auto why = "FIRST:+STEP:CAP or FIRST:xFACTOR:CAP, such as 0.25:+0.25:16 or 5:x2:320";
        if (*given != '\0') expect_refused("--ladder", given, why);
    }
}

TEST(Declare, Numbers) {
    EXPECT_EQ(taken("ratio", "0"), "0");
    EXPECT_EQ(taken("ratio", "1"), "1");
    EXPECT_EQ(taken("ratio", "2.5e-1"), "0.25");
    for (const char* given : {"1.001", "-0.1", "half", "nan", "0,5"})
        expect_refused("--ratio", given, "a number from 0 to 1");
    EXPECT_EQ(taken("hidden", "0.5"), "0.5");
    EXPECT_EQ(value_of(run_sample({}, {{"TOOL_HIDDEN", "0.25"}}), "hidden"), "0.25");
}

TEST(Declare, Choices) {
    EXPECT_EQ(taken("mode", "fast"), "fast");
    EXPECT_EQ(value_of(run_sample({"--mode=fast", "--mode", "slow"}), "mode"), "slow");
    for (const char* given : {"Fast", "fas", "faster", "1"})
        expect_refused("--mode", given, "one of slow, fast");
    const Outcome control = run_sample({"--mode=\x1b[31m"});
    EXPECT_EQ(control.err, "tool: --mode: '\\x1b[31m' is not one of slow, fast\n" + try_help);
}

TEST(Declare, FlagsAndTexts) {
    const Outcome plain = run_sample({});
    EXPECT_EQ(value_of(plain, "flag") + value_of(plain, "check"), "falsetrue");
    const Outcome set = run_sample({"-f", "--no-check", "--name", "a b", "-e", "1", "-e2", "--each=3"});
    EXPECT_EQ(value_of(set, "flag") + value_of(set, "check"), "truefalse");
    EXPECT_EQ(value_of(set, "name"), "a b");
    EXPECT_EQ(value_of(set, "each"), "1,2,3");
    const Outcome operand = run_sample({"-e", "1", "2"});
    EXPECT_EQ(operand.code, 2) << "a list takes one value each time";
    EXPECT_EQ(operand.err, "tool: unexpected operand '2'\n" + try_help);
    EXPECT_EQ(run_sample({"--time"}).code, 2) << "without its value";
}

TEST(Secret, IsRefusedOnTheCommandLine) {
    const std::string why =
        ": a secret on the command line can be read by every user (ps): give @FILE, or @- for standard input, or use "
        "the environment\n";
    const Outcome plain = run_sample({"--secret=hunter2"});
    EXPECT_EQ(plain.code, 2);
    EXPECT_EQ(plain.err, "tool: --secret" + why + try_help);
    const Outcome user = run_sample({"-u", "me:hunter2"});
    EXPECT_EQ(user.err, "tool: --user" + why + try_help);
    EXPECT_EQ(run_sample({"--secret="}).code, 2);
    EXPECT_EQ(value_of(run_sample({"-u", "me"}), "user"), "me") << "a name is no secret";
}

TEST(Secret, ComesFromAPrivateFileOrStandardInput) {
    const io::Folder folder;
    EXPECT_EQ(taken("secret", "@" + folder.put("key", "hunter2\n")), "hunter2");
    EXPECT_EQ(value_of(run_sample({"--secret", "@-"}, {}, "from stdin\n"), "secret"), "from stdin");
    const Outcome open = run_sample({"--secret=@" + folder.put("open", "hunter2", 0644)});
    EXPECT_EQ(open.code, 78);
    EXPECT_EQ(open.err, "tool: " + folder.file("open") + ": holds a secret but group or others may read it\n" +
                            "tool: chmod 600 " + folder.file("open") + "\n");
    const Outcome missing = run_sample({"--secret=@" + folder.file("none")});
    EXPECT_EQ(missing.code, 78);
}

TEST(Secret, ComesFromTheEnvironment) {
    EXPECT_EQ(value_of(run_sample({}, {{"TOOL_KEY", "hunter2"}}), "secret"), "hunter2");
    EXPECT_EQ(value_of(run_sample({}, {{"TOOL_USER", "me:hunter2"}}), "user"), "me:hunter2");
    const io::Folder folder;
    EXPECT_EQ(value_of(run_sample({}, {{"TOOL_KEY", "@" + folder.put("key", "k")}}), "secret"), "k");
}

TEST(Secret, ComesFromAPrivateConfigurationOnly) {
    const io::Folder folder;
    const std::string text = "name = \"x\"\nsecret = \"hunter2\"\n";
    EXPECT_EQ(value_of(run_sample({"--config", folder.put("private", text)}), "secret"), "hunter2");
    const std::string open = folder.put("open", text, 0644);
    const Outcome outcome = run_sample({"--config", open});
    EXPECT_EQ(outcome.code, 78);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "tool: " + open + ": holds a secret but group or others may read it\ntool: chmod 600 " + open + "\n");
    // No secret, no need of privacy; nor when the secret comes from elsewhere.
    EXPECT_EQ(run_sample({"--config", folder.put("plain", "name = \"x\"\nuser = \"me\"\n", 0644)}).code, 0);
    EXPECT_EQ(run_sample({"--config", folder.put("file", "secret = \"@" + folder.put("key", "k") + "\"\n", 0644)}).code,
              0);
}

}  // namespace
}  // namespace bradawl::cli
