#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/client_extensions.hpp"
#include "directory/client_settings.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// A secret beside the one that the client was made with.
struct AddedSecret {
    std::string id;
    ClientSecret secret;
    Instant created{};
};

struct Client {
    static constexpr std::size_t most_secrets = 2;

    PoolId pool_id;
    ClientId id;
    std::string name;
    ClientSettings settings;  ///< wire names; see client_settings.hpp
    ClientSecret secret;      ///< the one that it was made with; empty: a public client, or it was deleted since
    Instant created{};
    Instant modified{};
    std::vector<AddedSecret> added_secrets = {};                 ///< the oldest first
    std::optional<ClientSSOSessionConfigType> sso_session = {};  ///< nothing: the default
    ClientTypeType type = ClientTypeType::REGULAR;
    ClientExtensions extensions = {};  ///< what the service's API has no word for; see client_extensions.hpp

    /// Whether what remembers a client by its id and the time when it was made (nothing: not said) is this one's. A
    /// client that is deleted and made again under the same id is another, and inherits no codes, tokens or sessions.
    bool owns(const ClientId& client, std::optional<std::int64_t> made_ms) const {
        return client == id && (!made_ms || *made_ms == to_ms(created));
    }

    // What the settings mean, with defaults and units applied, said once.
    bool is_confidential() const { return !secret.empty() || !added_secrets.empty(); }
    /// True when `accepts` is true of one of the secrets. Every secret is tried, whichever it is: the time does not
    /// tell.
    bool any_secret(const std::function<bool(std::string_view secret)>& accepts) const;
    bool has_secret(std::string_view given) const;  ///< compares in constant time; "" is none
    std::string_view oldest_secret() const;         ///< what describe shows; "" for a public client
    bool allows_flow(std::string_view explicit_auth_flow)
        const;  ///< e.g. "ALLOW_USER_PASSWORD_AUTH"; defaults and legacy names applied
    bool allows_oauth_flow(std::string_view flow) const;  ///< code | implicit | client_credentials
    bool allows_provider(std::string_view name) const;    ///< e.g. "COGNITO"
    bool may_read(std::string_view attribute) const;
    bool may_write(std::string_view attribute) const;
    bool hides_users() const;  ///< PreventUserExistenceErrors ENABLED
    /// It is believed what it says of its users' addresses: EnablePropagateAdditionalUserContextData, and a secret
    /// that it proves.
    bool tells_addresses() const;
    bool revocation_enabled() const;
    std::chrono::seconds access_token_life() const;
    std::chrono::seconds id_token_life() const;
    std::chrono::seconds refresh_token_life() const;
    std::chrono::seconds challenge_life() const;  ///< AuthSessionValidity
};

/// What a client is set to beyond the service's API, without its secrets. Nothing when the pool has no such client.
std::optional<ClientExtensions> find_client_extensions(db::Transaction& tx, const PoolId& pool, const ClientId& id);

/// The name of the secret that a client was made with: `<client id>--<seconds since 1970>`.
std::string secret_id_of(const ClientId& client, Instant created);

class Clients {
public:
    static constexpr std::size_t most_of_a_pool = 10'000;

    Clients(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}
    /// By its id alone: ids are unique over all pools.
    std::optional<Client> find(const ClientId& id);
    /// Fails: resource_not_found "User pool client <id> does not exist." (also when it belongs to another pool).
    Client get(const PoolId& pool, const ClientId& id);
    /// Fails: limit_exceeded (too many clients in the pool).
    void create(const Client& client);
    /// All but the secrets that were added. Fails: resource_not_found.
    void save(const Client& client);
    void erase(const PoolId& pool, const ClientId& id);
    std::vector<Client> list(const PoolId& pool, const std::string& after, int limit);

    /// Adds a secret. Fails: limit_exceeded (it has two), invalid_parameter (a public client, or it has that secret).
    AddedSecret add_secret(const Client& client, ClientSecret secret, Instant now);
    /// Removes one of two. Fails: resource_not_found (no such secret), invalid_parameter (the last one).
    void erase_secret(const Client& client, std::string_view secret_id);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
