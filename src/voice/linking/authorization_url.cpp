#include "voice/linking/authorization_url.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

namespace symbolon::voice {

namespace {

constexpr std::size_t odd_length = 2000;
constexpr std::string_view odd_characters = "+/=%&?#;, \"<>[]{}|\\^`~'()@:!$*";

}  // namespace

std::string join_scopes(const AccountLinking& config) {
    std::string out;
    if (!config.scopes) return out;
    for (const auto& scope : *config.scopes) {
        if (!out.empty()) out += ' ';
        out += scope;
    }
    return out;
}

std::string make_state(crypto::Random& random, const Behaviour& behaviour) {
    auto state = random.token();
    if (!behaviour.has("FI-07", "on")) return state;
    return state + random.text(odd_length - state.size(), odd_characters);
}

std::string make_verifier(crypto::Random& random, const Platform& platform, const Behaviour& behaviour) {
    const auto choice = behaviour.at("PKCE");
    const bool wanted = choice == "on" || (choice == "platform" && platform.pkce);
    return wanted ? random.token() : std::string{};
}

std::string authorization_url(const AccountLinking& config, const Platform& platform, const Behaviour& behaviour,
                              const AuthorizationRequest& request) {
    std::string url = config.authorizationUrl;
    char separator = url.find('?') == std::string::npos ? '?' : '&';
    const auto add = [&](std::string_view name, const std::string& encoded) {
        url += separator + std::string(name) + "=" + encoded;
        separator = '&';
    };
    add("client_id", percent_encode(config.clientId));
    add("response_type", config.type == GrantType::IMPLICIT ? "token" : "code");
    add("state", percent_encode(request.state));
    if (config.scopes && !config.scopes->empty()) {
        std::string scopes;
        const std::string space = behaviour.has("BR-01", "plus") ? "+" : "%20";
        for (const auto& scope : *config.scopes) scopes += (scopes.empty() ? "" : space) + percent_encode(scope);
        add("scope", scopes);
    }
    add("redirect_uri", percent_encode(request.redirect_uri));
    if (platform.sends_locale && !request.locale.empty()) add("user_locale", percent_encode(request.locale));
    if (!request.login_hint.empty()) add("login_hint", percent_encode(request.login_hint));
    if (!request.verifier.empty()) {
        add("code_challenge", to_base64url(crypto::sha256(request.verifier)));
        add("code_challenge_method", "S256");
    }
    return url;
}

std::string authorization_url(const AccountLinking& config, const std::string& state, const std::string& redirect_uri) {
    const AuthorizationRequest request{state, redirect_uri};
    return authorization_url(config, platforms().front(), Behaviour{}, request);
}

}  // namespace symbolon::voice
