#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/identity_providers.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// Who somebody is at a provider: what its subject is called there, or the value of a mapped attribute.
struct ExternalIdentity {
    static constexpr std::string_view subject = "Cognito_Subject";

    std::string provider;   ///< the provider's name
    std::string attribute;  ///< `subject`, or an attribute of the pool that the provider maps to
    std::string value;      ///< compared byte for byte
};

struct LinkedIdentity {
    std::string provider_key;
    std::string attribute;
    std::string value;
    Instant linked{};
};

/// Identities at providers that sign in as a user of the pool. Spec: cognito-api §4.9.
class LinkedIdentities {
public:
    static constexpr std::size_t most_of_a_user = 5;

    explicit LinkedIdentities(db::Transaction& tx) : tx_(tx) {}

    std::optional<UserId> find_owner(const PoolId& pool, const ExternalIdentity& identity);
    /// Fails: alias_exists (somebody else's), invalid_parameter (already the user's), limit_exceeded.
    void add(const PoolId& pool, const ExternalIdentity& identity, const UserId& user, Instant now);
    /// Whose it was; nothing when it was nobody's.
    std::optional<UserId> remove(const PoolId& pool, const ExternalIdentity& identity);
    /// In order of provider and value.
    std::vector<LinkedIdentity> of_user(const PoolId& pool, const UserId& user);

private:
    db::Transaction& tx_;
};

/// The user name of somebody who signed in with a provider without being linked: `<provider>_<subject>`.
std::string federated_username(std::string_view provider, std::string_view subject);

/// True for the profile of somebody who signs in with a provider alone: made at the first sign-in, named after what the
/// provider calls the person.
bool is_of_provider(const User& user);
/// True when the user signs in with that provider, as a profile of its own or linked to it.
bool has_identity_at(const User& user, std::string_view provider);
/// Writes into the attribute `identities` what the user's identities are now; without any it goes.
void show_identities(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool, User& user);

/// AdminLinkProviderForUser: from now on, who is `source` at its provider signs in as `user`, and the user's attribute
/// `identities` says so. Fails: resource_not_found (provider), invalid_parameter (what the provider does not map, a
/// source that has a profile of its own or is linked already), alias_exists, limit_exceeded.
void link_identity(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool, User user,
                   const ExternalIdentity& source, Instant now);
/// AdminDisableProviderForUser for an identity that is linked. Fails: resource_not_found (provider), user_not_found.
void unlink_identity(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool,
                     const ExternalIdentity& identity, Instant now);
/// AdminDisableProviderForUser for the pool itself: takes the user's password away, so that only providers are left to
/// sign in with.
void disable_local_sign_in(db::Transaction& tx, const Pool& pool, User user, Instant now);

}  // namespace symbolon::directory
