#include "net/server/places.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace symbolon::net {
namespace {

constexpr std::size_t least_kept = 32;
constexpr std::size_t most_kept = 1024;
constexpr std::size_t most_descriptors = std::size_t{1} << 20;  ///< the limit may be "none"

std::size_t descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return most_kept;
    return static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, most_descriptors));
}

}  // namespace

std::size_t places_within(std::size_t descriptors) {
    const auto kept = std::min(std::clamp(descriptors / 8, least_kept, most_kept), descriptors / 2);
    return std::max<std::size_t>(descriptors - kept, 1);
}

Places::Places(std::size_t count) : count_(count > 0 ? count : places_within(descriptors())) {}

}  // namespace symbolon::net
