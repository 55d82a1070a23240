// Rows of each spelling, and what is wrong with others, by line and column.
#include <cmath>

#include "core/stop.hpp"
#include "expect_error.hpp"
#include "io/input.hpp"
#include "io/lines.hpp"
#include "memory_file.hpp"
#include "table/features.hpp"
#include "table/table.hpp"

namespace bradawl::table {
namespace {

/// A reader of a text.
class Rows {
public:
    explicit Rows(std::string_view text, const RowsOptions& options = {}) {
        file_.fill(text);
        input_ = std::make_unique<io::Input>(file_.path(), stop_);
        lines_ = std::make_unique<io::LineReader>(*input_, 1 << 20);
        reader_ = open_rows(*lines_, "in", options);
    }

    RowReader& reader() { return *reader_; }

    Table read(const std::vector<bool>& categorical) {
        std::vector<std::size_t> all;
        for (std::size_t at = 0; at < categorical.size(); ++at)
            all.push_back(at);
        return read_table(*reader_, all, categorical);
    }

private:
    MemoryFile file_;
    Stop stop_;
    std::unique_ptr<io::Input> input_;
    std::unique_ptr<io::LineReader> lines_;
    std::unique_ptr<RowReader> reader_;
};

TEST(Rows, AreTheSameInEachSpelling) {
    for (const char* text :
         {"a,word\n1,x\n,\"y, z\"\n-2.5e1,x\n", "a\tword\r\n1\tx\r\n\ty, z\r\n-2.5e1\tx",
          "\xef\xbb\xbf"
          "a;word\n1;x\nNA;y, z\n-25;x\n",
          "{\"a\":1,\"word\":\"x\"}\n{\"word\":\"y, z\",\"a\":null}\n{\"a\":-25.0,\"word\":\"x\"}\n"}) {
        SCOPED_TRACE(text);
        Rows rows(text);
        EXPECT_EQ(rows.reader().names(), (std::vector<std::string>{"a", "word"}));
        const Table table = rows.read({false, true});
        ASSERT_EQ(table.rows(), 3U);
        EXPECT_EQ(table.columns[0].numbers[0], 1);
        EXPECT_TRUE(std::isnan(table.columns[0].numbers[1]));
        EXPECT_EQ(table.columns[0].numbers[2], -25);
        EXPECT_EQ(table.columns[1].values, (std::vector<std::string>{"x", "y, z"}));
        EXPECT_EQ(table.columns[1].categories, (std::vector<std::uint32_t>{0, 1, 0}));
    }
}

TEST(Rows, WithoutAHeaderAreCalledByNumberOrAsGiven) {
    RowsOptions options;
    options.header = false;
    EXPECT_EQ(Rows("1,2\n", options).reader().names(), (std::vector<std::string>{"c1", "c2"}));
    options.names = {"x", "y"};
    EXPECT_EQ(Rows("1,2\n", options).reader().names(), (std::vector<std::string>{"x", "y"}));
}

TEST(Rows, ErrorsHaveLineAndColumn) {
    const auto wrong = [](const char* text, const std::string& place) {
        SCOPED_TRACE(text);
        try {
            Rows(text).read({false, false});
            ADD_FAILURE() << "no error";
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::data);
            EXPECT_TRUE(error.text().starts_with(place)) << error.text();
        }
    };
    wrong("", "in: ");
    wrong("1,2\n3,4\n", "in:1: ");
    wrong("a,a\n1,2\n", "in:1");
    wrong("a,b\n1,x\n", "in:2:2: column 'b': 'x' is not a number");
    wrong("a,b\n1,2\n3\n", "in:3");
    wrong("a,b\n1,2,3\n", "in:2");
    wrong("a,b\n1,inf\n", "in:2:2: column 'b': 'inf' is not a number");
    wrong("a,b\n1,1e999\n", "in:2:2: column 'b': '1e999' is not a number");
    wrong("a,b\n1,\"2\n", "in:2");
    wrong("{\"a\":1,\"b\":2}\n{\"a\":1\n", "in:2:");
    wrong("{\"a\":1,\"b\":[2]}\n", "in:1");
}

TEST(Rows, MissingWordsAreOfTheirColumns) {
    RowsOptions options;
    options.missing_words = {"0", "?"};
    options.missing_in = {"b"};
    const Table table = Rows("a,b\n0,0.0\n1,?\n2,NA\n", options).read({false, false});
    EXPECT_EQ(table.columns[0].numbers[0], 0);
    for (const double number : table.columns[1].numbers)
        EXPECT_TRUE(std::isnan(number));
}

TEST(Rows, HashesAreOfTheirBytes) {
    const Table table = Rows("a\n1\n2\n1\n").read({false});
    EXPECT_EQ(table.hashes[0], table.hashes[2]);
    EXPECT_NE(table.hashes[0], table.hashes[1]);
    EXPECT_EQ(hash_of("1"), table.hashes[0]);
}

TEST(Columns, AreFoundByNameOrNumber) {
    const std::vector<std::string> names{"glucose", "2"};
    EXPECT_EQ(find_column(names, "glucose"), 0U);
    EXPECT_EQ(find_column(names, "1"), 0U);
    EXPECT_EQ(find_column(names, "2"), 1U) << "a name comes first";
    EXPECT_EQ(find_column(names, "3"), 2U) << "none";
    EXPECT_THROW(demand_column(names, "glucos", "--target"), Error);
}

TEST(Features, AreLearntFromTheirRows) {
    const Table table = Rows("a,b,c\n1,7,x\n3,7,y\n5,7,\n900,7,z\n").read({false, false, true});
    const std::vector<std::uint32_t> rows{0, 1, 2};
    std::vector<Finding> findings;
    FeatureOptions options;
    options.unknown = Unknown::zeros;
    const auto features = fit_features(table, rows, options, findings);
    EXPECT_EQ(features[0].shift, 3);
    EXPECT_DOUBLE_EQ(features[0].scale, std::sqrt(8.0 / 3));
    EXPECT_EQ(features[1].scale, 1) << "never changes";
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_NE(findings[0].text.find("'b'"), std::string::npos);
    EXPECT_TRUE(features[2].categorical);
    std::vector<double> out(features[2].width());
    put_category(features[2], "x", out.data());
    EXPECT_EQ(out[0], 1);
    put_category(features[2], "never seen", out.data());
    for (const double one : out)
        EXPECT_EQ(one, 0);
}

TEST(Features, PutWhatIsMissing) {
    Table table = Rows("a\n1\nNA\n2\n9\n").read({false});
    const std::vector<std::uint32_t> rows{0, 1, 2, 3};
    std::vector<Finding> findings;
    FeatureOptions options;
    options.scale = Scale::minmax;
    const auto put = [&](Missing missing) {
        options.missing = missing;
        const auto features = fit_features(table, rows, options, findings);
        std::vector<double> out(features[0].width());
        put_number(features[0], std::nan(""), out.data());
        return out;
    };
    EXPECT_EQ(put(Missing::mean), (std::vector<double>{(4.0 - 1) / 8}));
    EXPECT_EQ(put(Missing::median), (std::vector<double>{(2.0 - 1) / 8}));
    EXPECT_EQ(put(Missing::indicator), (std::vector<double>{(4.0 - 1) / 8, 1}));
    EXPECT_THROW(put(Missing::error), Error);
}

}  // namespace
}  // namespace bradawl::table
