#include "doctor/products.hpp"

#include "doctor/examination.hpp"

#include <array>
#include <string_view>

namespace symbolon::doctor {

namespace {

/// What can be told of a server from outside.
struct Signs {
    std::string host;
    std::string path;
    std::string server;  ///< of the Server field
    bool discovered = false;
};

struct Product {
    bool (*is)(const Signs&);
    std::string_view name;
    std::array<std::string_view, 6> advice;
};

bool ends(std::string_view text, std::string_view end) {
    return text.ends_with(end);
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

constexpr std::array products{
    Product{[](const Signs& s) { return ends(s.host, ".amazoncognito.com"); },
            "Amazon Cognito",
            {"Check whether all three callback URLs of Alexa are registered, and the app client has a secret.",
             "Check whether the scopes are allowed on the app client (else invalid_scope).",
             "Refresh tokens live 30 days by default: raise this, up to 3650 days. Leave rotation off, or with a grace "
             "period.",
             "Access tokens are JWTs without aud; Google's tool warns of JWTs.",
             "Text messages: check the sandbox, the spend limit and the sender id.",
             "The hosted session of an hour links the same person again without asking. Use a custom domain for "
             "certification."}},
    Product{[](const Signs& s) {
                return ends(s.host, ".auth0.com") || (s.server == "cloudflare" && s.path == "/authorize");
            },
            "Auth0",
            {"Check whether offline_access is asked for, and the API allows offline access.",
             "Without audience the access token is opaque and opens /userinfo alone: put audience into the "
             "authorization URL "
             "or set a default one.",
             "Check whether rotation with reuse detection is on: it ends links.",
             "Check whether the client's Token Endpoint Authentication Method is the configured scheme."}},
    Product{[](const Signs& s) { return has(s.path, "/realms/") && has(s.path, "/protocol/openid-connect/"); },
            "Keycloak",
            {"Check whether offline_access is asked for: other refresh tokens end with the session.",
             "Valid redirect URIs must be whole URIs; client authentication must be on.",
             "Check SSO Session Idle and Max, and that Revoke Refresh Token is off or allows reuse."}},
    Product{[](const Signs& s) { return s.path == "/auth/authorize"; },
            "Home Assistant",
            {"The client id must be the base URL of the platform's redirect host, for every region.",
             "Check whether port 443 is reached from outside.",
             "The trusted_networks provider breaks the sign-in within apps."}},
    Product{[](const Signs& s) { return has(s.host, "login.microsoftonline.com") || ends(s.host, ".b2clogin.com"); },
            "Microsoft Entra ID",
            {"Check whether offline_access is asked for; refresh tokens live 90 days after their last use."}},
    Product{[](const Signs& s) { return s.path == "/ap/oa"; },
            "Login with Amazon",
            {"Check whether every Alexa return URL stands in the security profile.",
             "Check whether the scope is listed there: profile or postal_code."}},
    Product{[](const Signs& s) { return has(s.path, "/connect/authorize"); },
            "OpenIddict or Duende IdentityServer",
            {"Check the absolute and sliding lifetimes of refresh tokens, and that they may be used again (ReUse).",
             "The two URLs are easily swapped here."}},
    Product{
        [](const Signs& s) {
            return s.discovered && (s.path == "/auth" || has(s.path, "/oauth2/auth") || s.path == "/oidc/auth");
        },
        "oidc-provider, logto or ORY Hydra",
        {"Check whether offline_access is asked for, with prompt=consent in the authorization URL for oidc-provider.",
         "Other refresh tokens end with the session."}},
};

Signs signs_of(Examination& e) {
    Signs out;
    if (const auto url = parse_url(e.subject().authorization_url)) {
        out.host = url->host;
        out.path = url->path;
    }
    out.discovered = !e.metadata().issuer.empty();
    try {
        out.server = net::to_lower(e.landing().answer.headers.find("Server").value_or(""));
    } catch (const NotExamined&) {  // then the URL alone tells
    }
    return out;
}

}  // namespace

std::vector<std::string> advice_for(Examination& examination) {
    const auto signs = signs_of(examination);
    for (const auto& product : products) {
        if (!product.is(signs)) continue;
        std::vector<std::string> out{"This looks like " + std::string(product.name) + "."};
        for (const auto line : product.advice) {
            if (!line.empty()) out.emplace_back(line);
        }
        return out;
    }
    return {};
}

}  // namespace symbolon::doctor
