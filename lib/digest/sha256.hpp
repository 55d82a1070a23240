#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace bradawl::digest {

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);

    /// The digest in 64 hexadecimal digits; nothing can be added any more.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bradawl::digest
