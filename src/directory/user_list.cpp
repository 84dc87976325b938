#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/identifiers.hpp"
#include "directory/pools.hpp"
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
     WHERE pool_id = $1 AND (created_ms, user_id) > ($2, $3)
     ORDER BY created_ms, user_id
     LIMIT $4
)sql";

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

}  // namespace

std::vector<User> Users::list(const Pool& pool, const Filter& filter, const std::optional<Position>& after, int limit) {
    if (!filter.attribute.empty() && !is_searchable(filter.attribute))
        throw Error(Errc::invalid_parameter, "Invalid search attribute: " + filter.attribute);

    std::vector<User> found;
    const auto wanted = static_cast<std::size_t>(std::max(limit, 0));
    if (filter.attribute == "sub" && !filter.prefix) {
        auto user = find(pool.id, UserId(filter.value));
        const bool follows =
            user && (!after || std::pair(user->created, user->id.str()) > std::pair(after->created, after->user_id));
        if (follows && wanted > 0) found.push_back(std::move(*user));
        return found;
    }

    // Attributes are one JSON text a user, so a filter reads the pool from the position on, a batch at a time.
    const Matcher matcher(filter);
    const int batch = filter.attribute.empty() ? limit : 500;
    Position position = after.value_or(Position{from_ms(-1), {}});
    while (found.size() < wanted) {
        auto rows = tx_.rows<UserRow>(list_after, pool.id, position.created, position.user_id, batch);
        const bool last = rows.size() < static_cast<std::size_t>(batch);
        for (UserRow& row : rows) {
            position = {row.created_ms, row.user_id};
            User user = to_user(pool.id, std::move(row));
            if (matcher.matches(user)) found.push_back(std::move(user));
            if (found.size() == wanted) return found;
        }
        if (last) break;
    }
    return found;
}

}  // namespace symbolon::directory
