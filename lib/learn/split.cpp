#include "learn/split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "nn/mersenne.hpp"

namespace bradawl::learn {

namespace {

using By = SplitOptions::By;

constexpr std::size_t worth_watching = 50;  // rows, below which all are learnt from

std::size_t part_of(std::size_t rows, double part) {
    return static_cast<std::size_t>(std::floor(static_cast<double>(rows) * part + 1e-9));
}

/// The rows in an order that the seed decides.
std::vector<std::uint32_t> shuffled(std::size_t rows, std::uint64_t seed, std::uint32_t purpose) {
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0);
    const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(seed), purpose};
    nn::Mersenne random(key);
    random.shuffle(order);
    return order;
}

/// `total` divided by these sizes, by the largest remainders.
std::vector<std::size_t> apportion(std::size_t total, const std::vector<double>& sizes) {
    std::vector<std::size_t> shares;
    std::vector<std::pair<double, std::size_t>> rests;
    std::size_t given = 0;
    for (std::size_t at = 0; at < sizes.size(); ++at) {
        shares.push_back(static_cast<std::size_t>(std::floor(sizes[at] + 1e-9)));
        rests.emplace_back(sizes[at] - static_cast<double>(shares[at]), at);
        given += shares[at];
    }
    std::stable_sort(rests.begin(), rests.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t at = 0; given < total && at < rests.size(); ++at, ++given)
        ++shares[rests[at].second];
    return shares;
}

/// The sizes of the sets.
std::array<std::size_t, 3> sizes_of(std::size_t rows, const SplitOptions& split) {
    if (split.automatic) {
        const std::size_t valid = rows >= worth_watching ? rows / 5 : 0;
        return {rows - valid, valid, 0};
    }
    if (split.counts) {
        const auto count = [](double size) { return static_cast<std::size_t>(size); };
        if (split.train + split.valid + split.test > static_cast<double>(rows))
            throw Error(Fault::usage, fmt::format("--split: there are {} rows only", rows));
        return {count(split.train), count(split.valid), count(split.test)};
    }
    const std::size_t train = part_of(rows, split.train);
    const std::size_t valid = split.of_rest ? part_of(rows - train, split.valid) : part_of(rows, split.valid);
    const bool all = split.of_rest || split.train + split.valid + split.test > 1 - 1e-9;
    std::size_t test = all ? rows - train - valid : part_of(rows, split.test);
    if (split.test == 0 && !split.of_rest) test = 0;
    const std::size_t rest = all && split.test == 0 && !split.of_rest ? rows - train - valid : 0;
    return {train, valid + (split.valid > 0 ? rest : 0), test};
}

void give(Sets& sets, const std::vector<std::uint32_t>& order, const std::array<std::size_t, 3>& sizes) {
    auto at = order.begin();
    const auto move = [&](std::vector<std::uint32_t>& to, std::size_t count) {
        to.insert(to.end(), at, at + static_cast<std::ptrdiff_t>(count));
        at += static_cast<std::ptrdiff_t>(count);
    };
    move(sets.train, sizes[0]);
    move(sets.valid, sizes[1]);
    move(sets.test, sizes[2]);
}

/// The rows of each class, in the order given.
std::vector<std::vector<std::uint32_t>> by_class(const Dataset& data, const std::vector<std::uint32_t>& order) {
    std::vector<std::vector<std::uint32_t>> groups(data.classes.size());
    for (const std::uint32_t row : order)
        groups[data.labels[row]].push_back(row);
    return groups;
}

Sets stratified(const Dataset& data, const std::vector<std::uint32_t>& order, const std::array<std::size_t, 3>& sizes) {
    const auto groups = by_class(data, order);
    std::vector<double> valid;
    std::vector<double> test;
    const auto rows = static_cast<double>(order.size());
    for (const auto& group : groups) {
        valid.push_back(static_cast<double>(group.size()) * static_cast<double>(sizes[1]) / rows);
        test.push_back(static_cast<double>(group.size()) * static_cast<double>(sizes[2]) / rows);
    }
    const auto valid_shares = apportion(sizes[1], valid);
    const auto test_shares = apportion(sizes[2], test);
    const bool all = sizes[0] + sizes[1] + sizes[2] == order.size();
    Sets sets;
    for (std::size_t at = 0; at < groups.size(); ++at) {
        const std::size_t left = groups[at].size() - std::min(groups[at].size(), valid_shares[at] + test_shares[at]);
        const auto wanted = part_of(groups[at].size(), static_cast<double>(sizes[0]) / rows);
        give(sets, groups[at],
             {all ? left : std::min(left, wanted), valid_shares[at],
              std::min(test_shares[at], groups[at].size() - valid_shares[at])});
    }
    return sets;
}

Sets hashed(const Dataset& data, const Options& options, const std::array<double, 3>& parts) {
    Sets sets;
    for (std::uint32_t row = 0; row < data.rows(); ++row) {
        const std::uint64_t hash = table::hash_of(fmt::format("{} {}", data.table.hashes[row], options.seed));
        const double place = static_cast<double>(hash >> 11) * 0x1p-53;
        if (place < parts[0]) {
            sets.train.push_back(row);
        } else if (place < parts[0] + parts[1]) {
            sets.valid.push_back(row);
        } else if (place < parts[0] + parts[1] + parts[2]) {
            sets.test.push_back(row);
        }
    }
    return sets;
}

Sets given_parts(const Dataset& data) {
    Sets sets;
    for (std::uint32_t row = 0; row < data.rows(); ++row) {
        std::vector<std::uint32_t>& set = data.parts[row] == Part::valid  ? sets.valid
                                          : data.parts[row] == Part::test ? sets.test
                                                                          : sets.train;
        set.push_back(row);
    }
    return sets;
}

void sort(Sets& sets) {
    for (auto* set : {&sets.train, &sets.valid, &sets.test})
        std::sort(set->begin(), set->end());
}

Sets divide(const Dataset& data, const Options& options) {
    if (!data.parts.empty()) return given_parts(data);
    const SplitOptions& split = options.split;
    const std::array<std::size_t, 3> sizes = sizes_of(data.rows(), split);
    By by = split.by == By::automatic ? By::stratified : split.by;
    if (by == By::stratified && !data.classification) by = By::shuffle;
    if (by == By::hash) {
        if (split.counts) throw Error(Fault::usage, "--split: numbers of rows cannot be had with --split-by=hash");
        if (split.automatic) return hashed(data, options, {0.8, 0.2, 0});
        const double valid = split.of_rest ? (1 - split.train) * split.valid : split.valid;
        return hashed(data, options, {split.train, valid, split.of_rest ? 1 - split.train - valid : split.test});
    }
    if (by == By::stratified) return stratified(data, shuffled(data.rows(), options.seed, 3), sizes);
    Sets sets;
    std::vector<std::uint32_t> order(data.rows());
    std::iota(order.begin(), order.end(), 0);
    give(sets, by == By::shuffle ? shuffled(data.rows(), options.seed, 3) : order, sizes);
    return sets;
}

}  // namespace

Sets split_rows(const Dataset& data, const Options& options) {
    Sets sets = divide(data, options);
    if (sets.train.empty())
        throw Error(Fault::data, fmt::format("no rows to learn from: {} in all", data.rows()), "See --split.");
    sort(sets);
    return sets;
}

std::vector<Sets> fold_rows(const Dataset& data, const Options& options, std::size_t folds, std::uint64_t round) {
    if (folds > data.rows()) throw Error(Fault::data, fmt::format("{} folds, but {} rows only", folds, data.rows()));
    std::vector<std::uint32_t> order = shuffled(data.rows(), options.seed, static_cast<std::uint32_t>(4 + round));
    if (data.classification) {  // classes one after the other, dealt out in turn
        std::vector<std::uint32_t> grouped;
        for (const auto& group : by_class(data, order))
            grouped.insert(grouped.end(), group.begin(), group.end());
        order = std::move(grouped);
    }
    std::vector<Sets> all(folds);
    for (std::size_t fold = 0; fold < folds; ++fold) {
        Sets& sets = all[fold];
        std::size_t seen = 0;
        for (std::size_t at = 0; at < order.size(); ++at) {
            if (at % folds == fold) {
                sets.test.push_back(order[at]);
            } else {
                (seen++ % 10 == 9 ? sets.valid : sets.train).push_back(order[at]);
            }
        }
        sort(sets);
    }
    return all;
}

}  // namespace bradawl::learn
