#include "nn/stopping.hpp"

#include "nn/bits.hpp"

namespace bradawl::nn {

bool Stopping::done(std::uint64_t epoch, double value) {
    const bool better =
        value < best_ - options_.min_delta *
                            (best_ < std::numeric_limits<double>::infinity() ? (best_ < 0 ? -best_ : best_) : 0);
    if (better) {
        left_ = options_.patience;
    } else if (left_ > 0) {
        --left_;
    }
    if (better || (options_.drifting && value < best_)) best_ = value;

    bool any = false;
    bool every = true;
    const auto rule = [&](bool set, bool holds, std::string_view name) {
        if (!set) return;
        if (holds && !any) reason_ = name;
        any = any || holds;
        every = every && holds;
    };
    rule(options_.has_target, value <= options_.target, "target");
    rule(options_.patience > 0, left_ == 0, "patience");
    rule(options_.epochs > 0, epoch >= options_.epochs, "epochs");
    return any && (every || !options_.all);
}

void Stopping::save(std::string& text) const {
    save_bits(best_, text);
    text += std::to_string(left_) + '\n';
}

bool Stopping::load(std::string_view& text) {
    if (!load_bits(text, best_)) return false;
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), left_);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

}  // namespace bradawl::nn
