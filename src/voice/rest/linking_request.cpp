#include "voice/rest/linking_request.hpp"

#include "base/error.hpp"
#include "base/shape/codec.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_entries = 15;
constexpr std::size_t longest_url = 2000;

bool is_web_url(std::string_view url) {
    if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
    if (url.size() > longest_url || url.find('#') != std::string_view::npos) return false;
    return std::none_of(url.begin(), url.end(), [](char c) { return c <= 0x20 || c == 0x7F || c == '"' || c == '<'; });
}

[[noreturn]] void refuse(const std::string& why) {
    throw Error(Errc::invalid_parameter, why);
}

bool read_flag(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    if (found == nullptr) return false;
    if (found->is_bool()) return found->get_bool();
    return found->is_string() && found->get_string() == "true";
}

std::string text_of(const json::object& in, std::string_view name) {
    const auto* found = in.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace

void check_linking(const StoredLinking& linking) {
    const auto& config = linking.config;
    if (!is_web_url(config.authorizationUrl)) refuse("authorizationUrl must be an http or https URL without fragment.");
    if (config.clientId.empty() || config.clientId.size() > 255) refuse("clientId must have 1 to 255 characters.");
    if (config.type == GrantType::AUTH_CODE) {
        if (!config.accessTokenUrl || !is_web_url(*config.accessTokenUrl)) {
            refuse("accessTokenUrl must be an http or https URL without fragment.");
        }
        if (linking.client_secret.empty()) refuse("clientSecret is required for the authorization code grant.");
    }
    if (config.scopes && config.scopes->size() > most_entries) refuse("scopes may have at most 15 entries.");
    if (config.domains && config.domains->size() > most_entries) refuse("domains may have at most 15 entries.");
    if (config.defaultTokenExpirationInSeconds.value_or(0) < 0)
        refuse("defaultTokenExpirationInSeconds must not be negative.");
}

StoredLinking read_linking_request(const json::object& in, const std::optional<StoredLinking>& stored) {
    StoredLinking out;
    out.config = decode<AccountLinking>(in);
    out.client_secret = text_of(in, "clientSecret");
    if (out.client_secret.empty() && stored) out.client_secret = stored->client_secret;
    out.skip_on_enablement = read_flag(in, "skipOnEnablement");
    if (!out.config.accessTokenScheme && out.config.type == GrantType::AUTH_CODE) {
        out.config.accessTokenScheme = AccessTokenScheme::HTTP_BASIC;
    }
    check_linking(out);
    return out;
}

}  // namespace symbolon::voice
