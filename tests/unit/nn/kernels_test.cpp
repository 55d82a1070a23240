// All kernels give the same bits, and their functions are right to a few units in the last place.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "nn/buffer.hpp"
#include "nn/kernels.hpp"
#include "nn/mersenne.hpp"

namespace bradawl::nn {
namespace {

template <class Real>
class KernelsOf : public testing::Test {
protected:
    Buffer<Real> random_numbers(std::size_t count, double size = 1) {
        Buffer<Real> numbers(count);
        for (Real& one : numbers)
            one = static_cast<Real>(size * random_.normal());
        return numbers;
    }

    /// What each of the kernels makes of the same numbers is the same.
    template <class Work>
    void expect_same(const char* what, Work work) {
        const auto all = kernels<Real>();
        const Buffer<Real> wanted = work(*all.back());
        for (const Kernels<Real>* one : all) {
            const Buffer<Real> got = work(*one);
            ASSERT_EQ(got.size(), wanted.size());
            EXPECT_EQ(std::memcmp(got.data(), wanted.data(), got.size() * sizeof(Real)), 0)
                << what << ": " << one->name << " and " << all.back()->name << " differ";
        }
    }

    Mersenne random_{Seed{{20261127}, false}};
};

using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(KernelsOf, Reals);

TYPED_TEST(KernelsOf, ProductsAreTheSame) {
    using Real = TypeParam;
    for (const std::size_t rows : {1, 2, 3, 7, 8, 13, 40})
        for (const std::size_t depth : {1, 5, 33})
            for (const std::size_t columns : {16, 32, 48, 80}) {
                const auto a = this->random_numbers(rows * depth);
                const auto b = this->random_numbers(depth * columns);
                const auto start = this->random_numbers(columns);
                this->expect_same("product", [&](const Kernels<Real>& one) {
                    Buffer<Real> c(rows * columns);
                    one.product(
                        {a.data(), depth, 1, b.data(), columns, start.data(), c.data(), columns, rows, columns, depth});
                    return c;
                });
                this->expect_same("turned product", [&](const Kernels<Real>& one) {
                    Buffer<Real> c(rows * columns);
                    one.product(
                        {a.data(), 1, rows, b.data(), columns, nullptr, c.data(), columns, rows, columns, depth});
                    return c;
                });
            }
}

TYPED_TEST(KernelsOf, AProductIsAChainOfFusedMultiplyAdds) {
    using Real = TypeParam;
    constexpr std::size_t depth = 37;
    const auto a = this->random_numbers(depth);
    const auto b = this->random_numbers(depth * 16);
    Buffer<Real> c(16);
    kernels<Real>().front()->product({a.data(), depth, 1, b.data(), 16, nullptr, c.data(), 16, 1, 16, depth});
    for (std::size_t column = 0; column < 16; ++column) {
        Real sum{};
        for (std::size_t k = 0; k < depth; ++k)
            sum = std::fma(a[k], b[k * 16 + column], sum);
        EXPECT_EQ(c[column], sum);
    }
}

TYPED_TEST(KernelsOf, ActivationsAreTheSame) {
    using Real = TypeParam;
    auto numbers = this->random_numbers(512, 4);
    const Real odd[] = {0, -Real{0}, 1e-30F, -1e-30F, 30, -30, 100, -100, 1e30F, -1e30F};
    std::copy(std::begin(odd), std::end(odd), numbers.data());
    for (const Activation kind : {Activation::sigmoid, Activation::tanh, Activation::relu, Activation::softplus}) {
        this->expect_same("activate", [&](const Kernels<Real>& one) {
            auto z = numbers;
            one.activate(kind, Real{0.1F}, z.data(), z.size());
            return z;
        });
        this->expect_same("derive", [&](const Kernels<Real>& one) {
            auto h = numbers;
            one.activate(kind, Real{0.1F}, h.data(), h.size());
            auto d = numbers;
            one.derive(kind, Real{0.1F}, h.data(), d.data(), d.size());
            return d;
        });
    }
}

TYPED_TEST(KernelsOf, SoftmaxIsTheSameAndAddsUp) {
    using Real = TypeParam;
    for (const std::size_t classes : {2, 3, 10, 16, 17, 40})
        for (const std::size_t rows : {1, 5, 16, 21}) {
            const std::size_t stride = padded(classes);
            auto numbers = this->random_numbers(rows * stride, 3);
            std::vector<std::uint32_t> labels(padded(rows));
            Buffer<Real> weights(padded(rows));
            for (std::size_t row = 0; row < rows; ++row) {
                for (std::size_t at = classes; at < stride; ++at)
                    numbers[row * stride + at] = 0;
                labels[row] = this->random_.below(static_cast<std::uint32_t>(classes));
                weights[row] = static_cast<Real>(this->random_.uniform(0.5, 1));
            }
            this->expect_same("softmax", [&](const Kernels<Real>& one) {
                auto z = numbers;
                one.softmax({z.data(), rows, stride, classes, nullptr, nullptr, nullptr});
                for (std::size_t row = 0; row < rows; ++row) {
                    double sum = 0;
                    for (std::size_t at = 0; at < classes; ++at)
                        sum += static_cast<double>(z[row * stride + at]);
                    EXPECT_NEAR(sum, 1, 1e-5);
                    for (std::size_t at = classes; at < stride; ++at)
                        EXPECT_EQ(z[row * stride + at], 0);
                }
                return z;
            });
            this->expect_same("loss", [&](const Kernels<Real>& one) {
                auto z = numbers;
                Buffer<Real> costs(padded(rows));
                one.softmax({z.data(), rows, stride, classes, labels.data(), weights.data(), costs.data()});
                for (std::size_t row = 0; row < rows; ++row) {
                    const Real* const own = numbers.data() + row * stride;
                    double sum = 0;
                    for (std::size_t at = 0; at < classes; ++at)
                        sum += std::exp(static_cast<double>(own[at]));
                    EXPECT_NEAR(static_cast<double>(costs[row]), std::log(sum) - static_cast<double>(own[labels[row]]),
                                1e-4);
                    z.push_back(costs[row]);
                }
                return z;
            });
        }
}

TYPED_TEST(KernelsOf, RulesAreTheSame) {
    using Real = TypeParam;
    for (const Rule rule :
         {Rule::sgd, Rule::nesterov, Rule::adagrad, Rule::rmsprop, Rule::adadelta, Rule::adam, Rule::adamw}) {
        const auto gradient = this->random_numbers(64);
        const auto begin = this->random_numbers(64);
        this->expect_same("update", [&](const Kernels<Real>& one) {
            auto weights = begin;
            Buffer<Real> first(64);
            Buffer<Real> second(64);
            Update<Real> update{};
            update.rule = rule;
            update.rate = Real{0.01F};
            update.momentum = Real{0.9F};
            update.l2 = Real{0.001F};
            update.l1 = Real{0.0001F};
            update.decay = rule == Rule::adamw ? Real{0.001F} : Real{};
            update.part = 1;
            update.epsilon = Real{1e-8F};
            update.first_left = Real{0.1F};
            update.second_left = Real{0.001F};
            update.gradient = gradient.data();
            update.weights = weights.data();
            update.first = first.data();
            update.second = second.data();
            update.count = 64;
            for (int times = 0; times < 3; ++times)
                one.update(update);
            return weights;
        });
    }
}

/// How many numbers of the format lie between two.
template <class Real>
double units_apart(Real got, long double wanted) {
    const auto near = static_cast<Real>(wanted);
    const Real unit = std::nextafter(std::fabs(near), std::numeric_limits<Real>::infinity()) - std::fabs(near);
    return static_cast<double>(std::fabs(static_cast<long double>(got) - wanted) / static_cast<long double>(unit));
}

TYPED_TEST(KernelsOf, FunctionsAreRightToFewUnits) {
    using Real = TypeParam;
    const Kernels<Real>& one = *kernels<Real>().front();
    Buffer<Real> z(4096);
    for (std::size_t at = 0; at < z.size(); ++at)
        z[at] = static_cast<Real>(this->random_.uniform(-20, 20));
    const auto check = [&](const char* name, double most, auto run, auto exact) {
        auto values = z;
        run(values.data(), values.size());
        double worst = 0;
        for (std::size_t at = 0; at < z.size(); ++at)
            worst = std::max(worst, units_apart(values[at], exact(static_cast<long double>(z[at]))));
        EXPECT_LT(worst, most) << name;
    };
    check("exp", 2, one.exp, [](long double x) { return std::exp(x); });
    const auto activate = [&](Activation kind) {
        return [&one, kind](Real* values, std::size_t count) { one.activate(kind, 0, values, count); };
    };
    check("sigmoid", 3, activate(Activation::sigmoid), [](long double x) { return 1 / (1 + std::exp(-x)); });
    check("tanh", 4, activate(Activation::tanh), [](long double x) { return std::tanh(x); });
    check("softplus", 4, activate(Activation::softplus), [](long double x) { return std::log1p(std::exp(x)); });
    for (Real& value : z)
        value = std::fabs(value) + Real{1e-3F};
    check("log", 3, one.log, [](long double x) { return std::log(x); });
}

}  // namespace
}  // namespace bradawl::nn
