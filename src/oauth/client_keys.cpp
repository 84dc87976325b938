#include "oauth/client_keys.hpp"

#include "base/error.hpp"

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

Task<std::optional<crypto::jose::Recipient>> ClientKeys::find_recipient(signin::ClientPtr client,
                                                                        directory::EncryptionSetting setting) {
    if (!setting) co_return std::nullopt;
    const auto keys = co_await of(std::move(client));
    auto recipient = oauth::find_recipient(*keys, *setting);
    if (!recipient) {
        throw Error{Errc::oauth_invalid_client_metadata, "The client has no key that its answers can be encrypted to."};
    }
    co_return recipient;
}

}  // namespace symbolon::oauth
