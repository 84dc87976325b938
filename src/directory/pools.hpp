#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/pool_extensions.hpp"
#include "directory/pool_settings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

struct Pool {
    PoolId id;
    std::string name;
    PoolSettings settings;  ///< wire names; see pool_settings.hpp
    Instant created{};
    Instant modified{};
    std::int64_t version = 0;
    std::string domain;              ///< prefix domain, "" when none
    std::string custom_domain;       ///< "" when none
    PoolExtensions extensions = {};  ///< what the service's API has no word for

    // What the settings mean, said once.
    bool username_is_phone() const;  ///< UsernameAttributes holds phone_number
    bool username_is_email() const;
    bool username_is_attribute() const { return username_is_phone() || username_is_email(); }
    bool is_alias(std::string_view attribute) const;  ///< AliasAttributes holds it
    bool auto_verifies(std::string_view attribute) const;
    bool case_sensitive() const;
    bool mfa_required() const;  ///< MfaConfiguration ON
    bool mfa_possible() const;  ///< ON or OPTIONAL
    bool sms_mfa_configured() const;
};

class Pools {
public:
    explicit Pools(db::Transaction& tx) : tx_(tx) {}
    std::optional<Pool> find(const PoolId& id);
    /// Fails: resource_not_found "User pool <id> does not exist."
    Pool get(const PoolId& id);
    void create(const Pool& pool);
    /// Fails: concurrent_modification when the row has another version.
    void save(const Pool& pool);
    /// Deletes the pool; its users, found by nobody from then on, go in steps (deleted_pools.hpp). Fails:
    /// invalid_parameter while deletion protection is active or a domain is attached.
    void erase(const PoolId& id);
    /// In order of id, after the given one ("" : from the start).
    std::vector<Pool> list(const std::string& after, int limit);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
