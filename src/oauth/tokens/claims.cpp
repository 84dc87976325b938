#include "oauth/tokens/claims.hpp"

#include "oauth/scopes.hpp"
#include "oauth/tokens.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace symbolon::oauth {
namespace {

constexpr std::array<std::string_view, 13> profile_claims{
    "name",    "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
    "website", "gender",      "birthdate",  "zoneinfo",    "locale"};

}  // namespace

boost::json::value to_claim(std::string_view name, const std::string& value) {
    switch (claim_type_of(name)) {
        case ClaimType::boolean:
            return value == "true";
        case ClaimType::address:
            return boost::json::object{{"formatted", value}};
        case ClaimType::number: {
            std::int64_t number = 0;
            const auto end = value.data() + value.size();
            const auto [rest, failure] = std::from_chars(value.data(), end, number);
            if (failure == std::errc{} && rest == end) return number;
            return boost::json::string(value);
        }
        case ClaimType::text:
            break;
    }
    return boost::json::string(value);
}

ClaimType claim_type_of(std::string_view attribute) {
    if (attribute == "email_verified" || attribute == "phone_number_verified") return ClaimType::boolean;
    if (attribute == "updated_at") return ClaimType::number;
    if (attribute == "address") return ClaimType::address;
    return ClaimType::text;
}

std::optional<boost::json::value> as_claim(std::string_view name, const boost::json::value& given) {
    const auto type = claim_type_of(name);
    if (type == ClaimType::text) return given;
    if (const auto* text = given.if_string()) {
        auto claim = to_claim(name, std::string(*text));
        if (type == ClaimType::number && !claim.is_int64()) return std::nullopt;
        return claim;
    }
    const bool fits = type == ClaimType::boolean  ? given.is_bool()
                      : type == ClaimType::number ? given.is_int64()
                                                  : given.is_object();
    return fits ? std::optional(given) : std::nullopt;
}

std::optional<boost::json::value> identities_claim(const directory::User& user) {
    const auto found = user.attributes.find("identities");
    if (found == user.attributes.end()) return std::nullopt;
    boost::system::error_code failure;
    auto claim = boost::json::parse(found->second, failure);
    if (failure || !claim.is_array()) return std::nullopt;
    for (auto& identity : claim.get_array()) {
        if (!identity.is_object()) return std::nullopt;
        for (auto& [name, value] : identity.get_object()) {
            if (value.is_bool() || value.is_number()) value = boost::json::string(boost::json::serialize(value));
        }
    }
    return claim;
}

std::vector<std::string> scopes_of(const directory::Client& client) {
    std::vector<std::string> scopes;
    if (!client.settings.AllowedOAuthScopes) return scopes;
    for (const auto& scope : *client.settings.AllowedOAuthScopes) scopes.push_back(scope.str());
    return scopes;
}

ScopeRelease::ScopeRelease(const directory::Pool& pool, const std::vector<std::string>& scopes)
    : everything_(!has_scope(scopes, openid_scope) ||
                  (scopes.size() == 1 && !directory::is_on(pool.extensions.strict_oidc))),
      email_(has_scope(scopes, "email")),
      phone_(has_scope(scopes, "phone")),
      profile_(has_scope(scopes, "profile")),
      address_(has_scope(scopes, "address")) {}

bool ScopeRelease::releases(std::string_view attribute) const {
    if (everything_) return true;
    if (attribute == "email" || attribute == "email_verified") return email_;
    if (attribute == "phone_number" || attribute == "phone_number_verified") return phone_;
    if (attribute == "address") return address_;
    if (!profile_) return false;
    return attribute == "updated_at" || attribute.starts_with("custom:") ||
           std::find(profile_claims.begin(), profile_claims.end(), attribute) != profile_claims.end();
}

boost::json::object claims_for(const directory::Pool& pool, const directory::Client& client,
                               const directory::User& user, const std::vector<std::string>& scopes) {
    boost::json::object claims;
    claims["sub"] = user.id.str();
    for_each_claim(pool, client, user, scopes,
                   [&](const std::string& name, const std::string& value) { claims[name] = to_claim(name, value); });
    return claims;
}

void add_requested_claims(boost::json::object& claims, const directory::Pool& pool, const directory::Client& client,
                          const directory::User& user, const std::vector<std::string>& names) {
    for_each_requested_claim(pool, client, user, names, [&](const std::string& name, const std::string& value) {
        claims[name] = to_claim(name, value);
    });
}

}  // namespace symbolon::oauth
