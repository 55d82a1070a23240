#pragma once

// The text of all kernels, compiled once for each kind of processor with lanes of its own. Each such file keeps its
// lanes in an unnamed namespace, so that nothing compiled for one processor can stand in for another's; for the same
// reason nothing of the standard library is called here.

#include "nn/kernel_functions.hpp"
#include "nn/kernels.hpp"

namespace bradawl::nn {

/// `Lanes` is that of Functions, and says which tile of `tile_rows` by `tile_vectors` its registers hold in product().
template <class Lanes>
struct Body : Functions<Lanes> {
    using F = Functions<Lanes>;
    using F::all;
    using F::block;
    using F::exp;
    using F::expm1;
    using F::fma;
    using F::load;
    using F::log;
    using F::log1p;
    using F::size;
    using F::store;
    using F::width;
    using typename F::Real;
    using typename F::Vector;

    // --- activations -------------------------------------------------------------------------------------------

    template <class Function>
    [[gnu::always_inline]] static void each(Real* values, std::size_t count, Function f) {
        for (std::size_t at = 0; at < count; at += width)
            store(values + at, f(load(values + at)));
    }

    static void activate(Activation kind, Real slope, Real* z, std::size_t count) {
        switch (kind) {
            case Activation::sigmoid:
                return each(z, count, [](Vector x) { return F::sigmoid(x); });
            case Activation::tanh:
                return each(z, count, [](Vector x) { return F::tanh(x); });
            case Activation::relu:
                return each(z, count, [slope](Vector x) { return x > Vector{} ? x : x * slope; });
            case Activation::softplus:
                return each(z, count, [](Vector x) { return F::softplus(x); });
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

    // Rows of at most `block` classes, `block` rows together: a vector has one class of several rows. The sums have the
    // order of total(), whose other lanes are zeros.
    static void softmax_narrow(const SoftmaxLoss<Real>& s, std::size_t first) {
        alignas(64) Real turned[block][block];
        alignas(64) Real weights[block];
        alignas(64) Real chosen[block];
        const std::size_t rows = s.rows - first < block ? s.rows - first : block;
        Real* const z = s.z + first * s.stride;
        const auto weighted = s.row_weights != nullptr;
        for (std::size_t row = 0; row < block; ++row) {
            const std::size_t from = row < rows ? row : 0;
            for (std::size_t c = 0; c < s.classes; ++c)
                turned[c][row] = z[from * s.stride + c];
            weights[row] = weighted ? s.row_weights[first + from] : Real{1};
            chosen[row] = s.labels != nullptr ? turned[s.labels[first + from]][row] : Real{};
        }
        for (std::size_t at = 0; at < block; at += width) {
            Vector most = load(turned[0] + at);
            for (std::size_t c = 1; c < s.classes; ++c) {
                const Vector one = load(turned[c] + at);
                most = one > most ? one : most;
            }
            Vector sums[block];
            for (std::size_t c = 0; c < s.classes; ++c) {
                sums[c] = exp(load(turned[c] + at) - most);
                store(turned[c] + at, sums[c]);
            }
            for (std::size_t half = block / 2; half > 0; half /= 2)
                for (std::size_t c = 0; c + half < s.classes && c < half; ++c)
                    sums[c] = sums[c] + sums[c + half];
            const Vector part = load(weights + at) / sums[0];
            for (std::size_t c = 0; c < s.classes; ++c)
                store(turned[c] + at, load(turned[c] + at) * part);
            if (s.costs != nullptr) store(s.costs + first + at, log(sums[0]) - (load(chosen + at) - most));
        }
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t c = 0; c < s.classes; ++c)
                z[row * s.stride + c] = turned[c][row];
            if (weighted) z[row * s.stride + s.labels[first + row]] -= weights[row];
        }
    }

    static void softmax(const SoftmaxLoss<Real>& s) {
        if (s.stride == block) {
            for (std::size_t first = 0; first < s.rows; first += block)
                softmax_narrow(s, first);
            return;
        }
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
