#pragma once

#include "crypto/random.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace symbolon::net {

/// Makes version 4 UUIDs (RFC 9562 §5.4) from random bytes drawn many at a time. Threads: one.
class RequestIds {
public:
    std::string next();

private:
    crypto::SystemRandom random_;
    std::array<std::uint8_t, 4096> bytes_{};
    std::size_t used_ = bytes_.size();
};

}  // namespace symbolon::net
