#include "finance/audit.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "text/printable.hpp"

namespace bradawl::finance {

std::string describe_jump(const Audit& audit, std::size_t index) {
    const Audit::Jump& jump = audit.jumps[index];
    const double ratio = jump.change < 0 ? 1 / (1 + jump.change) : 1 + jump.change;
    std::string split;
    for (const double usual : std::array{2.0, 3.0, 4.0, 5.0, 10.0, 20.0})
        if (std::fabs(ratio / usual - 1) < 0.05)
            split = fmt::format("; a {}:{} split not adjusted?", jump.change < 0 ? usual : 1.0,
                                jump.change < 0 ? 1.0 : usual);
    return fmt::format("{}:{}: {} {} {:.1f} % in a row{} (--jump {:.2g} silences)", audit.input, jump.line,
                       text::printable(jump.asset), jump.change < 0 ? "fell" : "rose", std::fabs(jump.change) * 100,
                       split, std::ceil(std::fabs(jump.change) * 10 + 0.1) / 10);
}

}  // namespace bradawl::finance
