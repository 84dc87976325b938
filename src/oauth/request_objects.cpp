#include "oauth/request_objects.hpp"

#include "base/shape/choice.hpp"
#include "crypto/jose/jwe.hpp"
#include "crypto/jose/jwt.hpp"
#include "oauth/decryption_keys.hpp"
#include "oauth/jwt_claims.hpp"
#include "oauth/security_profile.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using boost::json::object;

constexpr std::chrono::seconds fetch_limit{5};
/// How long a request object of a client that has to sign may be good for, and how old it may be (FAPI 2.0 Message
/// Signing §5.3.1).
constexpr std::chrono::minutes longest_life{60};

/// Claims about the JWT itself; the others are parameters.
constexpr std::array<std::string_view, 7> own_claims{"iss", "aud", "exp", "nbf", "iat", "jti", "sub"};

RequestObject refuse(std::string description) {
    return RefusedRequestObject{"invalid_request_object", std::move(description)};
}

/// Where a JWT says what it is, it has to be this (RFC 9101 §4, RFC 8725 §3.11).
bool is_of_type(const crypto::jose::ParsedJwt& jwt) {
    return jwt.typ.empty() || jwt.typ == "JWT" || jwt.typ == "oauth-authz-req+jwt";
}

/// Five parts are encrypted, three are only signed.
bool is_encrypted(std::string_view text) {
    return std::ranges::count(text, '.') == 4;
}

bool allows_encryption(const directory::Client& client, const crypto::jose::Encryption& how) {
    const auto& alg = client.extensions.request_object_encryption_alg;
    const auto& enc = client.extensions.request_object_encryption_enc;
    return (!alg || alg->str() == to_text(how.alg)) && (!enc || enc->str() == to_text(how.enc));
}

bool allows_algorithm(const directory::Client& client, std::string_view alg) {
    const auto& wanted = client.extensions.request_object_signing_alg;
    return !wanted || to_name(*wanted) == alg;
}

/// What is wrong with the claims about the JWT itself; nothing when they are in order.
std::optional<std::string> find_fault(const object& claims, const RequestObjectRules& rules) {
    const auto& id = rules.client.id.str();
    const bool strict = directory::is_on(rules.client.extensions.require_signed_request_object);
    if ((strict || claims.contains("iss")) && text_claim(claims, "iss") != id) return "iss is not the client";
    if (text_claim(claims, "client_id") != id) return "client_id is not the client";
    // An assertion by which the client proves itself names it as its subject; it must not pass for a request (§10.8).
    if (text_claim(claims, "sub") == id) return "a client assertion is no request";
    if (strict || claims.contains("aud")) {
        const auto audiences = audience_claim(claims);
        if (std::ranges::find(audiences, rules.issuer) == audiences.end()) return "aud is not this issuer";
    }
    const auto expires = time_claim(claims, "exp");
    if ((strict || claims.contains("exp")) && (!expires || *expires <= rules.now)) return "it has expired";
    if (!has_begun(claims, rules.now)) return "it is not valid yet";
    if (strict) {
        const auto begins = time_claim(claims, "nbf");
        if (!begins || *begins + longest_life < rules.now || *expires > *begins + longest_life)
            return "nbf and exp must be within 60 minutes";
    }
    if (claims.contains("request") || claims.contains("request_uri")) return "it names another request object";
    return std::nullopt;
}

/// False for a value that no parameter has.
bool add_parameter(net::Form& form, std::string_view name, const boost::json::value& value) {
    if (const auto* text = value.if_string()) {
        if (text->find('\0') != boost::json::string::npos) return false;
        form.add(std::string(name), std::string(*text));
    } else if (value.is_int64() || value.is_uint64() || value.is_bool() || value.is_object()) {
        form.add(std::string(name), boost::json::serialize(value));
    } else if (const auto* list = value.if_array()) {
        return name == "resource" && std::ranges::all_of(*list, [&](const auto& item) {
                   return item.is_string() && add_parameter(form, name, item);
               });
    } else {
        return false;
    }
    return true;
}

}  // namespace

RequestObject read_request_object(const crypto::jose::ParsedJwt& jwt, const RequestObjectRules& rules) {
    if (!is_of_type(jwt)) return refuse("a JWT of another type is no request");
    if (auto fault = find_fault(jwt.claims, rules)) return refuse(std::move(*fault));
    net::Form form;
    for (const auto& [name, value] : jwt.claims) {
        if (std::ranges::find(own_claims, std::string_view(name)) != own_claims.end()) continue;
        if (!add_parameter(form, name, value)) return refuse("a claim is not what a parameter can be");
    }
    return form;
}

Task<RequestObject> RequestObjects::read(signin::ClientPtr client, std::string issuer, std::string text) {
    if (text.size() > max_size) co_return refuse("it is too long");
    if (is_encrypted(text)) {
        auto plain = co_await decrypt(client, std::move(text));
        if (!plain) co_return refuse("it is not encrypted to the pool's key");
        text = std::move(*plain);
    }
    auto jwt = crypto::jose::parse_jwt(text);
    if (!jwt) co_return refuse("it is not a signed JWT");
    const auto pool = co_await catalog_.get_pool(client->pool_id);
    if (!allows_algorithm(*client, jwt->alg) || !is_client_algorithm(*pool, jwt->alg)) {
        co_return refuse("it is signed with another algorithm");
    }
    const bool signed_by_client = co_await keys_.signed_by(client, *jwt);
    if (!signed_by_client) co_return refuse("its signature is not the client's");
    const RequestObjectRules rules{*client, issuer, clock_.now()};
    co_return read_request_object(*jwt, rules);
}

/// RFC 9101 §6.1. What is inside has to be signed all the same: anybody can encrypt to us.
Task<std::optional<std::string>> RequestObjects::decrypt(signin::ClientPtr client, std::string text) {
    const auto message = crypto::jose::parse_jwe(text);
    if (!message || !allows_encryption(*client, message->how)) co_return std::nullopt;
    const auto pool = co_await catalog_.get_pool(client->pool_id);
    if (!directory::is_on(pool->extensions.encrypted_request_objects)) co_return std::nullopt;
    const auto keys = co_await catalog_.get_keys(client->pool_id);
    co_return oauth::decrypt(*keys, *message);
}

Task<RequestObject> RequestObjects::fetch(signin::ClientPtr client, std::string issuer, std::string url) {
    const auto refused = [](std::string why) { return RefusedRequestObject{"invalid_request_uri", std::move(why)}; };
    const auto& registered = client->extensions.request_uris;
    const bool known =
        registered && std::ranges::any_of(*registered, [&](const auto& uri) { return uri.str() == url; });
    if (!known) co_return refused("request_uri is not one of the client's");
    net::ClientRequest request;
    request.url = std::move(url);
    request.headers.add("Accept", "application/oauth-authz-req+jwt, application/jwt");
    request.limit = fetch_limit;
    request.max_body = max_size;
    std::optional<net::ClientResponse> answer;
    try {
        answer = co_await fetcher_.fetch(std::move(request));
    } catch (const net::ClientError&) {
    }
    if (!answer || answer->status != 200) co_return refused("request_uri cannot be read");
    co_return co_await read(std::move(client), std::move(issuer), std::move(answer->body));
}

}  // namespace symbolon::oauth
