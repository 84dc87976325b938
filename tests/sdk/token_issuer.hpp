#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/token_verifier.hpp"

#include "sdk/platform.hpp"

#include "crypto/jose/jwt.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <utility>
#include <vector>

namespace symbolon::skill::testing {

inline constexpr std::string_view issuer = "https://id.example.com/us-east-1_Ab3dEfGh";
inline constexpr std::string_view client_id = "1example23456789";

/// An identity server: it signs access tokens as Cognito does and publishes its keys until a test makes it fail.
class TokenIssuer {
public:
    using SigningKey = crypto::jose::SigningKey;

    Time now = noon();
    SigningKey key = SigningKey::generate(crypto::jose::Algorithm::es256);
    std::vector<json::object> published{key.public_jwk()};
    std::vector<std::string> asked;     ///< every URL that was fetched
    HttpResponse failure{200, {}, {}};  ///< with another status: what the key set is answered with
    bool reachable = true;

    json::object claims() const {
        const auto seconds = now.time_since_epoch().count() / 1000;
        return {{"iss", issuer},
                {"sub", "user-1"},
                {"client_id", client_id},
                {"token_use", "access"},
                {"scope", "openid orders/read"},
                {"exp", seconds + 3600},
                {"iat", seconds},
                {"jti", "j"},
                {"username", "anna"}};
    }
    AccessToken issue(const json::object& claims, std::string_view typ = {}) const {
        return AccessToken(crypto::jose::sign_jwt(key, claims, typ));
    }
    AccessToken issue() const { return issue(claims()); }

    Fetch fetch() {
        return [this](const FetchRequest& request) -> HttpResponse {
            asked.push_back(request.url);
            if (!reachable) throw FetchError("connection refused");
            if (failure.status != 200 || !failure.body.empty()) return failure;
            json::array keys;
            for (const auto& jwk : published) keys.emplace_back(jwk);
            return {200, {}, json::serialize(json::object{{"keys", std::move(keys)}})};
        };
    }
    TokenVerifierOptions options() {
        return {.issuer = std::string(issuer),
                .client_ids = {std::string(client_id)},
                .scopes = {"orders/read"},
                .fetch = fetch(),
                .now = [this] { return now; }};
    }
};

}  // namespace symbolon::skill::testing
