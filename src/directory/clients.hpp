#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/client_settings.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

struct Client {
    PoolId pool_id;
    ClientId id;
    std::string name;
    ClientSettings settings;  ///< wire names; see client_settings.hpp
    ClientSecret secret;      ///< empty: a public client
    Instant created{};
    Instant modified{};

    // What the settings mean, with defaults and units applied, said once.
    bool is_confidential() const { return !secret.empty(); }
    bool allows_flow(std::string_view explicit_auth_flow)
        const;  ///< e.g. "ALLOW_USER_PASSWORD_AUTH"; defaults and legacy names applied
    bool allows_oauth_flow(std::string_view flow) const;  ///< code | implicit | client_credentials
    bool allows_provider(std::string_view name) const;    ///< e.g. "COGNITO"
    bool may_read(std::string_view attribute) const;
    bool may_write(std::string_view attribute) const;
    bool hides_users() const;  ///< PreventUserExistenceErrors ENABLED
    bool revocation_enabled() const;
    std::chrono::seconds access_token_life() const;
    std::chrono::seconds id_token_life() const;
    std::chrono::seconds refresh_token_life() const;
    std::chrono::seconds challenge_life() const;  ///< AuthSessionValidity
};

class Clients {
public:
    Clients(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}
    /// By its id alone: ids are unique over all pools.
    std::optional<Client> find(const ClientId& id);
    /// Fails: resource_not_found "User pool client <id> does not exist." (also when it belongs to another pool).
    Client get(const PoolId& pool, const ClientId& id);
    void create(const Client& client);
    void save(const Client& client);
    void erase(const PoolId& pool, const ClientId& id);
    std::vector<Client> list(const PoolId& pool, const std::string& after, int limit);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
