#include "directory/linked_identities.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/identifiers.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_link = R"sql(
    SELECT user_id FROM linked_identities WHERE pool_id = $1 AND name_key = $2 AND attribute = $3 AND value = $4
)sql";

constexpr std::string_view list_links = R"sql(
    SELECT name_key, attribute, value, linked_ms
      FROM identities_of_users
     WHERE pool_id = $1 AND user_id = $2
     ORDER BY name_key, attribute, value
     LIMIT 100
)sql";

constexpr std::string_view insert_link = R"sql(
    INSERT INTO linked_identities (pool_id, name_key, attribute, value, user_id) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view insert_link_of_user = R"sql(
    INSERT INTO identities_of_users (pool_id, user_id, name_key, attribute, value, linked_ms)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view delete_link = R"sql(
    DELETE FROM linked_identities WHERE pool_id = $1 AND name_key = $2 AND attribute = $3 AND value = $4
)sql";
constexpr std::string_view delete_link_of_user = R"sql(
    DELETE FROM identities_of_users
     WHERE pool_id = $1 AND user_id = $2 AND name_key = $3 AND attribute = $4 AND value = $5
)sql";

// A key of an index holds a few of these and must stay below what an engine can index (PostgreSQL: 2,700 bytes).
constexpr std::size_t longest_value = 1024;

struct OwnerRow {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (user_id))

struct LinkRow {
    std::string name_key;
    std::string attribute;
    std::string value;
    Instant linked_ms{};
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (name_key, attribute, value, linked_ms))

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

bool is_by_subject(const ExternalIdentity& identity) {
    return identity.attribute == ExternalIdentity::subject;
}

void check_source(const IdentityProvider& provider, const ExternalIdentity& source) {
    if (source.value.empty() || source.value.size() > longest_value)
        refuse("ProviderAttributeValue must have 1 to 1024 characters.");
    if (is_by_subject(source)) return;
    const bool is_social =
        provider.type != IdentityProviderTypeType::OIDC && provider.type != IdentityProviderTypeType::SAML;
    if (is_social) refuse("ProviderAttributeName must be Cognito_Subject for a social identity provider.");
    if (!provider.attribute_mapping.contains(source.attribute))
        refuse("ProviderAttributeName must be Cognito_Subject or an attribute that the identity provider maps to.");
}

/// The element of `identities` for one link (oauth-and-hosted-ui.md §2.6).
boost::json::object describe(const LinkedIdentity& link, const std::optional<IdentityProvider>& provider,
                             const User& user, bool case_sensitive) {
    const auto name = provider ? provider->name : link.provider_key;
    const auto own = canonical_username(federated_username(name, link.value), case_sensitive);
    boost::json::object one{{"userId", link.value},
                            {"providerName", name},
                            {"providerType", provider ? to_name(provider->type) : std::string_view{}},
                            {"issuer", nullptr},
                            {"primary", link.attribute == ExternalIdentity::subject &&
                                            own == canonical_username(user.username, case_sensitive)},
                            {"dateCreated", to_ms(link.linked)}};
    if (provider && provider->type == IdentityProviderTypeType::OIDC)
        if (const auto issuer = provider->details.find("oidc_issuer"); issuer != provider->details.end())
            one["issuer"] = issuer->second;
    return one;
}

/// The elements of the attribute `identities`; none when it is not there, or not ours.
boost::json::array identities_of(const User& user) {
    const auto found = user.attributes.find("identities");
    if (found == user.attributes.end()) return {};
    boost::system::error_code failure;
    auto value = boost::json::parse(found->second, failure);
    return !failure && value.is_array() ? std::move(value.get_array()) : boost::json::array{};
}

bool says(const boost::json::value& identity, std::string_view member, const boost::json::value& value) {
    const auto* found = identity.is_object() ? identity.get_object().if_contains(member) : nullptr;
    return found && *found == value;
}

void save_identities(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool, User user, Instant now) {
    show_identities(tx, sealer, pool, user);
    user.modified = now;
    Users(tx).save(pool, user);
}

}  // namespace

std::optional<UserId> LinkedIdentities::find_owner(const PoolId& pool, const ExternalIdentity& identity) {
    const auto row =
        tx_.row<OwnerRow>(find_link, pool, provider_key(identity.provider), identity.attribute, identity.value);
    if (!row) return std::nullopt;
    return row->user_id;
}

void LinkedIdentities::add(const PoolId& pool, const ExternalIdentity& identity, const UserId& user, Instant now) {
    const auto key = provider_key(identity.provider);
    if (tx_.execute(insert_link, pool, key, identity.attribute, identity.value, user) != 1) {
        if (find_owner(pool, identity) == user) refuse("SourceUser is already linked to DestinationUser");
        throw Error(Errc::alias_exists, "SourceUser is already linked to another user.");
    }
    tx_.execute(insert_link_of_user, pool, user, key, identity.attribute, identity.value, now);
    if (of_user(pool, user).size() > most_of_a_user)
        throw Error(Errc::limit_exceeded, "A user can have at most 5 linked identities.");
}

std::optional<UserId> LinkedIdentities::remove(const PoolId& pool, const ExternalIdentity& identity) {
    const auto owner = find_owner(pool, identity);
    if (!owner) return std::nullopt;
    const auto key = provider_key(identity.provider);
    tx_.execute(delete_link, pool, key, identity.attribute, identity.value);
    tx_.execute(delete_link_of_user, pool, *owner, key, identity.attribute, identity.value);
    return owner;
}

std::vector<LinkedIdentity> LinkedIdentities::of_user(const PoolId& pool, const UserId& user) {
    std::vector<LinkedIdentity> links;
    for (LinkRow& row : tx_.rows<LinkRow>(list_links, pool, user))
        links.push_back({std::move(row.name_key), std::move(row.attribute), std::move(row.value), row.linked_ms});
    return links;
}

std::string federated_username(std::string_view provider, std::string_view subject) {
    return std::string(provider) + "_" + std::string(subject);
}

bool is_of_provider(const User& user) {
    if (user.status != UserStatus::EXTERNAL_PROVIDER) return false;
    const auto all = identities_of(user);
    return std::any_of(all.begin(), all.end(), [](const auto& one) { return says(one, "primary", true); });
}

bool has_identity_at(const User& user, std::string_view provider) {
    const auto all = identities_of(user);
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& one) { return says(one, "providerName", boost::json::value(provider)); });
}

void show_identities(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool, User& user) {
    IdentityProviders providers(tx, sealer);
    boost::json::array all;
    for (const LinkedIdentity& link : LinkedIdentities(tx).of_user(pool.id, user.id))
        all.push_back(describe(link, providers.find_by_key(pool.id, link.provider_key), user, pool.case_sensitive()));
    if (all.empty())
        user.attributes.erase("identities");
    else
        user.attributes["identities"] = boost::json::serialize(all);
}

void link_identity(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool, User user,
                   const ExternalIdentity& source, Instant now) {
    const auto provider = IdentityProviders(tx, sealer).get(pool.id, source.provider);
    check_source(provider, source);
    std::optional<User> profile;
    if (is_by_subject(source)) profile = Users(tx).find_by_login(pool, federated_username(provider.name, source.value));
    // Its own profile, which was unlinked, may be linked again: the person could not come back otherwise.
    if (profile && profile->id != user.id)
        refuse("Merging is not currently supported, provide a SourceUser that has not been signed up in order to link");
    LinkedIdentities(tx).add(pool.id, source, user.id, now);
    save_identities(tx, sealer, pool, std::move(user), now);
}

void unlink_identity(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool,
                     const ExternalIdentity& identity, Instant now) {
    IdentityProviders(tx, sealer).get(pool.id, identity.provider);
    const auto owner = LinkedIdentities(tx).remove(pool.id, identity);
    auto user = owner ? Users(tx).find(pool.id, *owner) : std::nullopt;
    if (!user) throw Error(Errc::user_not_found, "User does not exist.");
    save_identities(tx, sealer, pool, std::move(*user), now);
}

void disable_local_sign_in(db::Transaction& tx, const Pool& pool, User user, Instant now) {
    user.password_hash.clear();
    user.password_expires.reset();
    user.status = UserStatus::EXTERNAL_PROVIDER;
    user.modified = now;
    Users(tx).save(pool, user);
}

}  // namespace symbolon::directory
