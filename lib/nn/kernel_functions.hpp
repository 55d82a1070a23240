#pragma once

// exp, log and the functions made of them, in vectors; a part of the text of all kernels (see kernel_body.hpp).

#include "nn/kernels.hpp"

namespace bradawl::nn {

/// Facts of a floating-point format.
template <class Real>
struct Format;

template <>
struct Format<float> {
    static constexpr int mantissa = 23;
    static constexpr int bias = 127;
    static constexpr float magic = 0x1.8p23F;  // added, it leaves an integer in the low bits
    static constexpr float least_exponent = -87.0F;
    static constexpr float most_exponent = 88.0F;
    static constexpr float ln2_high = 0x1.62ep-1F;  // few digits, so that products with integers are exact
    static constexpr float ln2_low = 0x1.0bfbe8p-15F;
    static constexpr std::int32_t half_root = 0x3f3504f3;  // bits of √½
    static constexpr int exp_terms = 8;
    static constexpr int log_terms = 5;
};

template <>
struct Format<double> {
    static constexpr int mantissa = 52;
    static constexpr int bias = 1023;
    static constexpr double magic = 0x1.8p52;
    static constexpr double least_exponent = -708.0;
    static constexpr double most_exponent = 709.0;
    static constexpr double ln2_high = 0x1.62e42feep-1;
    static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
    static constexpr std::int64_t half_root = 0x3fe6a09e667f3bcd;
    static constexpr int exp_terms = 14;
    static constexpr int log_terms = 11;
};

/// Vectors of one processor, and functions of them that are the same to the bit on all. `Lanes` says what they are:
/// Real, Vector, Integers, fma(a, b, c), root(a).
template <class Lanes>
struct Functions {
    using Real = typename Lanes::Real;
    using Vector = typename Lanes::Vector;
    using Integers = typename Lanes::Integers;
    using Facts = Format<Real>;

    static constexpr std::size_t width = sizeof(Vector) / sizeof(Real);
    static constexpr std::size_t block = 16;  // `lanes`: what counts are multiples of

    [[gnu::always_inline]] static Vector load(const Real* at) { return *reinterpret_cast<const Vector*>(at); }
    [[gnu::always_inline]] static void store(Real* at, Vector value) { *reinterpret_cast<Vector*>(at) = value; }
    [[gnu::always_inline]] static Vector all(Real value) { return value - Vector{}; }
    [[gnu::always_inline]] static Vector fma(Vector a, Vector b, Vector c) { return Lanes::fma(a, b, c); }
    [[gnu::always_inline]] static Vector size(Vector x) { return x < Vector{} ? -x : x; }

    // Of the series: 1/n!, and 2/(2n + 1).
    struct Series {
        Real of[16];
    };
    static constexpr Series inverse_factorials = [] {
        Series parts{};
        long double factorial = 1;
        for (int at = 0; at < 16; factorial *= ++at)
            parts.of[at] = static_cast<Real>(1 / factorial);
        return parts;
    }();
    static constexpr Series odd_parts = [] {
        Series parts{};
        for (int at = 0; at < 16; ++at)
            parts.of[at] = static_cast<Real>(2.0L / (2 * at + 1));
        return parts;
    }();

    struct Power {
        Vector scale;
        Vector rest;  // e^x = scale (1 + rest)
    };

    // Cody and Waite: x = n ln 2 + r, and the series of e^r - 1, whose terms left out are less than a rounding.
    [[gnu::always_inline]] static Power power(Vector x) {
        x = x < Facts::least_exponent ? all(Facts::least_exponent) : x;
        x = x > Facts::most_exponent ? all(Facts::most_exponent) : x;
        const Vector shifted = fma(x, all(static_cast<Real>(1.44269504088896340736L)), all(Facts::magic));
        const Vector n = shifted - Facts::magic;
        const Vector r = fma(n, all(-Facts::ln2_low), fma(n, all(-Facts::ln2_high), x));
        const Integers bits = (reinterpret_cast<Integers>(shifted) + Facts::bias) << Facts::mantissa;
        Vector sum = all(inverse_factorials.of[Facts::exp_terms - 1]);
#pragma GCC unroll 16
        for (int at = Facts::exp_terms - 2; at >= 2; --at)
            sum = fma(sum, r, all(inverse_factorials.of[at]));
        return {reinterpret_cast<Vector>(bits), fma(sum, r * r, r)};
    }

    [[gnu::always_inline]] static Vector exp(Vector x) {
        const Power p = power(x);
        return fma(p.scale, p.rest, p.scale);
    }

    [[gnu::always_inline]] static Vector expm1(Vector x) {
        const Power p = power(x);
        return fma(p.scale, p.rest, p.scale - 1);
    }

    // x = 2^e m with m about 1; log m = 2 artanh((m - 1) / (m + 1)). For normal numbers above zero.
    [[gnu::always_inline]] static Vector log(Vector x) {
        const Integers bits = reinterpret_cast<Integers>(x);
        const Integers e = (bits - Facts::half_root) >> Facts::mantissa;
        const Vector f = reinterpret_cast<Vector>(bits - (e << Facts::mantissa)) - 1;
        const Integers magic = reinterpret_cast<Integers>(all(Facts::magic));
        const Vector exponent = reinterpret_cast<Vector>(e + magic) - Facts::magic;
        const Vector s = f / (f + 2);
        const Vector z = s * s;
        Vector sum = all(odd_parts.of[Facts::log_terms]);
#pragma GCC unroll 16
        for (int at = Facts::log_terms - 1; at > 0; --at)
            sum = fma(sum, z, all(odd_parts.of[at]));
        const Vector low = fma(exponent, all(Facts::ln2_low), sum * z * s);
        return fma(exponent, all(Facts::ln2_high), s + s + low);
    }

    // log(1 + e), for e from 0 to 1.
    [[gnu::always_inline]] static Vector log1p(Vector e) {
        const Vector u = e + 1;
        return log(u) + (e - (u - 1)) / u;
    }

    [[gnu::always_inline]] static Vector sigmoid(Vector z) {
        const Vector e = exp(-size(z));
        return (z < Vector{} ? e : all(1)) / (e + 1);
    }

    [[gnu::always_inline]] static Vector tanh(Vector z) {
        const Vector t = expm1(size(z) + size(z));
        const Vector h = t / (t + 2);  // expm1() is finite for all
        return z < Vector{} ? -h : h;
    }

    [[gnu::always_inline]] static Vector softplus(Vector z) {
        return (z > Vector{} ? z : Vector{}) + log1p(exp(-size(z)));
    }
};

}  // namespace bradawl::nn
