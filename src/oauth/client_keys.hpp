#pragma once

#include "base/task.hpp"
#include "directory/encryption_rules.hpp"
#include "oauth/key_set.hpp"
#include "oauth/remote_keys.hpp"
#include "signin/sign_in.hpp"

#include <memory>
#include <optional>

namespace symbolon::oauth {

/// The public keys of clients: registered (`jwks`), or published by them (`jwks_uri`). For client assertions, request
/// objects, self-signed certificates, and what is encrypted to clients. Threads: any.
class ClientKeys {
public:
    explicit ClientKeys(RemoteKeys& remote) : remote_(remote) {}

    /// Whether the client signed the token, with an algorithm of key pairs.
    Task<bool> signed_by(signin::ClientPtr client, crypto::jose::ParsedJwt token);
    /// All of its keys; empty when it has none. Never null.
    Task<std::shared_ptr<const KeySet>> of(signin::ClientPtr client);
    /// Whom to encrypt to, as the client is set to; nothing when it is not. Fails: oauth_invalid_client_metadata (it
    /// has no key for it, or its keys cannot be read).
    Task<std::optional<crypto::jose::Recipient>> find_recipient(signin::ClientPtr client,
                                                                directory::EncryptionSetting setting);

    /// By which what clients publish is read.
    net::Fetcher& fetcher() { return remote_.fetcher(); }

private:
    RemoteKeys& remote_;
};

}  // namespace symbolon::oauth
