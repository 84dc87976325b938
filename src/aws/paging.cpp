#include "aws/paging.hpp"

#include "base/error.hpp"

#include <charconv>
#include <chrono>
#include <utility>

namespace symbolon::aws {

namespace {

constexpr std::string_view purpose = "page";
constexpr std::chrono::hours life{1};

}  // namespace

std::string seal_page(const crypto::Sealer& sealer, std::string_view list, std::string_view position, Instant now) {
    return sealer.seal_text(purpose, list, std::to_string(to_ms(now + life)) + ":" + std::string(position));
}

std::string open_page(const crypto::Sealer& sealer, std::string_view list, std::string_view token, Instant now) {
    const Error refused(Errc::invalid_parameter, "Invalid pagination token given.");
    const auto plain = sealer.open_text(purpose, list, token);
    if (!plain) throw refused;
    const auto colon = plain->find(':');
    std::int64_t expires = 0;
    if (colon == std::string::npos) throw refused;
    std::from_chars(plain->data(), plain->data() + colon, expires);
    if (now >= from_ms(expires)) throw refused;
    return plain->substr(colon + 1);
}

ListPage::ListPage(const crypto::Sealer& sealer, Instant now, std::string list, const std::optional<std::string>& token,
                   int size)
    : sealer_(sealer), now_(now), list_(std::move(list)), size_(size) {
    if (token) after_ = open_page(sealer, list_, *token, now);
}

std::string ListPage::token_after(std::string_view position) const {
    return seal_page(sealer_, list_, position, now_);
}

}  // namespace symbolon::aws
