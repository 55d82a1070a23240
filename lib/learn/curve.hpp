#pragma once

#include <string>
#include <vector>

#include "learn/fit.hpp"

namespace bradawl::learn {

/// How a training went, epoch by epoch, for a picture.
class Curve {
public:
    explicit Curve(bool classification) : classification_(classification) {}

    void add(const EpochRecord& record);

    /// An SVG document: the loss of the rows learnt from and of those watched, the best epoch, and below it the part
    /// that is wrong (of classes) or what is left of the variance (of numbers).
    std::string to_svg(const std::string& title) const;

private:
    struct Point {
        double train;
        double valid;
        double train_error;
        double valid_error;
    };

    bool classification_;
    bool watched_ = false;
    std::size_t best_ = 0;  // place in points_
    std::vector<Point> points_;
};

}  // namespace bradawl::learn
