#include "directory/provider_rules.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/client_rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>

namespace symbolon::directory {
namespace {

using Type = IdentityProviderTypeType;
using Keys = std::span<const std::string_view>;

constexpr std::size_t longest_detail = 2048;
constexpr std::size_t longest_metadata = 131'072;

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

bool is_social(Type type) {
    return type != Type::OIDC && type != Type::SAML;
}

// What each type takes. The second list is what describe adds: a client that sends back what it read is no error.
constexpr std::array<std::string_view, 4> oidc_required{"client_id", "attributes_request_method", "oidc_issuer",
                                                        "authorize_scopes"};
constexpr std::array<std::string_view, 7> oidc_optional{
    "client_secret",       "authorize_url", "token_url", "attributes_url", "jwks_uri", "attributes_url_add_attributes",
    "token_request_method"};
constexpr std::array<std::string_view, 9> saml_optional{"MetadataURL",
                                                        "MetadataFile",
                                                        "IDPSignout",
                                                        "IDPInit",
                                                        "EncryptedResponses",
                                                        "RequestSigningAlgorithm",
                                                        "SSORedirectBindingURI",
                                                        "SLORedirectBindingURI",
                                                        "ActiveEncryptionCertificate"};
constexpr std::array<std::string_view, 3> social_required{"client_id", "client_secret", "authorize_scopes"};
constexpr std::array<std::string_view, 8> social_optional{
    "api_version",   "attributes_url", "attributes_url_add_attributes",
    "authorize_url", "oidc_issuer",    "token_request_method",
    "token_url",     "jwks_uri"};
constexpr std::array<std::string_view, 5> apple_required{"client_id", "team_id", "key_id", "private_key",
                                                         "authorize_scopes"};

Keys required_of(Type type) {
    switch (type) {
        case Type::OIDC:
            return oidc_required;
        case Type::SAML:
            return {};
        case Type::SignInWithApple:
            return apple_required;
        case Type::Facebook:
        case Type::Google:
        case Type::LoginWithAmazon:
            return social_required;
    }
    return {};
}

Keys optional_of(Type type) {
    if (type == Type::OIDC) return oidc_optional;
    return type == Type::SAML ? Keys(saml_optional) : Keys(social_optional);
}

bool contains(Keys keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void check_keys(Type type, const ProviderMap& details) {
    for (const auto& [key, value] : details) {
        if (!contains(required_of(type), key) && !contains(optional_of(type), key))
            refuse("Unknown key in ProviderDetails of " + std::string(to_name(type)) + ": " + key);
        if (value.size() > (key == "MetadataFile" ? longest_metadata : longest_detail))
            refuse("The value of " + key + " in ProviderDetails is too long.");
    }
    for (const std::string_view key : required_of(type)) {
        const auto found = details.find(std::string(key));
        if (found == details.end() || found->second.empty())
            refuse("Missing required key in ProviderDetails of " + std::string(to_name(type)) + ": " +
                   std::string(key));
    }
}

/// https, or http on this machine: what a provider is asked at must not be readable on the way.
bool is_provider_url(std::string_view url) {
    return (url.starts_with("https://") || url.starts_with("http://")) && is_allowed_redirect(url);
}

constexpr std::array<std::string_view, 8> url_keys{
    "oidc_issuer",           "authorize_url",        "token_url", "attributes_url", "jwks_uri", "MetadataURL",
    "SSORedirectBindingURI", "SLORedirectBindingURI"};

void check_urls(const ProviderMap& details) {
    for (const std::string_view key : url_keys) {
        const auto found = details.find(std::string(key));
        if (found != details.end() && !is_provider_url(found->second))
            refuse("The value of " + std::string(key) + " in ProviderDetails must be an https URL.");
    }
}

void check_choice(const ProviderMap& details, std::string_view key, Keys words) {
    const auto found = details.find(std::string(key));
    if (found != details.end() && !contains(words, found->second))
        refuse("Invalid value of " + std::string(key) + " in ProviderDetails.");
}

constexpr std::array<std::string_view, 2> methods{"GET", "POST"};
constexpr std::array<std::string_view, 2> switches{"true", "false"};
constexpr std::array<std::string_view, 1> signing_algorithms{"rsa-sha256"};

void check_oidc(const ProviderMap& details) {
    constexpr std::array<std::string_view, 4> endpoints{"authorize_url", "token_url", "attributes_url", "jwks_uri"};
    const auto given = std::count_if(endpoints.begin(), endpoints.end(),
                                     [&](std::string_view key) { return details.contains(std::string(key)); });
    if (given != 0 && given != static_cast<std::ptrdiff_t>(endpoints.size()))
        refuse("Give all of authorize_url, token_url, attributes_url and jwks_uri in ProviderDetails, or none.");
    check_choice(details, "attributes_request_method", methods);
}

/// The document itself is read by whoever verifies assertions; here it is only kept from being what no metadata is.
void check_metadata(std::string_view xml) {
    const auto begin = xml.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const bool is_metadata =
        begin != std::string_view::npos && xml[begin] == '<' && xml.find("EntityDescriptor") != std::string_view::npos;
    const bool has_dtd =
        xml.find("<!DOCTYPE") != std::string_view::npos || xml.find("<!ENTITY") != std::string_view::npos;
    if (!is_metadata || has_dtd) refuse("MetadataFile in ProviderDetails is no SAML 2.0 metadata.");
}

void check_saml(const ProviderMap& details) {
    const auto file = details.find("MetadataFile");
    if (details.contains("MetadataURL") == (file != details.end()))
        refuse("Give either MetadataURL or MetadataFile in ProviderDetails.");
    if (file != details.end()) check_metadata(file->second);
    for (const std::string_view key : {"IDPSignout", "IDPInit", "EncryptedResponses"})
        check_choice(details, key, switches);
    check_choice(details, "RequestSigningAlgorithm", signing_algorithms);
}

/// `v17.0`: it becomes a part of URLs.
bool is_api_version(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto dot = text.find('.');
    if (!text.starts_with('v') || dot == std::string_view::npos || text.size() > 8) return false;
    const auto major = text.substr(1, dot - 1);
    const auto minor = text.substr(dot + 1);
    return !major.empty() && !minor.empty() && std::all_of(major.begin(), major.end(), is_digit) &&
           std::all_of(minor.begin(), minor.end(), is_digit);
}

ProviderMap well_known_facebook(const ProviderMap& details) {
    const auto given = details.find("api_version");
    const std::string version = given == details.end() ? "v17.0" : given->second;
    if (!is_api_version(version)) refuse("Invalid value of api_version in ProviderDetails.");
    return {{"api_version", version},
            {"attributes_url", "https://graph.facebook.com/" + version + "/me?fields="},
            {"attributes_url_add_attributes", "true"},
            {"authorize_url", "https://www.facebook.com/" + version + "/dialog/oauth"},
            {"token_request_method", "GET"},
            {"token_url", "https://graph.facebook.com/" + version + "/oauth/access_token"}};
}

/// What describe shows beside what was given.
ProviderMap well_known(Type type, const ProviderMap& details) {
    switch (type) {
        case Type::Facebook:
            return well_known_facebook(details);
        case Type::Google:
            return {{"attributes_url", "https://people.googleapis.com/v1/people/me?personFields="},
                    {"attributes_url_add_attributes", "true"},
                    {"authorize_url", "https://accounts.google.com/o/oauth2/v2/auth"},
                    {"oidc_issuer", "https://accounts.google.com"},
                    {"token_request_method", "POST"},
                    {"token_url", "https://www.googleapis.com/oauth2/v4/token"}};
        case Type::LoginWithAmazon:
            return {{"attributes_url", "https://api.amazon.com/user/profile"},
                    {"attributes_url_add_attributes", "false"},
                    {"authorize_url", "https://www.amazon.com/ap/oa"},
                    {"token_request_method", "POST"},
                    {"token_url", "https://api.amazon.com/auth/o2/token"}};
        case Type::SignInWithApple:
            return {{"attributes_url_add_attributes", "false"},
                    {"authorize_url", "https://appleid.apple.com/auth/authorize"},
                    {"oidc_issuer", "https://appleid.apple.com"},
                    {"token_request_method", "POST"},
                    {"token_url", "https://appleid.apple.com/auth/token"}};
        case Type::OIDC:
            return {{"attributes_url_add_attributes", "false"}};
        case Type::SAML:
            return {};
    }
    return {};
}

std::string_view subject_claim(Type type) {
    if (type == Type::Facebook) return "id";
    return type == Type::LoginWithAmazon ? "user_id" : "sub";
}

}  // namespace

void check_provider_name(std::string_view name, IdentityProviderTypeType type) {
    const auto key = provider_key(name);
    if (key == "cognito") refuse("The provider name " + std::string(name) + " is reserved.");
    if (is_social(type) && name != to_name(type))
        refuse("The name of a provider of type " + std::string(to_name(type)) + " must be its type.");
    if (is_social(type)) return;
    for (const Type social : {Type::Facebook, Type::Google, Type::LoginWithAmazon, Type::SignInWithApple})
        if (key == provider_key(to_name(social)))
            refuse("The provider name " + std::string(name) + " is reserved for providers of that type.");
}

ProviderMap complete_details(IdentityProviderTypeType type, ProviderMap given, const ProviderMap& stored) {
    if (const auto key = stored.find("private_key"); key != stored.end()) given.insert(*key);
    check_keys(type, given);
    check_urls(given);
    check_choice(given, "token_request_method", methods);
    check_choice(given, "attributes_url_add_attributes", switches);
    if (type == Type::OIDC) check_oidc(given);
    if (type == Type::SAML) check_saml(given);
    auto known = well_known(type, given);
    given.merge(known);
    return given;
}

ProviderMap shown_details(const ProviderMap& details) {
    ProviderMap shown = details;
    shown.erase("private_key");
    return shown;
}

ProviderMap complete_mapping(const Pool& pool, IdentityProviderTypeType type, ProviderMap given) {
    for (const auto& [attribute, claim] : given) {
        if (attribute != "username" && (attribute == "sub" || find_attribute(pool.settings, attribute) == nullptr))
            refuse("Invalid attribute mapping: the user pool has no attribute " + attribute + " to map to.");
        if (claim.empty() || claim.size() > longest_detail)
            refuse("Invalid attribute mapping: what is mapped to " + attribute + " is no name of a claim.");
    }
    if (type != Type::SAML) given.emplace("username", subject_claim(type));
    return given;
}

void check_acr_mapping(IdentityProviderTypeType type, const ProviderMap& mapping) {
    if (!mapping.empty() && type != Type::OIDC) refuse("Only OIDC identity providers support AcrMapping.");
    std::set<std::string_view> values;
    for (const auto& [level, value] : mapping) {
        if (level != "Level1" && level != "Level2" && level != "Level3" && level != "Level4")
            refuse("Invalid level in AcrMapping: " + level);
        if (value.empty() || value.size() > longest_detail || !values.insert(value).second)
            refuse("The values in AcrMapping must be unique and not empty.");
    }
}

}  // namespace symbolon::directory
