#include "signin/passkeys.hpp"

#include <algorithm>

namespace symbolon::signin {
namespace {

constexpr std::string_view https = "https://";
constexpr std::string_view http = "http://";

std::string to_lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

bool are_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The host of "https://host:port/path" or "host:port"; "" when it is no plain host name with a port or without.
std::string_view host_of(std::string_view url) {
    for (const std::string_view scheme : {https, http})
        if (url.starts_with(scheme)) url.remove_prefix(scheme.size());
    url = url.substr(0, url.find('/'));
    const auto colon = url.find(':');
    if (colon != std::string_view::npos && !are_digits(url.substr(colon + 1))) return {};
    return url.substr(0, colon);
}

/// "192.0.2.1": the last label of a name is never a number (RFC 3696 §2).
bool is_name(std::string_view host) {
    return !host.empty() && host.front() != '[' && !are_digits(host.substr(host.rfind('.') + 1));
}

bool is_at_or_below(std::string_view host, std::string_view domain) {
    if (domain.empty() || !host.ends_with(domain)) return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

std::string host_of_prefix(const directory::Pool& pool, const PublicNames& names) {
    constexpr std::string_view place = "{domain}";
    std::string host = names.domain_host.empty() ? names.base_url : names.domain_host;
    if (const auto at = host.find(place); at != std::string::npos) host.replace(at, place.size(), pool.domain);
    return std::string(host_of(host));
}

}  // namespace

bool passkeys_enabled(const directory::Pool& pool) {
    const auto& policies = pool.settings.Policies;
    if (!policies || !policies->SignInPolicy || !policies->SignInPolicy->AllowedFirstAuthFactors) return false;
    const auto& factors = *policies->SignInPolicy->AllowedFirstAuthFactors;
    return std::find(factors.begin(), factors.end(), directory::AuthFactorType::WEB_AUTHN) != factors.end();
}

bool passkey_is_multi_factor(const directory::Pool& pool) {
    const auto& configuration = pool.settings.WebAuthnConfiguration;
    return configuration && configuration->FactorConfiguration ==
                                directory::WebAuthnFactorConfigurationType::MULTI_FACTOR_WITH_USER_VERIFICATION;
}

std::optional<std::string> relying_party_id(const directory::Pool& pool, const PublicNames& names) {
    const auto& configuration = pool.settings.WebAuthnConfiguration;
    std::string id;
    if (configuration && configuration->RelyingPartyId)
        id = configuration->RelyingPartyId->str();
    else if (!pool.custom_domain.empty())
        id = pool.custom_domain;
    else if (!pool.domain.empty())
        id = host_of_prefix(pool, names);
    if (!is_name(id)) return std::nullopt;
    return to_lower(std::move(id));
}

bool is_allowed_origin(std::string_view origin, std::string_view relying_party_id) {
    const bool secure = origin.starts_with(https);
    if (!secure && !origin.starts_with(http)) return false;
    const auto authority = origin.substr(secure ? https.size() : http.size());
    if (authority.find('/') != std::string_view::npos) return false;
    const auto host = host_of(authority);
    if (!secure && !is_at_or_below(host, "localhost")) return false;
    return is_at_or_below(host, relying_party_id);
}

}  // namespace symbolon::signin
