#include "signin/federated_profile.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/identifiers.hpp"
#include "directory/linked_identities.hpp"
#include "directory/unicode.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_username = 128;
constexpr std::array<std::string_view, 2> addresses{"email", "phone_number"};

/// As forms have it, but for `. - * _`, which stay (§4.3).
std::string form_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ')
            out += '+';
        else if (c == '*')
            out += c;
        else if (c == '~')
            out += "%7E";
        else
            out += percent_encode(std::string_view(&c, 1));
    }
    return out;
}

std::string list_text(const json::array& values) {
    std::string out = "[";
    for (const auto& value : values) {
        if (out.size() > 1) out += ',';
        out += form_encoded(claim_text(value));
    }
    return out + "]";
}

std::string flag_of(std::string_view address) {
    return std::string(address) + "_verified";
}

/// The attribute whose verification this one tells of; "" for every other attribute.
std::string_view told_of(std::string_view attribute) {
    for (const std::string_view address : addresses)
        if (attribute == flag_of(address)) return address;
    return {};
}

bool is_true(const directory::Attributes& mapped, const std::string& name) {
    const auto found = mapped.find(name);
    return found != mapped.end() && found->second == "true";
}

bool may_set(const directory::Pool& pool, const directory::Client& client, std::string_view attribute) {
    const auto address = told_of(attribute);
    const auto name = address.empty() ? attribute : address;
    const auto* schema = directory::find_attribute(pool.settings, name);
    return schema && (client.may_write(name) || schema->Required.value_or(false));
}

/// An address that waits for a proof which the provider does not give.
bool has_to_be_proven(const directory::Pool& pool, const directory::User& user, const directory::Attributes& mapped,
                      const std::string& attribute) {
    return user.is_verified(attribute) && !is_true(mapped, flag_of(attribute)) &&
           directory::is_proven_before_update(pool, attribute);
}

/// What differs from the profile.
directory::Attributes changes_of(const directory::Pool& pool, const directory::User& user,
                                 const directory::Attributes& mapped) {
    directory::Attributes changes;
    for (const auto& [name, value] : mapped) {
        if (!told_of(name).empty() || has_to_be_proven(pool, user, mapped, name)) continue;
        if (user.attribute(name) != value) changes.emplace(name, value);
    }
    return changes;
}

/// A flag follows its address: said by the provider, or lost with the address that it was about.
bool set_flags(const directory::User& former, directory::User& user, const directory::Attributes& mapped) {
    bool changed = false;
    for (const std::string_view address : addresses) {
        const auto flag = flag_of(address);
        const auto value = user.attribute(address);
        const bool same = value == former.attribute(address);
        const bool told = mapped.contains(flag) && mapped.contains(address);
        // What the provider says is about the address that it says, which may be kept out of the profile.
        const bool about_this = told && mapped.find(address)->second == value;
        std::string said = same ? former.attribute(flag) : "false";
        if (about_this) said = is_true(mapped, flag) ? "true" : "false";
        if (value.empty()) said.clear();
        if (said == former.attribute(flag)) continue;
        if (said.empty())
            user.attributes.erase(flag);
        else
            user.attributes[flag] = said;
        changed = true;
    }
    return changed;
}

/// False when nothing changed.
bool write_changes(directory::User& user, const directory::Attributes& changes, const directory::Attributes& mapped) {
    const auto former = user;
    bool changed = false;
    for (const auto& [name, value] : changes) {
        if (user.attribute(name) == value) continue;  // the same in the form in which it is stored
        changed = true;
        if (value.empty())
            user.attributes.erase(name);
        else
            user.attributes[name] = value;
    }
    return set_flags(former, user, mapped) || changed;
}

}  // namespace

std::string claim_text(const json::value& claim) {
    if (claim.is_string()) return std::string(claim.get_string());
    if (claim.is_null()) return {};
    if (claim.is_array()) return list_text(claim.get_array());
    return json::serialize(claim);
}

directory::Attributes map_claims(const directory::IdentityProvider& provider, const json::object& claims) {
    directory::Attributes mapped;
    for (const auto& [attribute, claim] : provider.attribute_mapping) {
        if (attribute == "username") continue;
        if (const auto* said = claims.if_contains(claim)) mapped.emplace(attribute, claim_text(*said));
    }
    return mapped;
}

directory::Attributes writable_of(const directory::Pool& pool, const directory::Client& client,
                                  const directory::Attributes& mapped) {
    directory::Attributes writable;
    for (const auto& [name, value] : mapped)
        if (may_set(pool, client, name)) writable.emplace(name, value);
    return writable;
}

void fill_profile(const directory::Pool& pool, directory::User& user, const directory::Attributes& mapped) {
    write_changes(user, directory::check_attributes(pool.settings, changes_of(pool, user, mapped)), mapped);
}

bool update_profile(const directory::Pool& pool, directory::User& user, const directory::Attributes& mapped) {
    const auto changes = directory::check_attributes(pool.settings, changes_of(pool, user, mapped));
    directory::check_attribute_update(pool.settings, changes, user.attributes);
    return write_changes(user, changes, mapped);
}

std::string username_of(const directory::Pool& pool, std::string_view provider, std::string_view subject) {
    auto name = directory::federated_username(provider, subject);
    const auto length = count_characters(name);
    if (subject.empty() || !length || *length > longest_username || !directory::is_clean_text(name))
        throw Error{Errc::invalid_parameter, "Invalid ProviderName/Username combination. Please check again"};
    return directory::canonical_username(name, pool.case_sensitive());
}

}  // namespace symbolon::signin
