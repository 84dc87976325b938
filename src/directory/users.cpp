#include "directory/users.hpp"

#include "base/error.hpp"
#include "directory/identifiers.hpp"
#include "directory/logout_notices.hpp"
#include "directory/pools.hpp"
#include "directory/stored.hpp"
#include "directory/user_names.hpp"
#include "directory/user_rows.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_by_id = R"sql(
    SELECT user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa, tokens_from_ms,
           created_ms, modified_ms, version
      FROM users
     WHERE pool_id = $1 AND user_id = $2
)sql";

constexpr std::string_view find_by_name = R"sql(
    SELECT u.user_id AS user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
           tokens_from_ms, created_ms, modified_ms, version
      FROM user_names n JOIN users u ON u.pool_id = n.pool_id AND u.user_id = n.user_id
     WHERE n.pool_id = $1 AND n.kind = $2 AND n.name = $3
)sql";

constexpr std::string_view insert_user = R"sql(
    INSERT INTO users (pool_id, user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
                       tokens_from_ms, created_ms, modified_ms, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_user = R"sql(
    UPDATE users
       SET username = $4, status = $5, enabled = $6, attributes = $7, password_hash = $8, password_expires_ms = $9,
           mfa = $10, tokens_from_ms = $11, modified_ms = $12, version = version + 1
     WHERE pool_id = $1 AND user_id = $2 AND version = $3
)sql";

constexpr std::string_view update_attributes = R"sql(
    UPDATE users SET attributes = $3, version = version + 1 WHERE pool_id = $1 AND user_id = $2
)sql";

constexpr std::string_view void_tokens = R"sql(
    UPDATE users SET tokens_from_ms = $3, version = version + 1 WHERE pool_id = $1 AND user_id = $2
)sql";

constexpr std::string_view revoke_grants = R"sql(
    UPDATE grants SET revoked = TRUE WHERE pool_id = $1 AND user_id = $2 AND NOT revoked
)sql";

// What dies with a user. Its authorization codes live for minutes and lead to no user.
constexpr std::string_view delete_user = "DELETE FROM users WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_memberships = R"sql(
    DELETE FROM group_members WHERE pool_id = $1 AND user_id = $2 AND group_id IN
           (SELECT group_id FROM groups_of_users WHERE pool_id = $1 AND user_id = $2)
)sql";
constexpr std::string_view delete_groups = "DELETE FROM groups_of_users WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_links = R"sql(
    DELETE FROM linked_identities WHERE pool_id = $1 AND (name_key, attribute, value) IN
           (SELECT name_key, attribute, value FROM identities_of_users WHERE pool_id = $1 AND user_id = $2)
)sql";
constexpr std::string_view delete_identities = "DELETE FROM identities_of_users WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_codes = "DELETE FROM one_time_codes WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_sessions = "DELETE FROM browser_sessions WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_consents = "DELETE FROM consents WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_srp_verifier = "DELETE FROM srp_verifiers WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_grants = "DELETE FROM grants WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_auth_events = "DELETE FROM auth_events WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_software_tokens = "DELETE FROM software_tokens WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_password_history = "DELETE FROM password_history WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_devices = "DELETE FROM devices WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_passkeys = "DELETE FROM web_authn_credentials WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_passkey_challenges =
    "DELETE FROM web_authn_challenges WHERE pool_id = $1 AND user_id = $2";
constexpr std::string_view delete_pending_attributes =
    "DELETE FROM pending_attributes WHERE pool_id = $1 AND user_id = $2";

[[noreturn]] void throw_taken(const Pool& pool, const UserName& name, bool is_new) {
    if (name.kind == "username") throw Error(Errc::username_exists, "User already exists");
    const std::string given = "An account with the given " + name.kind + " already exists.";
    const bool is_login =
        (name.kind == "phone_number" && pool.username_is_phone()) || (name.kind == "email" && pool.username_is_email());
    if (!is_login) throw Error(Errc::alias_exists, "An account with the " + name.kind + " already exists.");
    throw Error(is_new ? Errc::username_exists : Errc::alias_exists, given);
}

/// Takes an alias from its owner, whose attribute becomes unverified. A user name, also one that is a phone number or
/// an e-mail, is never taken.
bool take_alias(db::Transaction& tx, const Pool& pool, const UserName& name) {
    if (!pool.is_alias(name.kind)) return false;
    auto row = tx.row<UserRow>(find_by_name, pool.id, name.kind, name.name);
    if (!row) return false;
    User former = to_user(pool.id, std::move(*row));
    if (name.kind == "preferred_username")
        former.attributes.erase(name.kind);
    else
        former.attributes[name.kind + "_verified"] = "false";
    tx.execute(update_attributes, pool.id, former.id, attributes_to_stored(former.attributes));
    UserNames(tx).erase(pool.id, name, former.id);
    return true;
}

void claim(db::Transaction& tx, const Pool& pool, const UserId& user, const UserName& name, bool force_alias,
           bool is_new) {
    UserNames names(tx);
    if (names.insert(pool.id, name, user)) return;
    if (!force_alias || !take_alias(tx, pool, name)) throw_taken(pool, name, is_new);
    names.insert(pool.id, name, user);
}

}  // namespace

bool MfaPreference::has(MfaFactor factor) const {
    return std::find(enabled.begin(), enabled.end(), factor) != enabled.end();
}

std::string User::attribute(std::string_view name) const {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

bool User::is_verified(std::string_view name) const {
    return attribute(std::string(name) + "_verified") == "true";
}

std::optional<User> Users::find(const PoolId& pool, const UserId& id) {
    auto row = tx_.row<UserRow>(find_by_id, pool, id);
    if (!row) return std::nullopt;
    return to_user(pool, std::move(*row));
}

std::optional<User> Users::find_by_login(const Pool& pool, std::string_view login) {
    const auto names = candidates(pool, login);
    const auto by_name = [&](const UserName& name) {
        return tx_.row<UserRow>(find_by_name, pool.id, name.kind, name.name);
    };

    // The user name, then the sub, then the aliases. No sub is a phone number.
    auto next = names.begin();
    std::optional<UserRow> row;
    if (next != names.end() && next->kind == "username") row = by_name(*next++);
    if (!row && !is_e164(login)) row = tx_.row<UserRow>(find_by_id, pool.id, login);
    for (; !row && next != names.end(); ++next) row = by_name(*next);
    if (!row) return std::nullopt;
    return to_user(pool.id, std::move(*row));
}

User Users::get_by_login(const Pool& pool, std::string_view login) {
    auto user = find_by_login(pool, login);
    if (!user) throw Error(Errc::user_not_found, "User does not exist.");
    return std::move(*user);
}

void Users::create(const Pool& pool, const User& user, bool force_alias) {
    const auto names = names_of(pool, user);
    if (names.empty()) throw Error(Errc::invalid_parameter, "The user has no name to sign in with.");
    for (const UserName& name : names) claim(tx_, pool, user.id, name, force_alias, true);
    insert(user);
}

void Users::check_free(const Pool& pool, const User& user, bool force_alias) {
    UserNames names(tx_);
    for (const UserName& name : names_of(pool, user)) {
        const auto owner = names.find_owner(pool.id, name);
        const bool may_be_taken = force_alias && pool.is_alias(name.kind);
        if (owner && *owner != user.id && !may_be_taken) throw_taken(pool, name, !find(pool.id, user.id));
    }
}

std::string Users::create_if_free(const Pool& pool, const User& user) {
    const auto names = names_of(pool, user);
    UserNames rows(tx_);
    for (auto name = names.begin(); name != names.end(); ++name) {
        if (rows.insert(pool.id, *name, user.id)) continue;
        for (auto former = names.begin(); former != name; ++former) rows.erase(pool.id, *former, user.id);
        return name->kind;
    }
    insert(user);
    return {};
}

void Users::insert(const User& user) {
    insert_all(std::span(&user, 1));
}

void Users::insert_all(std::span<const User> users) {
    const auto to_row = [](const User& user) {
        return std::tuple(std::string_view(user.pool_id.str()), std::string_view(user.id.str()),
                          std::string_view(user.username), status_to_stored(user.status), user.enabled,
                          attributes_to_stored(user.attributes), std::string_view(user.password_hash),
                          user.password_expires, to_stored(user.mfa), user.tokens_from, user.created, user.modified,
                          user.version);
    };
    for (const auto inserted : tx_.execute_each(insert_user, users, to_row))
        if (inserted != 1) throw Error(Errc::internal, {}, "users: this sub is in use");
}

void Users::save(const Pool& pool, const User& user, bool force_alias) {
    const auto stored = find(pool.id, user.id);
    if (!stored) throw Error(Errc::user_not_found, "User does not exist.");
    const auto updated =
        tx_.execute(update_user, pool.id, user.id, user.version, user.username, status_to_stored(user.status),
                    user.enabled, attributes_to_stored(user.attributes), user.password_hash, user.password_expires,
                    to_stored(user.mfa), user.tokens_from, user.modified);
    if (updated != 1) throw Error(Errc::concurrent_modification, "The user was changed by another request. Try again.");

    const auto former = names_of(pool, *stored);
    const auto current = names_of(pool, user);
    const auto holds = [](const std::vector<UserName>& names, const UserName& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const UserName& name : former)
        if (!holds(current, name)) UserNames(tx_).erase(pool.id, name, user.id);
    for (const UserName& name : current)
        if (!holds(former, name)) claim(tx_, pool, user.id, name, force_alias, false);
}

void Users::erase(const Pool& pool, const UserId& id) {
    const auto user = find(pool.id, id);
    if (!user) return;
    for (const UserName& name : names_of(pool, *user)) UserNames(tx_).erase(pool.id, name, id);
    for (const std::string_view statement :
         {delete_codes, delete_srp_verifier, delete_sessions, delete_consents, delete_grants, delete_auth_events,
          delete_software_tokens, delete_devices, delete_passkeys, delete_passkey_challenges, delete_password_history,
          delete_pending_attributes, delete_memberships, delete_groups, delete_links, delete_identities, delete_user})
        tx_.execute(statement, pool.id, id);
}

void Users::sign_out_everywhere(const PoolId& pool, const UserId& id, Instant now) {
    LogoutNotices(tx_).note_end_of_all(pool, id, now);
    tx_.execute(void_tokens, pool, id, now);
    tx_.execute(revoke_grants, pool, id);
    tx_.execute(delete_sessions, pool, id);
}

}  // namespace symbolon::directory
