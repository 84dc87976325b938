#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/identifiers.hpp"
#include "directory/pools.hpp"
#include "directory/user_names.hpp"
#include "directory/user_rows.hpp"
#include "directory/users.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view list_after = R"sql(
    SELECT user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa, tokens_from_ms,
           created_ms, modified_ms, version
      FROM users
     WHERE pool_id = $1 AND user_id > $2
     ORDER BY user_id
     LIMIT $3
)sql";

constexpr int batch_of_looking = 500;
constexpr std::size_t most_looked_at = 5000;

constexpr std::array<std::string_view, 6> searchable_attributes{"email",      "phone_number", "name",
                                                                "given_name", "family_name",  "preferred_username"};

bool is_searchable(std::string_view name) {
    return name == "username" || name == "sub" || name == "status" || name == "cognito:user_status" ||
           std::find(searchable_attributes.begin(), searchable_attributes.end(), name) != searchable_attributes.end();
}

/// Attributes that are looked for are compared without regard to case. Spec: cognito-api §4.7.
class Matcher {
public:
    explicit Matcher(const Users::Filter& filter) : filter_(filter), folded_(fold(filter.value)) {}

    bool matches(const User& user) const {
        const std::string& attribute = filter_.attribute;
        if (attribute.empty()) return true;
        if (attribute == "username") return compare(user.username, filter_.value);
        if (attribute == "sub") return compare(user.id.str(), filter_.value);
        if (attribute == "status") return compare(user.enabled ? "Enabled" : "Disabled", filter_.value);
        if (attribute == "cognito:user_status") return compare(fold(to_name(user.status)), folded_);
        const auto found = user.attributes.find(attribute);
        return found != user.attributes.end() && compare(fold(found->second), folded_);
    }

private:
    static std::string fold(std::string_view text) { return canonical_username(text, false); }
    bool compare(std::string_view text, std::string_view wanted) const {
        return filter_.prefix ? text.starts_with(wanted) : text == wanted;
    }

    const Users::Filter& filter_;
    std::string folded_;
};

struct Unique {
    bool applies = false;      ///< the filter names something that one user has at most
    std::optional<User> user;  ///< who has it
};

Unique find_unique(db::Transaction& tx, const Pool& pool, const Users::Filter& filter) {
    if (filter.prefix) return {};
    Users users(tx);
    const std::string& kind = filter.attribute;
    if (kind == "sub" || (kind == "username" && pool.username_is_attribute()))
        return {true, users.find(pool.id, UserId(filter.value))};
    const bool is_name = kind == "username" || (kind == "phone_number" && pool.username_is_phone()) ||
                         // elsewhere addresses of several users may differ in case alone
                         (kind == "email" && pool.username_is_email() && !pool.case_sensitive());
    if (!is_name) return {};
    const auto name = make_name(pool, kind, filter.value);
    const auto owner = name ? UserNames(tx).find_owner(pool.id, *name) : std::nullopt;
    return {true, owner ? users.find(pool.id, *owner) : std::nullopt};
}

}  // namespace

Users::Page Users::list(const Pool& pool, const Filter& filter, const std::optional<UserId>& after, int limit) {
    if (!filter.attribute.empty() && !is_searchable(filter.attribute))
        throw Error(Errc::invalid_parameter, "Invalid search attribute: " + filter.attribute);

    Page page;
    const Matcher matcher(filter);
    UserId position = after.value_or(UserId());
    if (auto unique = find_unique(tx_, pool, filter); unique.applies) {
        const bool follows = unique.user && unique.user->id > position && matcher.matches(*unique.user);
        if (follows) page.users.push_back(std::move(*unique.user));
        return page;
    }

    // Attributes are one JSON text a user, so other filters look at the users one by one.
    const auto wanted = static_cast<std::size_t>(limit);
    const int batch = filter.attribute.empty() ? limit + 1 : batch_of_looking;
    for (std::size_t looked_at = 0; looked_at < most_looked_at;) {
        auto rows = tx_.rows<UserRow>(list_after, pool.id, position, batch);
        for (UserRow& row : rows) {
            User user = to_user(pool.id, std::move(row));
            position = user.id;
            if (!matcher.matches(user)) continue;
            if (page.users.size() == wanted) {
                page.next = page.users.back().id;
                return page;
            }
            page.users.push_back(std::move(user));
        }
        if (rows.size() < static_cast<std::size_t>(batch)) return page;
        looked_at += rows.size();
    }
    page.next = position;
    return page;
}

}  // namespace symbolon::directory
