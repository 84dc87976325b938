#include "signin/attribute_plan.hpp"

#include "directory/attribute_rules.hpp"

#include <string>

namespace symbolon::signin {
namespace {

std::string flag_of(const std::string& contact) {
    return contact + "_verified";
}

bool is_flag(std::string_view name) {
    return name == "phone_number_verified" || name == "email_verified";
}

bool is_given_as_verified(const directory::Attributes& given, const std::string& contact) {
    const auto flag = given.find(flag_of(contact));
    return flag != given.end() && flag->second == "true";
}

void change_contact(AttributePlan& plan, const directory::Pool& pool, const directory::Attributes& given,
                    const std::string& contact, const std::string& value) {
    auto& attributes = plan.user.attributes;
    plan.pending[contact].clear();  // a newer update takes the place of the pending one, also when it changes nothing
    if (value.empty()) {
        attributes.erase(contact);
        attributes.erase(flag_of(contact));
        return;
    }
    if (is_given_as_verified(given, contact)) {
        attributes[contact] = value;
        attributes[flag_of(contact)] = "true";
        return;
    }
    if (plan.user.attribute(contact) == value) return;

    // Who is not confirmed yet proves the number or address by confirming the sign-up.
    const bool can_prove = plan.user.status != directory::UserStatus::UNCONFIRMED;
    if (can_prove && pool.auto_verifies(contact)) plan.to_prove.push_back({contact, value});
    if (can_prove && directory::is_proven_before_update(pool, contact)) {
        plan.pending[contact] = value;
        return;
    }
    // The flag was for the former value: kept, it would make an attribute an identity before it is proven.
    attributes[contact] = value;
    attributes[flag_of(contact)] = "false";
}

/// A verified flag that an administrator gave for the number or address that is there already.
void change_flag(AttributePlan& plan, const directory::Attributes& given, const std::string& contact) {
    const auto flag = given.find(flag_of(contact));
    if (flag == given.end()) return;
    const auto value = given.find(contact);
    const std::string present = plan.user.attribute(contact);
    if (present.empty() || (value != given.end() && value->second != present)) return;
    plan.user.attributes[flag_of(contact)] = flag->second == "true" ? "true" : "false";
}

}  // namespace

bool is_contact(std::string_view attribute) {
    return attribute == "phone_number" || attribute == "email";
}

AttributePlan plan_update(const directory::Pool& pool, const directory::User& user, const directory::Attributes& given,
                          Instant now) {
    AttributePlan plan{.user = user, .to_prove = {}, .pending = {}};
    plan.user.modified = now;
    for (const auto& [name, value] : given) {
        if (is_flag(name)) continue;
        if (is_contact(name))
            change_contact(plan, pool, given, name, value);
        else if (value.empty())
            plan.user.attributes.erase(name);
        else
            plan.user.attributes[name] = value;
    }
    for (const std::string contact : {"phone_number", "email"}) change_flag(plan, given, contact);
    return plan;
}

}  // namespace symbolon::signin
