#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <boost/describe/enum.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

BOOST_DEFINE_ENUM_CLASS(IdentityProviderTypeType, Facebook, Google, LoginWithAmazon, OIDC, SAML, SignInWithApple)

using ProviderMap = std::map<std::string, std::string>;

/// Another system whose people may sign in here.
struct IdentityProvider {
    PoolId pool_id;
    std::string name;
    IdentityProviderTypeType type{};
    ProviderMap details;                   ///< complete (provider_rules.hpp); the secret and the private key in clear
    ProviderMap attribute_mapping;         ///< attribute of the pool → claim of the provider
    std::vector<std::string> identifiers;  ///< further names, e.g. mail domains
    ProviderMap acr_mapping;               ///< Level1 … Level4 → acr of the provider
    Instant created{};
    Instant modified{};
};

/// The form in which a provider's name, or one of its identifiers, is unique: two that differ in case alone are one.
std::string provider_key(std::string_view name);

/// Providers of all pools. What they are reached with is sealed. Spec: cognito-api §2.5, §5.10.
class IdentityProviders {
public:
    static constexpr std::size_t most_of_a_pool = 1000;

    IdentityProviders(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// By its name exactly.
    std::optional<IdentityProvider> find(const PoolId& pool, std::string_view name);
    /// Fails: resource_not_found "Identity provider <name> does not exist."
    IdentityProvider get(const PoolId& pool, std::string_view name);
    /// By the key of its name (provider_key).
    std::optional<IdentityProvider> find_by_key(const PoolId& pool, const std::string& key);
    /// By one of its identifiers, without regard to case.
    std::optional<IdentityProvider> find_by_identifier(const PoolId& pool, std::string_view identifier);
    /// Fails: provider_exists (the name, or an identifier), limit_exceeded.
    void create(const IdentityProvider& provider);
    /// Fails: resource_not_found, provider_exists (an identifier).
    void save(const IdentityProvider& provider);
    /// Federated users and linked identities remain. Fails: resource_not_found.
    void erase(const PoolId& pool, std::string_view name);
    /// In order of the key, after the provider of the given name ("" : from the start).
    std::vector<IdentityProvider> list(const PoolId& pool, std::string_view after, int limit);
    /// What a client may name in SupportedIdentityProviders beside COGNITO.
    std::vector<std::string> list_names(const PoolId& pool);

private:
    void claim_identifiers(const IdentityProvider& provider);

    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::directory
