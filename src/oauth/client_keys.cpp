#include "oauth/client_keys.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

/// What is registered with the client itself.
std::shared_ptr<const KeySet> registered(const directory::Client& client) {
    const auto& jwks = client.extensions.jwks;
    auto keys = jwks ? parse_key_set(*jwks) : std::nullopt;
    return std::make_shared<const KeySet>(std::move(keys).value_or(KeySet{}));
}

}  // namespace

Task<bool> ClientKeys::signed_by(signin::ClientPtr client, crypto::jose::ParsedJwt token) {
    const auto& uri = client->extensions.jwks_uri;
    if (!uri) co_return is_signed_by(*registered(*client), token);
    const auto keys = co_await remote_.find(uri->str(), token);
    co_return is_signed_by(*keys, token);
}

Task<std::shared_ptr<const KeySet>> ClientKeys::of(signin::ClientPtr client) {
    const auto& uri = client->extensions.jwks_uri;
    if (!uri) co_return registered(*client);
    co_return co_await remote_.find(uri->str());
}

}  // namespace symbolon::oauth
