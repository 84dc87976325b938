#pragma once

#include "net/client.hpp"

namespace symbolon::net {

/// Asks at addresses that others named: an identity provider, a client's keys, a place to be told of a logout. Tests
/// put something else in its place.
class Fetcher {
public:
    virtual ~Fetcher() = default;
    /// Fails: ClientError.
    virtual Task<ClientResponse> fetch(ClientRequest request) = 0;
};

/// Which addresses may be asked.
enum class Reach { public_https, anywhere };

/// Whoever names an address must not make this server ask its own network (SSRF): https, no user in the URL, public
/// addresses only, looked at when they are connected to, so that a name cannot change its meaning in between. No
/// redirect is followed. `anywhere` is for networks whose providers are private, and for tests. Threads: any.
class GuardedFetcher final : public Fetcher {
public:
    GuardedFetcher(Client& client, Reach reach) : client_(client), reach_(reach) {}
    Task<ClientResponse> fetch(ClientRequest request) override;

private:
    Client& client_;
    Reach reach_;
};

}  // namespace symbolon::net
