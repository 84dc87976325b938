#include "directory/user_rows.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/stored.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::directory {

std::string attributes_to_stored(const Attributes& attributes) {
    boost::json::object object;
    for (const auto& [name, value] : attributes) object.emplace(name, value);
    return boost::json::serialize(object);
}

Attributes attributes_from_stored(std::string_view text) {
    Attributes attributes;
    for (const auto& [name, value] : parse_stored(text, "users.attributes")) {
        if (!value.is_string()) throw Error(Errc::internal, {}, "users.attributes: a value is not a text");
        attributes.emplace(name, std::string_view(value.get_string()));
    }
    return attributes;
}

std::string status_to_stored(UserStatus status) {
    return std::string(to_name(status));
}

User to_user(const PoolId& pool, UserRow row) {
    const auto status = parse_choice<UserStatus>(row.status);
    if (!status) throw Error(Errc::internal, {}, "users.status: unknown status");
    User user;
    user.pool_id = pool;
    user.id = UserId(std::move(row.user_id));
    user.username = std::move(row.username);
    user.status = *status;
    user.enabled = row.enabled;
    user.attributes = attributes_from_stored(row.attributes);
    user.password_hash = std::move(row.password_hash);
    user.password_expires = row.password_expires_ms;
    user.mfa = from_stored<MfaPreference>(row.mfa, "users.mfa");
    user.tokens_from = row.tokens_from_ms;
    user.created = row.created_ms;
    user.modified = row.modified_ms;
    user.version = row.version;
    return user;
}

}  // namespace symbolon::directory
