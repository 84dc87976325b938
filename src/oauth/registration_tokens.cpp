#include "oauth/registration_tokens.hpp"

#include "base/encoding.hpp"

#include <charconv>
#include <cstdint>

namespace symbolon::oauth {
namespace {

constexpr std::string_view initial_purpose = "initial access token";
constexpr std::size_t uuid_length = 36;
constexpr const char* for_many = "*";  // after the time

}  // namespace

std::string make_initial_access_token(const crypto::Sealer& sealer, crypto::Random& random, const PoolId& pool,
                                      Instant expires, Registrations registrations) {
    const bool many = registrations == Registrations::many;
    return sealer.seal_text(initial_purpose, pool.str(),
                            random.uuid() + std::to_string(to_ms(expires)) + (many ? for_many : ""));
}

std::optional<InitialAccess> open_initial_access_token(const crypto::Sealer& sealer, const PoolId& pool,
                                                       const std::string& token, Instant now) {
    const auto text = sealer.open_text(initial_purpose, pool.str(), token);
    if (!text || text->size() <= uuid_length) return std::nullopt;
    std::int64_t expires_ms = 0;
    const bool many = text->ends_with(for_many);
    const auto* end = text->data() + text->size() - (many ? 1 : 0);
    const auto [rest, failure] = std::from_chars(text->data() + uuid_length, end, expires_ms);
    if (failure != std::errc{} || rest != end) return std::nullopt;
    InitialAccess access{text->substr(0, uuid_length), from_ms(expires_ms), many};
    if (access.expires <= now) return std::nullopt;
    return access;
}

std::string registration_access_token(const crypto::Sealer& sealer, const directory::Client& client,
                                      RegisteredBy registered_by) {
    const bool by_anybody = registered_by == RegisteredBy::anybody;
    const auto purpose = by_anybody ? "open registration access token" : "registration access token";
    const auto context = client.pool_id.str() + "|" + client.id.str();
    return to_base64url(sealer.keyed_hash(purpose, context, std::to_string(to_ms(client.created))));
}

}  // namespace symbolon::oauth
