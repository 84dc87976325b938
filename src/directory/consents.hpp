#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// What a person allowed an app.
struct Consent {
    ClientId client_id;
    std::vector<std::string> scopes;
    Instant given{};
};

class Consents {
public:
    explicit Consents(db::Transaction& tx) : tx_(tx) {}

    std::optional<Consent> find(const PoolId& pool, const UserId& user, const ClientId& client);
    /// In the place of what the person allowed that app before.
    void put(const PoolId& pool, const UserId& user, const Consent& consent);
    /// False when there is none.
    bool erase(const PoolId& pool, const UserId& user, const ClientId& client);
    void erase_all_of_user(const PoolId& pool, const UserId& user);
    /// In order of the client, after the given one ("": from the start).
    std::vector<Consent> list(const PoolId& pool, const UserId& user, const std::string& after, int limit);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
