#include "net/server/request_ids.hpp"

#include <string_view>

namespace symbolon::net {

std::string RequestIds::next() {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::size_t length = 16;
    if (used_ == bytes_.size()) {
        random_.fill(bytes_);
        used_ = 0;
    }
    const auto id = std::span(bytes_).subspan(used_, length);
    used_ += length;
    id[6] = static_cast<std::uint8_t>((id[6] & 0x0f) | 0x40);
    id[8] = static_cast<std::uint8_t>((id[8] & 0x3f) | 0x80);
    std::string text(36, '-');
    std::size_t at = 0;
    for (const auto byte : id) {
        if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
        text[at++] = digits[byte >> 4];
        text[at++] = digits[byte & 0x0f];
    }
    return text;
}

}  // namespace symbolon::net
