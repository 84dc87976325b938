#include "directory/new_user.hpp"

#include "base/error.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/pool_rules.hpp"

#include <utility>

namespace symbolon::directory {

User check_new_user(const Pool& pool, std::string_view username, const Attributes& given) {
    const auto& settings = pool.settings;
    auto name = check_new_username(settings, username);
    Attributes wanted = given;
    if (!name.attribute.empty()) wanted.try_emplace(name.attribute, name.username);
    auto attributes = check_attributes(settings, wanted);
    check_verified_flags(wanted);
    std::erase_if(attributes, [](const auto& attribute) { return attribute.second.empty(); });
    if (!name.attribute.empty() && attributes[name.attribute] != name.username)
        throw Error{Errc::invalid_parameter,
                    "Attributes did not conform to the schema: " + name.attribute + ": differs from the user name"};
    User user;
    user.pool_id = pool.id;
    if (name.attribute.empty()) user.username = std::move(name.username);
    user.attributes = std::move(attributes);
    return user;
}

}  // namespace symbolon::directory
