#include "finance/dates.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "finance/risk_sums.hpp"

namespace {

using namespace bradawl::finance;
using Step = DateColumn::Step;

std::vector<Step> steps_of(DateColumn& column, const std::vector<std::string>& labels) {
    std::vector<Step> steps;
    for (const std::string& label : labels)
        steps.push_back(column.add(label));
    return steps;
}

TEST(IsoDate, Forms) {
    for (const char* text : {"1999-05-03", "1999/05/03", "1999/5/3", "1999-5-03", "19990503", "1999-05-03T00:00",
                             "1999-05-03 00:00:00", "19990503T00:00Z", "1999-05-03T02:00:00+02:00",
                             "1999-05-03T02:00+0200", "1999-05-03T02:00+02", "1999-05-02T19:00:00-05:00"})
        EXPECT_EQ(iso_date(text), 10714.0) << text;
    EXPECT_EQ(iso_date("1970-01-01"), 0.0);
    EXPECT_EQ(iso_date("1969-12-31"), -1.0);
    EXPECT_EQ(iso_date("2000-02-29"), 11016.0);
    EXPECT_EQ(iso_date("2000-03-01"), 11017.0);
    EXPECT_EQ(iso_date("0000-03-01"), -719468.0);
    EXPECT_EQ(iso_date("9999-12-31"), 2932896.0);
    EXPECT_EQ(iso_date("1970-01-01T12:00"), 0.5);
    EXPECT_EQ(iso_date("1970-01-01T06:00:00.000"), 0.25);
}

TEST(IsoDate, DaysThatDoNotExist) {
    for (const char* text :
         {"1999-02-29", "1900-02-29", "2100-02-29", "1999-13-01", "1999-00-01", "1999-01-00", "1999-04-31", "19991301"})
        EXPECT_FALSE(iso_date(text)) << text;
    EXPECT_TRUE(iso_date("2000-02-29"));
    EXPECT_TRUE(iso_date("2004-02-29"));
}

TEST(IsoDate, OtherTexts) {
    for (const char* text : {"",
                             "1",
                             "1999",
                             "199905",
                             "1999-05",
                             "1999-05-",
                             "1999-05/03",
                             "1999/05-03",
                             "5/3/1999",
                             "3.5.1999",
                             "1999-05-03x",
                             "1999-05-03T",
                             "1999-05-03T1",
                             "1999-05-03T1:2",
                             "1999-05-03T10:00+",
                             "1999-05-03T10:00+2",
                             "1999-05-03T10:00Z1",
                             "1999-05-03T10:00:x",
                             "99-05-03",
                             " 1999-05-03",
                             "1999-05-03 ",
                             "+1999-05-03",
                             "1999-123-01"})
        EXPECT_FALSE(iso_date(text)) << text;
}

TEST(IsoDate, EachDayIsOneBehindTheOther) {
    double before = *iso_date("1899-12-31");
    for (int year = 1900; year < 2110; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (int day = 1; day <= 31; ++day) {
                char text[16];
                std::snprintf(text, sizeof text, "%04d%02d%02d", year, month, day);
                const auto number = iso_date(text);
                if (!number) continue;
                ASSERT_EQ(*number, before + 1) << text;
                before = *number;
            }
        }
    }
    EXPECT_EQ(before, *iso_date("2109-12-31"));
}

TEST(DateColumn, IsoSteps) {
    DateColumn column;
    EXPECT_FALSE(column.are_dates());
    EXPECT_EQ(steps_of(column, {"2024-01-02", "2024-01-03", "2024-01-03", "20240103", "2024-01-02", "2024/01/05"}),
              (std::vector{Step::first, Step::later, Step::same, Step::same, Step::earlier, Step::later}));
    EXPECT_TRUE(column.are_dates());
    EXPECT_FALSE(column.ambiguous());
}

TEST(DateColumn, LabelsThatAreNoDates) {
    DateColumn column;
    EXPECT_EQ(steps_of(column, {"1", "2", "2", "1"}),
              (std::vector{Step::first, Step::unknown, Step::unknown, Step::unknown}));
    EXPECT_FALSE(column.are_dates());
    EXPECT_EQ(column.rows_a_year(), 0);
    DateColumn half;
    EXPECT_EQ(steps_of(half, {"2024-01-02", "total", "2024-01-01"}),
              (std::vector{Step::first, Step::unknown, Step::unknown}));
    EXPECT_FALSE(half.are_dates());
}

TEST(DateColumn, DatesTellWhichComesFirst) {
    DateColumn us;  // by the 13th month that there is not
    EXPECT_EQ(steps_of(us, {"1/12/2024", "1/13/2024", "2/1/2024"}),
              (std::vector{Step::first, Step::later, Step::later}));
    EXPECT_FALSE(us.ambiguous());
    DateColumn european;
    EXPECT_EQ(steps_of(european, {"12/1/2024", "13/1/2024", "1/2/2024"}),
              (std::vector{Step::first, Step::later, Step::later}));
    EXPECT_FALSE(european.ambiguous());
    DateColumn by_order;  // months first go back, days first go on
    EXPECT_EQ(steps_of(by_order, {"2/1/2024", "1/2/2024"}), (std::vector{Step::first, Step::later}));
    EXPECT_FALSE(by_order.ambiguous());
    DateColumn points;  // have days first
    EXPECT_EQ(steps_of(points, {"2.1.2024", "1.2.2024", "1.1.2024"}),
              (std::vector{Step::first, Step::later, Step::earlier}));
    EXPECT_FALSE(points.ambiguous());
}

TEST(DateColumn, AmbiguousDates) {
    DateColumn column;
    EXPECT_EQ(steps_of(column, {"1/2/2024", "2/3/2024", "3/4/2024"}),
              (std::vector{Step::first, Step::later, Step::later}));
    EXPECT_TRUE(column.ambiguous());
    DateColumn same;  // of which both readings are one
    steps_of(same, {"1/1/2024", "2/2/2024"});
    EXPECT_FALSE(same.ambiguous());
}

TEST(DateColumn, RowsAYear) {
    DateColumn column;
    column.add("2023-01-01");
    EXPECT_EQ(column.rows_a_year(), 0);
    column.add("2024-01-01");
    EXPECT_NEAR(column.rows_a_year(), 365.2425 / 365, 1e-12);
    DateColumn twice;  // rows of one date are one
    steps_of(twice, {"2023-01-01", "2023-01-01", "2024-01-01", "20240101", "2024-01-01"});
    EXPECT_EQ(twice.rows_a_year(), column.rows_a_year());
    DateColumn falling;
    steps_of(falling, {"2024-01-01", "2023-01-01"});
    EXPECT_EQ(falling.rows_a_year(), column.rows_a_year());
}

TEST(DateColumn, GoesOnFromWhatWasSaved) {
    const std::vector<std::vector<std::string>> all = {{"2024-01-02", "2024-01-03", "2024-01-03", "2024-01-02"},
                                                       {"1/2/2024", "2/1/2024", "2/1/2024", "2/13/2024", "1/1/2024"},
                                                       {"2.1.2024", "1.2.2024", "1.1.2024"},
                                                       {"1", "2", "2"},
                                                       {" odd label ", "\"", " odd label "}};
    for (const auto& labels : all) {
        for (std::size_t middle = 0; middle <= labels.size(); ++middle) {
            DateColumn straight;
            const auto wanted = steps_of(straight, labels);
            DateColumn first;
            for (std::size_t at = 0; at < middle; ++at)
                first.add(labels[at]);
            std::string text;
            first.save(text);
            DateColumn second;
            std::string_view left = text;
            ASSERT_TRUE(second.load(left));
            EXPECT_EQ(left, "");
            for (std::size_t at = middle; at < labels.size(); ++at)
                EXPECT_EQ(second.add(labels[at]), wanted[at]) << labels[at] << " behind " << middle;
            EXPECT_EQ(second.rows_a_year(), straight.rows_a_year());
            EXPECT_EQ(second.ambiguous(), straight.ambiguous());
            for (std::size_t length = 0; length < text.size(); ++length) {
                std::string_view cut = std::string_view(text).substr(0, length);
                EXPECT_FALSE(DateColumn().load(cut));
            }
        }
    }
}

}  // namespace
