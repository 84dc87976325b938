#pragma once

#include "base/task.hpp"
#include "oauth/key_set.hpp"
#include "oauth/remote_keys.hpp"
#include "signin/sign_in.hpp"

#include <memory>

namespace symbolon::oauth {

/// The public keys of clients: registered (`jwks`), or published by them (`jwks_uri`). For client assertions, request
/// objects and self-signed certificates. Threads: any.
class ClientKeys {
public:
    explicit ClientKeys(RemoteKeys& remote) : remote_(remote) {}

    /// Whether the client signed the token, with an algorithm of key pairs.
    Task<bool> signed_by(signin::ClientPtr client, crypto::jose::ParsedJwt token);
    /// All of its keys; empty when it has none. Never null.
    Task<std::shared_ptr<const KeySet>> of(signin::ClientPtr client);

private:
    RemoteKeys& remote_;
};

}  // namespace symbolon::oauth
