#pragma once

#include "db/transaction.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// A row of `user_names`: something that a user can be found by, in canonical form.
struct UserName {
    std::string kind;  ///< username | phone_number | email | preferred_username
    std::string name;

    friend auto operator<=>(const UserName&, const UserName&) = default;
};

/// The canonical name of that kind for what was typed; nothing when the text cannot be one.
std::optional<UserName> make_name(const Pool& pool, std::string_view kind, std::string_view text);

/// The names that the user has now. In a pool whose user names are phone numbers or e-mail addresses these are names
/// from the beginning and `username` is the sub; an alias is a name once it is verified, a preferred user name once the
/// user is confirmed. Spec: cognito-api §4.1.
std::vector<UserName> names_of(const Pool& pool, const User& user);

/// What the person knows that one signs in with: the phone number or e-mail address where these are user names, else
/// the user name.
std::string login_of(const Pool& pool, const User& user);

struct OwnedName {
    UserName name;
    UserId owner;
};

/// The rows, over one transaction.
class UserNames {
public:
    explicit UserNames(db::Transaction& tx) : tx_(tx) {}

    /// False when somebody has the name.
    bool insert(const PoolId& pool, const UserName& name, const UserId& user);
    /// The same for many; returns those that somebody has.
    std::vector<OwnedName> insert_all(const PoolId& pool, const std::vector<OwnedName>& names);
    std::optional<UserId> find_owner(const PoolId& pool, const UserName& name);
    /// Nothing happens when the name is not that user's.
    void erase(const PoolId& pool, const UserName& name, const UserId& user);

private:
    db::Transaction& tx_;
};

/// What a login may be, in the order in which it is looked up.
std::vector<UserName> candidates(const Pool& pool, std::string_view login);

}  // namespace symbolon::directory
