#pragma once

// The text of all kernels, compiled once for each kind of processor with lanes of its own. Each such file keeps its
// lanes in an unnamed namespace, so that nothing compiled for one processor can stand in for another's; for the same
// reason nothing of the standard library is called here.

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

/// `Lanes` says what vectors of one processor are: Real, Vector, Integers, fma(a, b, c), root(a), and the tile of
/// `tile_rows` by `tile_vectors` that its registers hold in product().
template <class Lanes>
struct Body {
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

    // --- exp and log -------------------------------------------------------------------------------------------

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

    // --- activations -------------------------------------------------------------------------------------------

    [[gnu::always_inline]] static Vector sigmoid(Vector z) {
        const Vector e = exp(-size(z));
        return (z < Vector{} ? e : all(1)) / (e + 1);
    }

    [[gnu::always_inline]] static Vector tanh(Vector z) {
        const Vector t = expm1(size(z) + size(z));
        const Vector h = t > Facts::most_exponent * 1e6F ? all(1) : t / (t + 2);  // past it, 1 to the last bit
        return z < Vector{} ? -h : h;
    }

    [[gnu::always_inline]] static Vector softplus(Vector z) {
        return (z > Vector{} ? z : Vector{}) + log1p(exp(-size(z)));
    }

    template <class Function>
    [[gnu::always_inline]] static void each(Real* values, std::size_t count, Function f) {
        for (std::size_t at = 0; at < count; at += width)
            store(values + at, f(load(values + at)));
    }

    static void activate(Activation kind, Real slope, Real* z, std::size_t count) {
        switch (kind) {
            case Activation::sigmoid:
                return each(z, count, [](Vector x) { return sigmoid(x); });
            case Activation::tanh:
                return each(z, count, [](Vector x) { return tanh(x); });
            case Activation::relu:
                return each(z, count, [slope](Vector x) { return x > Vector{} ? x : x * slope; });
            case Activation::softplus:
                return each(z, count, [](Vector x) { return softplus(x); });
            default:
                return;
        }
    }

    template <class Function>
    [[gnu::always_inline]] static void derive(const Real* h, Real* d, std::size_t count, Function f) {
        for (std::size_t at = 0; at < count; at += width)
            store(d + at, load(d + at) * f(load(h + at)));
    }

    static void derive(Activation kind, Real slope, const Real* h, Real* d, std::size_t count) {
        switch (kind) {
            case Activation::sigmoid:
                return derive(h, d, count, [](Vector x) { return x * (1 - x); });
            case Activation::tanh:
                return derive(h, d, count, [](Vector x) { return fma(-x, x, all(1)); });
            case Activation::relu:
                return derive(h, d, count, [slope](Vector x) { return x > Vector{} ? all(1) : all(slope); });
            case Activation::softplus:
                return derive(h, d, count, [](Vector x) { return -expm1(-x); });
            default:
                return;
        }
    }

    // --- products ----------------------------------------------------------------------------------------------

    template <std::size_t rows, std::size_t vectors>
    [[gnu::always_inline]] static void tile(const Product<Real>& p, std::size_t i, std::size_t j) {
        Vector sums[rows][vectors];
#pragma GCC unroll 8
        for (std::size_t v = 0; v < vectors; ++v) {
            const Vector begin = p.start != nullptr ? load(p.start + j + v * width) : Vector{};
#pragma GCC unroll 16
            for (std::size_t r = 0; r < rows; ++r)
                sums[r][v] = begin;
        }
        const Real* a = p.a + i * p.a_row;
        const Real* b = p.b + j;
        for (std::size_t k = 0; k < p.depth; ++k, a += p.a_step, b += p.b_row) {
            Vector row[vectors];
#pragma GCC unroll 8
            for (std::size_t v = 0; v < vectors; ++v)
                row[v] = load(b + v * width);
#pragma GCC unroll 16
            for (std::size_t r = 0; r < rows; ++r) {
                const Vector factor = all(a[r * p.a_row]);
#pragma GCC unroll 8
                for (std::size_t v = 0; v < vectors; ++v)
                    sums[r][v] = fma(factor, row[v], sums[r][v]);
            }
        }
#pragma GCC unroll 16
        for (std::size_t r = 0; r < rows; ++r)
#pragma GCC unroll 8
            for (std::size_t v = 0; v < vectors; ++v)
                store(p.c + (i + r) * p.c_row + j + v * width, sums[r][v]);
    }

    template <std::size_t vectors>
    static void panel(const Product<Real>& p, std::size_t j) {
        constexpr std::size_t rows = Lanes::tile_rows;
        std::size_t i = 0;
        for (; i + rows <= p.rows; i += rows)
            tile<rows, vectors>(p, i, j);
        if constexpr (rows > 4)
            for (; i + 4 <= p.rows; i += 4)
                tile<4, vectors>(p, i, j);
        for (; i + 2 <= p.rows; i += 2)
            tile<2, vectors>(p, i, j);
        for (; i < p.rows; ++i)
            tile<1, vectors>(p, i, j);
    }

    static void product(const Product<Real>& p) {
        constexpr std::size_t most = Lanes::tile_vectors;
        std::size_t j = 0;
        for (; j + most * width <= p.columns; j += most * width)
            panel<most>(p, j);
        for (; j < p.columns; j += width)
            panel<1>(p, j);
    }

    // --- softmax -----------------------------------------------------------------------------------------------

    // In the same order whatever the width: sixteen sums, then halves on halves.
    [[gnu::always_inline]] static Real total(const Vector* parts) {
        alignas(64) Real sums[block];
        for (std::size_t at = 0; at < block; at += width)
            store(sums + at, parts[at / width]);
        for (std::size_t half = block / 2; half > 0; half /= 2)
            for (std::size_t at = 0; at < half; ++at)
                sums[at] += sums[at + half];
        return sums[0];
    }

    // Numbers of the lanes from `first` on.
    [[gnu::always_inline]] static Vector counted(std::size_t first) {
        Vector result{};
        for (std::size_t at = 0; at < width; ++at)
            result[at] = static_cast<Real>(first + at);
        return result;
    }

    static void softmax(const SoftmaxLoss<Real>& s) {
        constexpr std::size_t parts = block / width;
        const Vector classes = all(static_cast<Real>(s.classes));
        alignas(64) Real sums[block];
        alignas(64) Real chosen[block];
        for (std::size_t row = 0; row < s.rows; ++row) {
            Real* const z = s.z + row * s.stride;
            Real most = z[0];
            for (std::size_t at = 1; at < s.classes; ++at)
                most = z[at] > most ? z[at] : most;
            chosen[row % block] = s.labels != nullptr ? z[s.labels[row]] - most : Real{};
            Vector sum[parts] = {};
            for (std::size_t at = 0; at < s.stride; at += block)
                for (std::size_t part = 0; part < parts; ++part) {
                    Real* const here = z + at + part * width;
                    const Vector e = exp(load(here) - most);
                    store(here, counted(at + part * width) < classes ? e : Vector{});
                    sum[part] = sum[part] + load(here);
                }
            sums[row % block] = total(sum);
            const Vector part = all((s.row_weights != nullptr ? s.row_weights[row] : Real{1}) / sums[row % block]);
            for (std::size_t at = 0; at < s.stride; at += width)
                store(z + at, load(z + at) * part);
            if (s.row_weights != nullptr) z[s.labels[row]] -= s.row_weights[row];
            if (s.costs != nullptr && (row % block == block - 1 || row + 1 == s.rows)) {
                for (std::size_t at = row % block + 1; at < block; ++at)
                    sums[at] = 1, chosen[at] = 0;
                for (std::size_t at = 0; at < block; at += width)
                    store(s.costs + row / block * block + at, log(load(sums + at)) - load(chosen + at));
            }
        }
    }

    // --- rules -------------------------------------------------------------------------------------------------

    template <class Move>
    [[gnu::always_inline]] static void move(const Update<Real>& u, Move step) {
        for (std::size_t at = 0; at < u.count; at += width) {
            Vector w = load(u.weights + at);
            Vector g = load(u.gradient + at) * u.part;
            g = fma(w, all(u.l2), g);
            g = g + (w > Vector{} ? all(u.l1) : w < Vector{} ? all(-u.l1) : Vector{});
            store(u.weights + at, step(w, g, at));
        }
    }

    static void by_momentum(const Update<Real>& u) {
        const bool ahead = u.rule == Rule::nesterov;
        move(u, [&](Vector w, Vector g, std::size_t at) {
            const Vector v = fma(load(u.first + at), all(u.momentum), g * -u.rate);
            store(u.first + at, v);
            return ahead ? w + fma(v, all(u.momentum), g * -u.rate) : w + v;
        });
    }

    static void by_size(const Update<Real>& u) {
        const bool sum = u.rule == Rule::adagrad;
        move(u, [&](Vector w, Vector g, std::size_t at) {
            const Vector old = load(u.first + at);
            const Vector e =
                sum ? fma(g, g, old) : fma(old, all(static_cast<Real>(0.9)), g * g * static_cast<Real>(0.1));
            store(u.first + at, e);
            const Vector root = Lanes::root(e);
            return w - g * u.rate / (root < u.epsilon ? all(u.epsilon) : root);
        });
    }

    static void by_adadelta(const Update<Real>& u) {
        constexpr auto old_part = static_cast<Real>(0.95);
        constexpr auto new_part = static_cast<Real>(0.05);
        move(u, [&](Vector w, Vector g, std::size_t at) {
            const Vector e = fma(load(u.first + at), all(old_part), g * g * new_part);
            const Vector d = load(u.second + at);
            const Vector step = -(Lanes::root(d + u.epsilon) / Lanes::root(e + u.epsilon)) * g;
            store(u.first + at, e);
            store(u.second + at, fma(d, all(old_part), step * step * new_part));
            return fma(step, all(u.rate), w);
        });
    }

    static void by_adam(const Update<Real>& u) {
        move(u, [&](Vector w, Vector g, std::size_t at) {
            const Vector m = fma(load(u.first + at), all(static_cast<Real>(0.9)), g * static_cast<Real>(0.1));
            const Vector v = fma(load(u.second + at), all(static_cast<Real>(0.999)), g * g * static_cast<Real>(0.001));
            store(u.first + at, m);
            store(u.second + at, v);
            const Vector kept = fma(w, all(-u.decay), w);
            return kept - m / u.first_left * u.rate / (Lanes::root(v / u.second_left) + u.epsilon);
        });
    }

    static void update(const Update<Real>& u) {
        switch (u.rule) {
            case Rule::sgd:
            case Rule::nesterov:
                return by_momentum(u);
            case Rule::adagrad:
            case Rule::rmsprop:
                return by_size(u);
            case Rule::adadelta:
                return by_adadelta(u);
            default:
                return by_adam(u);
        }
    }

    static constexpr Kernels<Real> table(std::string_view name) {
        return {name,
                product,
                activate,
                derive,
                softmax,
                update,
                [](Real* values, std::size_t count) { each(values, count, [](Vector x) { return exp(x); }); },
                [](Real* values, std::size_t count) { each(values, count, [](Vector x) { return log(x); }); },
                [](Real* values, std::size_t count) {
                    each(values, count, [](Vector x) { return log1p(exp(-size(x))); });
                }};
    }
};

}  // namespace bradawl::nn
