#include "finance/weights.hpp"

#include <fstream>

#include "expect_error.hpp"

namespace {

using namespace bradawl;
using namespace bradawl::finance;

using Columns = std::vector<std::size_t>;
using Values = std::vector<double>;

const std::vector<std::string> names = {"DAX", "SMI", "a=b", "c,d"};

Weights given(const std::string& weights, bool normalize = false) {
    WeightOptions options;
    options.weights = weights;
    options.normalize = normalize;
    return resolve_weights(options, names, "");
}

void expect_refused(Fault fault, const std::string& weights, const std::string& text, bool normalize = false) {
    expect_error(fault, text, [&] { given(weights, normalize); });
}

TEST(Weights, EqualOnes) {
    for (const char* text : {"", "equal"}) {
        const Weights made = given(text);
        EXPECT_EQ(made.columns, (Columns{0, 1, 2, 3}));
        EXPECT_EQ(made.values, (Values{.25, .25, .25, .25}));
        EXPECT_EQ(made.assumed, *text == '\0');
        EXPECT_EQ(made.why, "equal");
        EXPECT_FALSE(made.are_shares);
    }
}

TEST(Weights, TheBenchmarkIsNotHeld) {
    const Weights made = resolve_weights({}, names, "SMI");
    EXPECT_EQ(made.columns, (Columns{0, 2, 3}));
    EXPECT_EQ(made.values, Values(3, 1.0 / 3));
    expect_error(Fault::data, "no asset beside the benchmark", [] { resolve_weights({}, {"A"}, "A"); });
}

TEST(Weights, GivenOnes) {
    const Weights made = given("SMI=-0.5,DAX=1.5");
    EXPECT_EQ(made.columns, (Columns{0, 1}));
    EXPECT_EQ(made.values, (Values{1.5, -.5}));
    EXPECT_FALSE(made.assumed);
    EXPECT_EQ(given(",DAX=1,").values, (Values{1}));
    EXPECT_EQ(given("a=b=.5,\"c,d=.5\"").columns, (Columns{2, 3}));
    EXPECT_EQ(given("DAX=1e0").values, (Values{1}));
    EXPECT_EQ(given("DAX=.9999999999").values, (Values{.9999999999}));  // as sums of parts are
}

TEST(Weights, CashNeedsNoColumn) {
    EXPECT_EQ(given("CASH=.2,DAX=.8").values, (Values{.8}));
    EXPECT_EQ(given("DAX=2,CASH=-1").values, (Values{2}));
    WeightOptions options;
    options.weights = "CASH=.5,A=.5";
    EXPECT_EQ(resolve_weights(options, {"A", "CASH"}, "").columns, (Columns{0, 1}));  // but it may have one
    expect_refused(Fault::data, "CASH=1", "no asset has a weight");
}

TEST(Weights, Normalized) {
    EXPECT_EQ(given("DAX=3,SMI=1", true).values, (Values{.75, .25}));
    EXPECT_EQ(given("DAX=-3,SMI=-1", true).values, (Values{.75, .25}));
    EXPECT_EQ(given("DAX=3,CASH=1", true).values, (Values{.75}));
    EXPECT_EQ(given("DAX=1e300,SMI=1e300", true).values, (Values{.5, .5}));
    EXPECT_EQ(given("DAX=3,SMI=1", true).why, "given, normalized");
    expect_refused(Fault::data, "DAX=1,SMI=-1", "weights sum to 0, so they cannot be normalized", true);
    expect_refused(Fault::data, "DAX=1e308,SMI=1e308", "weights are too large to be normalized", true);
    expect_refused(Fault::data, "DAX=1e308,SMI=-1e308,CASH=1e-8", "weights are too large to be normalized", true);
}

TEST(Weights, SumsThatAreNotOne) {
    expect_refused(Fault::data, "DAX=.5,SMI=.45",
                   "weights sum to 0.95 (DAX 0.5, SMI 0.45); use --normalize, or add CASH=0.05");
    expect_refused(Fault::data, "DAX=.5,CASH=.6", "weights sum to 1.1 (DAX 0.5, CASH 0.6); use --normalize");
    expect_refused(Fault::data, "DAX=1.00000001",
                   "weights sum to 1 (DAX 1.00000001); use --normalize, or add CASH=-1e-08");
    std::vector<std::string> many;
    WeightOptions options;
    for (char name = 'A'; name <= 'H'; ++name) {
        many.emplace_back(1, name);
        options.weights += std::string(1, name) + "=1,";
    }
    expect_error(Fault::data, "weights sum to 8 (A 1, B 1, C 1, D 1, E 1, F 1, ...); use --normalize, or add CASH=-7",
                 [&] { resolve_weights(options, many, ""); });
}

TEST(Weights, UnknownAssets) {
    expect_refused(Fault::data, "DAC=1", "--weights: no asset 'DAC' in the input (did you mean 'DAX'?)");
    expect_refused(Fault::data, "NIKKEI=1", "--weights: no asset 'NIKKEI' in the input");
    expect_refused(Fault::data, "\x1b[31m=1", "--weights: no asset '\\x1b[31m' in the input");
}

TEST(Weights, NoList) {
    expect_refused(Fault::usage, "DAX", "--weights: 'DAX' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "DAX=", "--weights: 'DAX=' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "=1", "--weights: '=1' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "DAX=x", "--weights: 'DAX=x' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "DAX=nan", "--weights: 'DAX=nan' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "DAX=inf", "--weights: 'DAX=inf' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "DAX=1e999", "--weights: 'DAX=1e999' is not ASSET=NUMBER");
    expect_refused(Fault::usage, "DAX=.5,DAX=.5", "--weights: 'DAX' stands twice");
    expect_refused(Fault::usage, "\"DAX=1", "--weights: a quote that is not closed on its line");
    expect_refused(Fault::data, ",", "weights sum to 0 (); use --normalize, or add CASH=1");
}

TEST(Weights, Shares) {
    WeightOptions options;
    options.holdings = "SMI=-4,DAX=10";
    const Weights made = resolve_weights(options, names, "");
    EXPECT_TRUE(made.are_shares);
    EXPECT_EQ(made.values, (Values{10, -4}));
    options.weights = "DAX=1";
    expect_error(Fault::usage, "--weights and --holdings exclude each other",
                 [&] { resolve_weights(options, names, ""); });
    options.weights = "";
    options.holdings = "CASH=5";
    expect_error(Fault::data, "--holdings: no asset 'CASH' in the input", [&] { resolve_weights(options, names, ""); });
}

class WeightFile : public testing::Test {
protected:
    Weights of(const std::string& text) {
        std::ofstream(path_) << text;
        return given("@" + path_);
    }
    void refused(const std::string& text, const std::string& wanted) {
        expect_error(Fault::data, path_ + wanted, [&] { of(text); });
    }
    ~WeightFile() override { std::remove(path_.c_str()); }

    std::string path_ = testing::TempDir() + "bradawl-weights";
};

TEST_F(WeightFile, Forms) {
    for (const char* text : {"DAX,.25\nSMI,.75\n", "DAX,.25\nSMI,.75", "DAX=.25\nSMI=.75\n", "DAX .25\nSMI   .75\n",
                             "DAX\t.25\nSMI\t.75\n", "DAX;.25\nSMI;.75\n", "DAX,.25\r\nSMI,.75\r\n",
                             "asset,weight\nDAX,.25\nSMI,.75\n", "# held\n\nDAX,.25\n  \nSMI,.75\n",
                             "\"DAX\",\".25\"\nSMI,.75\n", "DAX = .25\nSMI = .75\n", "SMI,.75,as\nDAX,.25,ever\n"}) {
        const Weights made = of(text);
        EXPECT_EQ(made.columns, (Columns{0, 1})) << text;
        EXPECT_EQ(made.values, (Values{.25, .75})) << text;
    }
    EXPECT_EQ(of("\"c,d\",1").columns, (Columns{3}));
}

TEST_F(WeightFile, PlacesOfWhatIsWrong) {
    refused("", ": no weights");
    refused("# none\n", ": no weights");
    refused("asset,weight\n", ": no weights");
    refused("DAX,.5\nSMI\n", ":2: needs an asset and a weight");
    refused("DAX,.5\n\nSMI,x\n", ":3: 'SMI=x' is not ASSET=NUMBER");
    refused("DAX,.5\nDAX,.5\n", ":2: 'DAX' stands twice");
    refused("DAX,.5\n\"SMI,.5\n", ":2: a quote that is not closed on its line");
}

}  // namespace
