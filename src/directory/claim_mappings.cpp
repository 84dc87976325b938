#include "directory/claim_mappings.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::array<std::string_view, 27> reserved{
    "cnf",       "act",        "acr", "amr",   "at_hash",    "aud",    "auth_time", "azp",      "c_hash",
    "client_id", "device_key", "exp", "iat",   "identities", "iss",    "event_id",  "jti",      "nbf",
    "nonce",     "origin_jti", "sid", "scope", "sub",        "s_hash", "token_use", "username", "version"};

/// What a hook may decide about, but no attribute, which people may write themselves: whom others take them for, and
/// who may act for them.
constexpr std::array<std::string_view, 8> decided{"email",  "email_verified", "phone_number", "phone_number_verified",
                                                  "active", "events",         "may_act",      "userinfo_claims"};

constexpr std::array<std::string_view, 20> standard_attributes{"address",
                                                               "birthdate",
                                                               "email",
                                                               "email_verified",
                                                               "family_name",
                                                               "gender",
                                                               "given_name",
                                                               "locale",
                                                               "middle_name",
                                                               "name",
                                                               "nickname",
                                                               "phone_number",
                                                               "picture",
                                                               "phone_number_verified",
                                                               "preferred_username",
                                                               "profile",
                                                               "updated_at",
                                                               "website",
                                                               "zoneinfo",
                                                               ClaimMapping::groups};

template <class Words>
bool is_among(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

[[noreturn]] void refuse(const std::string& why) {
    throw Error(Errc::invalid_parameter, "Extensions.claim_mappings: " + why);
}

bool is_source(std::string_view from) {
    return from.starts_with("custom:") || from.starts_with("dev:custom:") || is_among(standard_attributes, from);
}

}  // namespace

bool ClaimMapping::is_in(ClaimPlace place) const {
    return std::find(in.begin(), in.end(), place) != in.end();
}

bool is_reserved_claim(std::string_view claim) {
    return claim.empty() || claim.starts_with("cognito:") || claim.starts_with("dev:") || is_among(reserved, claim);
}

void check_claim_mappings(const ClaimMappings& mappings) {
    std::set<std::pair<std::string, ClaimPlace>> taken;
    for (const auto& mapping : mappings) {
        const auto& claim = mapping.claim.str();
        if (is_reserved_claim(claim) || is_among(decided, claim)) refuse("the claim \"" + claim + "\" is reserved.");
        if (!is_source(mapping.from.str())) refuse("\"" + mapping.from.str() + "\" is no attribute.");
        for (const auto place : mapping.in)
            if (!taken.emplace(claim, place).second) refuse("the claim \"" + claim + "\" is mapped twice.");
    }
}

}  // namespace symbolon::directory
