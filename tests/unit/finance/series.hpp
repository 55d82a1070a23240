#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "finance/risk_sums.hpp"

/// The returns of a quarter of each index of good-eustock.csv.
const std::vector<double>& quarter_returns();

/// Returns of one index: 0 DAX, 1 SMI, 2 CAC, 3 FTSE.
std::vector<double> index_returns(std::size_t index);

/// 1,000 skewed values from 1e9 to 1e9 + 1.3, which doubles hold exactly.
const std::vector<double>& far_values();

/// Small values, exact in doubles: number `at` of them.
inline double small_value(std::size_t at) {
    return (static_cast<double>(at * 7919 % 101) - 50) / 4096;
}

template <typename Saved>
std::string saved(const Saved& one) {
    std::string text;
    one.save(text);
    return text;
}

/// That `middle`, saved and read into `fresh`, goes on to the same bits as itself; `go_on` takes it on. And that no
/// text cut off is taken for whole.
template <typename Saved, typename GoOn>
void expect_resumes(Saved middle, Saved fresh, GoOn go_on) {
    const std::string text = saved(middle);
    std::string_view left = text;
    ASSERT_TRUE(fresh.load(left));
    EXPECT_EQ(left, " ");
    EXPECT_EQ(saved(fresh), text);
    go_on(middle);
    go_on(fresh);
    EXPECT_NE(saved(fresh), text);
    EXPECT_EQ(saved(fresh), saved(middle));
    for (std::size_t length = 0; length + 1 < text.size(); length += 7) {
        std::string_view cut = std::string_view(text).substr(0, length);
        EXPECT_FALSE(fresh.load(cut)) << length;
    }
}

/// That no text with another double in one place of `text` makes load() end otherwise than with true or false, or
/// leaves what it says true to unable to go on.
template <typename Saved, typename GoOn>
void expect_survives_any_number(const std::string& text, const Saved& fresh, GoOn go_on) {
    for (std::size_t place = 0; place < text.size(); place += 17) {
        for (const double odd : {-1.0, 0.0, 0.5, 1e9, 1e300, std::numeric_limits<double>::quiet_NaN()}) {
            std::string number;
            bradawl::finance::save_bits(odd, number);
            std::string changed = text;
            changed.replace(place, number.size(), number);
            Saved one = fresh;
            std::string_view left = changed;
            if (one.load(left)) go_on(one);
        }
    }
}
