#include "directory/user_names.hpp"

#include "directory/identifiers.hpp"
#include "directory/linked_identities.hpp"

#include <boost/describe/class.hpp>

#include <array>
#include <tuple>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_name = R"sql(
    INSERT INTO user_names (pool_id, kind, name, user_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view find_name = R"sql(
    SELECT user_id FROM user_names WHERE pool_id = $1 AND kind = $2 AND name = $3
)sql";

constexpr std::string_view delete_name = R"sql(
    DELETE FROM user_names WHERE pool_id = $1 AND kind = $2 AND name = $3 AND user_id = $4
)sql";

struct OwnerRow {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (user_id))

constexpr std::array<std::string_view, 3> attribute_kinds{"phone_number", "email", "preferred_username"};

bool is_username_attribute(const Pool& pool, std::string_view kind) {
    return (kind == "phone_number" && pool.username_is_phone()) || (kind == "email" && pool.username_is_email());
}

bool is_active(const Pool& pool, const User& user, std::string_view kind) {
    if (is_username_attribute(pool, kind)) return true;
    if (!pool.is_alias(kind)) return false;
    if (kind == "preferred_username") return user.status != UserStatus::UNCONFIRMED;
    return user.is_verified(kind);
}

}  // namespace

std::optional<UserName> make_name(const Pool& pool, std::string_view kind, std::string_view text) {
    std::optional<std::string> name;
    if (kind == "phone_number") {
        name = canonical_phone_number(text);
    } else if (kind == "email") {
        if (const auto email = parse_email(text)) name = canonical_username(*email, pool.case_sensitive());
    } else {
        name = canonical_username(text, pool.case_sensitive());
    }
    if (!name || name->empty()) return std::nullopt;
    return UserName{.kind = std::string(kind), .name = std::move(*name)};
}

std::vector<UserName> names_of(const Pool& pool, const User& user) {
    std::vector<UserName> names;
    const bool of_provider = is_of_provider(user);
    if (of_provider || !pool.username_is_attribute())
        if (auto name = make_name(pool, "username", user.username)) names.push_back(std::move(*name));
    // What a provider says of its people is no name here: nobody's address can be taken, or kept from its owner, by it.
    if (of_provider) return names;
    for (const std::string_view kind : attribute_kinds) {
        if (!is_active(pool, user, kind)) continue;
        if (auto name = make_name(pool, kind, user.attribute(kind))) names.push_back(std::move(*name));
    }
    return names;
}

std::string login_of(const Pool& pool, const User& user) {
    for (const std::string_view kind : attribute_kinds) {
        if (!is_username_attribute(pool, kind)) continue;
        if (auto value = user.attribute(kind); !value.empty()) return value;
    }
    return user.username;
}

bool UserNames::insert(const PoolId& pool, const UserName& name, const UserId& user) {
    return tx_.execute(insert_name, pool, name.kind, name.name, user) == 1;
}

std::vector<OwnedName> UserNames::insert_all(const PoolId& pool, const std::vector<OwnedName>& names) {
    const auto to_row = [&](const OwnedName& name) {
        return std::tuple(std::string_view(pool.str()), std::string_view(name.name.kind),
                          std::string_view(name.name.name), std::string_view(name.owner.str()));
    };
    const auto inserted = tx_.execute_each(insert_name, names, to_row);
    std::vector<OwnedName> taken;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (inserted[i] != 1) taken.push_back(names[i]);
    return taken;
}

std::optional<UserId> UserNames::find_owner(const PoolId& pool, const UserName& name) {
    auto row = tx_.row<OwnerRow>(find_name, pool, name.kind, name.name);
    if (!row) return std::nullopt;
    return std::move(row->user_id);
}

void UserNames::erase(const PoolId& pool, const UserName& name, const UserId& user) {
    tx_.execute(delete_name, pool, name.kind, name.name, user);
}

std::vector<UserName> candidates(const Pool& pool, std::string_view login) {
    std::vector<UserName> names;
    if (!pool.username_is_attribute())
        if (auto name = make_name(pool, "username", login)) names.push_back(std::move(*name));
    for (const std::string_view kind : attribute_kinds) {
        if (!is_username_attribute(pool, kind) && !pool.is_alias(kind)) continue;
        if (auto name = make_name(pool, kind, login)) names.push_back(std::move(*name));
    }
    // Where user names are attributes, people of providers alone have another one: `<provider>_<subject>`.
    if (pool.username_is_attribute() && login.find('_') != std::string_view::npos)
        if (auto name = make_name(pool, "username", login)) names.push_back(std::move(*name));
    return names;
}

}  // namespace symbolon::directory
