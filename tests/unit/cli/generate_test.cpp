#include "cli/generate.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "cli/option_tree.hpp"
#include "io/descriptors.hpp"
#include "tool_run.hpp"

namespace bradawl::cli {
namespace {

const std::string nasty = "it's [a: \"b\"] $HOME `c` \\ <d> & (e); 100%";

/// A tool whose words try the quoting of every shell.
void declare_nasty(CLI::App& app) {
    static Sample sample;
    sample.declare(app);
    static std::string text;
    Group(app, "Odd").text("--odd", text, "FILE", nasty);
    Group(add_command(app, "put", "Put " + nasty), "Put").text("-w,--what", text, "@FILE", nasty);
    Group(add_command(app, "get-all", "Get it"), "Get").text("--what", text, "URL", nasty);
}

std::string printed(const std::vector<std::string>& arguments, void (*declare)(CLI::App&) = declare_nasty) {
    const Outcome outcome = run_tool(
        [&](CLI::App& app) -> Work {
            declare(app);
            return [](World&) -> Ending { return 0; };
        },
        arguments);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.err, "");
    return outcome.out;
}

TEST(Generate, ListsOptionsWithTheirFacts) {
    EXPECT_EQ(printed({"--generate=options"},
                      [](CLI::App& app) {
                          static Sample sample;
                          sample.declare(app);
                          static bool flag = false;
                          Group(add_command(app, "put", "Put it"), "Put").flag("-w,--why", flag, "why");
                      }),
              "\tf\tflag\t\tTOOL_FLAG\n"
              "\t\tno-check\t\tTOOL_NO_CHECK\n"
              "\t\tname\tTEXT\tTOOL_NAME\n"
              "\te\teach\tTEXT\tTOOL_EACH\n"
              "\t\tratio\tRATIO\tTOOL_RATIO\n"
              "\t\tmode\tslow|fast\tTOOL_MODE\n"
              "\tt\ttime\tTIME\tTOOL_TIME\n"
              "\t\tsize\tSIZE\tTOOL_SIZE\n"
              "\tc\tcount\tN\tTOOL_COUNT\n"
              "\t\tladder\tFIRST:STEP:CAP\tTOOL_LADDER\n"
              "\t\tsecret\t@FILE\tTOOL_KEY\n"
              "\tu\tuser\tTEXT|@FILE\tTOOL_USER\n"
              "\t\tconfig\tFILE\t\n"
              "\tv\tverbose\t\tTOOL_VERBOSE\n"
              "\tq\tquiet\t\tTOOL_QUIET\n"
              "\t\tlog-format\ttext|json\tTOOL_LOG_FORMAT\n"
              "\t\tprogress\tauto|always|never\tTOOL_PROGRESS\n"
              "\t\tline-buffered\t\tTOOL_LINE_BUFFERED\n"
              "\th\thelp\t\t\n"
              "\tV\tversion\t\t\n"
              "put\tw\twhy\t\tTOOL_WHY\n"
              "put\th\thelp\t\t\n");
}

TEST(Generate, PrintsWhatEachShellCanRead) {
    const io::Folder folder;
    for (const std::string shell : {"bash", "zsh", "fish"}) {
        const std::string path = folder.put(shell, printed({"--generate=" + shell}));
        EXPECT_EQ(std::system((shell + " -n " + path).c_str()), 0) << shell;
    }
}

TEST(Generate, RefusesOtherKinds) {
    const Outcome outcome = run_sample({"--generate=csh"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, "tool: --generate: 'csh' is not one of options, bash, zsh, fish\n");
}

/// The longest line of `text`.
std::size_t width_of(const std::string& text) {
    std::size_t widest = 0;
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != text.npos; begin = end + 1)
        widest = std::max(widest, end - begin);
    return widest;
}

TEST(Help, GroupsOptionsAndEndsWithAnExample) {
    const std::string help = printed({"--help"}, [](CLI::App& app) {
        static Sample sample;
        sample.declare(app);
    });
    EXPECT_EQ(help.substr(0, help.find("\n  -e")),
              "Usage: tool [OPTION]...\n"
              "Do a thing.\n"
              "\n"
              "Things:\n"
              "  -f, --flag                  a flag\n"
              "      --no-check              check nothing\n"
              "      --name=TEXT             a text");
    EXPECT_NE(help.find("\n      --mode=slow|fast        a choice\n\nQuantities:\n"), help.npos) << help;
    EXPECT_NE(help.find("\n      --ladder=FIRST:STEP:CAP\n                              a ladder\n"), help.npos)
        << help;
    EXPECT_EQ(help.find("hidden"), help.npos);
    EXPECT_EQ(help.find("generate"), help.npos);
    EXPECT_TRUE(help.ends_with("\n\nExample:\n  tool --name=x\nThe manual: man tool\n")) << help;
    EXPECT_LE(width_of(help), 80U);
}

TEST(Help, WrapsLongDescriptions) {
    const std::string help = printed({"--help"}, [](CLI::App& app) {
        static bool flag = false;
        std::string words;
        for (int i = 0; i < 60; ++i)
            words += (words.empty() ? "" : " ") + std::string(static_cast<std::size_t>(i % 11) + 1, 'w');
        Group(app, "Long").flag("--flag", flag, words);
    });
    EXPECT_LE(width_of(help), 80U);
    EXPECT_GE(width_of(help), 76U) << "lines are filled";
}

TEST(Help, ListsCommands) {
    const std::string help = printed({"--help"}, [](CLI::App& app) {
        static std::string text;
        Group(add_command(app, "put", "Put it somewhere"), "Put").text("--what", text, "TEXT", "what to put");
    });
    EXPECT_TRUE(
        help.starts_with("Usage: tool COMMAND [OPTION]...\nDo a thing.\n\nCommands:\n"
                         "  put                         Put it somewhere\n"))
        << help;
    EXPECT_EQ(help.find("--what"), help.npos);
}

TEST(Help, OfACommandShowsItsOptions) {
    const auto declare = [](CLI::App& app) {
        static std::string text;
        Group(add_command(app, "put", "Put it somewhere"), "Put").text("--what", text, "TEXT", "what to put");
        add_command(app, "get", "Get it");
    };
    const std::string help = printed({"put", "--help"}, declare);
    EXPECT_TRUE(help.starts_with("Usage: tool put [OPTION]...\nPut it somewhere.\n")) << help;
    EXPECT_NE(help.find("\n      --what=TEXT             what to put\n"), help.npos) << help;
    EXPECT_NE(help.find("\nFurther options of every command: tool --help\n"), help.npos);
    EXPECT_EQ(help.find("--log-format"), help.npos);
    EXPECT_EQ(printed({"get", "--help"}, declare).find("--what"), std::string::npos);
}

}  // namespace
}  // namespace bradawl::cli
