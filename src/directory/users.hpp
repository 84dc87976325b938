#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

struct Pool;

BOOST_DEFINE_ENUM_CLASS(UserStatus, UNCONFIRMED, CONFIRMED, ARCHIVED, COMPROMISED, UNKNOWN, RESET_REQUIRED,
                        FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER)

BOOST_DEFINE_ENUM_CLASS(MfaFactor, SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP, WEB_AUTHN)

/// The second factors that a user turned on (SetUserMFAPreference), and the one that is asked for first.
struct MfaPreference {
    std::vector<MfaFactor> enabled;
    std::optional<MfaFactor> preferred;
    std::optional<bool> by_settings = {};  ///< SMS_MFA was turned on by (Admin)SetUserSettings: shown as MFAOptions

    bool has(MfaFactor factor) const;
};
BOOST_DESCRIBE_STRUCT(MfaPreference, (), (enabled, preferred, by_settings))

using Attributes = std::map<std::string, std::string, std::less<>>;  ///< name → value, without `sub`

struct User {
    PoolId pool_id;
    UserId id;             ///< the `sub`
    std::string username;  ///< as the API shows it; equals `sub` in pools with UsernameAttributes
    UserStatus status = UserStatus::UNCONFIRMED;
    bool enabled = true;
    Attributes attributes;
    std::string password_hash;  ///< ours (PHC string, Argon2id) or what another system left; empty: none
    std::optional<Instant> password_expires;
    MfaPreference mfa;
    Instant tokens_from{};  ///< sign-ins before this moment are void
    Instant created{};
    Instant modified{};
    std::int64_t version = 0;

    std::string attribute(std::string_view name) const;  ///< "" when absent
    bool is_verified(std::string_view attribute) const;  ///< `<attribute>_verified` == "true"
};

/// Users of all pools, over one transaction. Names (username, phone number, e-mail, preferred user name) are rows of
/// their own in canonical form, so they are unique by construction; which attributes are names is the pool's setting.
class Users {
public:
    explicit Users(db::Transaction& tx) : tx_(tx) {}

    std::optional<User> find(const PoolId& pool, const UserId& id);
    /// By what an API caller may give: exact user name, then sub, then active aliases (cognito-api.md §4.1).
    std::optional<User> find_by_login(const Pool& pool, std::string_view login);
    /// As find_by_login. Fails: user_not_found "User does not exist."
    User get_by_login(const Pool& pool, std::string_view login);

    /// Inserts a user with its names; an alias that is verified at once is claimed as save() does.
    /// Fails: username_exists (user name, or a phone number / e-mail that is a user name), alias_exists; in the words
    /// of cognito-api.md §3.2.
    void create(const Pool& pool, const User& user, bool force_alias = false);
    /// Fails as create() would, or save() for a user who is there, where a name is somebody else's; writes nothing. For
    /// who is to be told before something that takes its time.
    void check_free(const Pool& pool, const User& user, bool force_alias = false);
    /// Inserts a user with its names if all of them are free, and nothing if one is not. Returns the kind of that name;
    /// "" when the user was inserted.
    std::string create_if_free(const Pool& pool, const User& user);
    /// Saves every column if the row still has `user.version`, and claims or releases names that changed. An attribute
    /// that is an alias becomes a name once it is verified. `force_alias` takes the alias from its former owner, whose
    /// attribute becomes unverified. The stored version grows by one; `user` keeps its own, so it cannot be saved
    /// twice. Fails: alias_exists, concurrent_modification, user_not_found.
    void save(const Pool& pool, const User& user, bool force_alias = false);
    /// Inserts the row of a user alone, for whoever brings its names later (see transfer/import_pool). Fails: internal
    /// when the sub is in use.
    void insert(const User& user);
    /// The same for many.
    void insert_all(std::span<const User> users);
    /// Replaces the password's hash by another of the same password, if it still is the one that `user` has. The stored
    /// version grows by one. Returns false when it was replaced meanwhile.
    bool renew_password(const User& user, std::string_view renewed);
    /// Deletes the user, its names, codes, sessions and grants.
    void erase(const Pool& pool, const UserId& id);
    /// Voids every token and browser session that began before `now` (global sign-out), and notes it for apps that want
    /// to hear (logout_notices.hpp). The stored version grows by one.
    void sign_out_everywhere(const PoolId& pool, const UserId& id, Instant now);

    struct Filter {
        std::string attribute;  ///< "" : all. Else one of cognito-api.md §4.7
        bool prefix = false;
        std::string value;
    };
    struct Page {
        std::vector<User> users;
        std::optional<UserId> next;  ///< from here on there may be more; nothing: that was all
    };
    /// Up to `limit` users in order of the sub, after that of `after`. A filter that has to look at users one by one
    /// looks at 5,000 of them at most: then a page holds fewer, or none, though there are more.
    /// Fails: invalid_parameter "Invalid search attribute: <name>".
    Page list(const Pool& pool, const Filter& filter, const std::optional<UserId>& after, int limit);
    /// How many users the pool has: exactly up to 1,024, above that an estimate (off by 3 % as a rule) that reads no
    /// more of them than that.
    std::int64_t count(const PoolId& pool);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
