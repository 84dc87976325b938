#include "oauth/client_authentication.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "directory/codes.hpp"
#include "oauth/security_profile.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

using crypto::x509::AlternativeName;
using crypto::x509::ClientCertificate;
using directory::Client;
using directory::ClientAuthMethod;

constexpr std::size_t max_id = 128;  // ClientIdType
constexpr std::size_t max_secret = 1024;

[[noreturn]] void refuse(const char* message, const char* detail) {
    throw Error{Errc::oauth_invalid_client, message, detail};
}

/// A client that is registered for no method proves itself with its secret, if it has one.
ClientAuthMethod method_of(const Client& client) {
    const auto method = client.extensions.token_endpoint_auth_method.value_or(ClientAuthMethod::none);
    // A secret is never there for nothing, whatever is registered beside it.
    if (method == ClientAuthMethod::none && client.is_confidential()) return ClientAuthMethod::client_secret_basic;
    return method;
}

void check_secret(const Client& client, const ClientCredentials& shown) {
    if (!shown.assertion.empty()) refuse("", "an assertion of a client that proves itself with a secret");
    const bool right = client.has_secret(shown.secret) || client.has_secret(shown.raw_secret);
    if (!right) refuse("invalid_client_secret", "the secret is missing or wrong");
}

void check_nothing_is_shown(const ClientCredentials& shown) {
    if (!shown.secret.empty()) refuse("invalid_client_secret", "a secret of a client that proves itself without one");
    if (!shown.assertion.empty()) refuse("", "an assertion of a client that is not registered for one");
}

/// FAPI 2.0 §5.3.2.1 no. 3 and 6: no public clients, no shared secrets.
void check_profile(const directory::Pool& pool, const Client& client) {
    if (!is_fapi2(pool) || directory::is_fapi2_method(method_of(client))) return;
    refuse("", "a client that proves itself in no way of the pool's security profile");
}

/// Exactly one of these is registered (RFC 8705 §2.1.2).
bool is_named_in(const ClientCertificate& certificate, const directory::ClientExtensions& registered) {
    if (const auto& name = registered.tls_client_auth_subject_dn) return certificate.subject() == name->str();
    if (const auto& name = registered.tls_client_auth_san_dns)
        return certificate.has_name(AlternativeName::dns, name->str());
    if (const auto& name = registered.tls_client_auth_san_uri)
        return certificate.has_name(AlternativeName::uri, name->str());
    if (const auto& name = registered.tls_client_auth_san_ip)
        return certificate.has_name(AlternativeName::ip, name->str());
    if (const auto& name = registered.tls_client_auth_san_email)
        return certificate.has_name(AlternativeName::email, name->str());
    return false;
}

Audiences audiences_of(const Site& site, const std::string& endpoint) {
    if (is_fapi2(*site.pool)) return {{site.issuer}, true};
    return {{site.issuer, site.url + "/oauth2/token", site.endpoints_url + "/oauth2/token", endpoint}};
}

/// An assertion is used up for its client: others may choose the same id.
std::string proof_id_of(const Client& client, const ClientAssertion& assertion) {
    return "client assertion " + client.id.str() + " " + to_base64url(crypto::sha256(assertion.id));
}

}  // namespace

bool is_confidential(const Client& client) {
    return method_of(client) != ClientAuthMethod::none;
}

Task<signin::ClientPtr> ClientAuthentication::authenticate(Site site, const net::Request& request,
                                                           const net::Form& form) {
    auto credentials = read_client_credentials(request, form);
    // The path below the site's prefix, whatever that is.
    auto endpoint = site.url + request.path.substr(std::min(request.path.find("/oauth2/"), request.path.size()));
    return prove(std::move(site), std::move(endpoint), std::move(credentials));
}

Task<signin::ClientPtr> ClientAuthentication::prove(Site site, std::string endpoint, ClientCredentials credentials) {
    if (credentials.id.size() > max_id || credentials.secret.size() > max_secret) refuse("", "too long");
    auto client = co_await services_.catalog.find_client(ClientId(credentials.id));
    if (!client || client->pool_id != site.pool->id) refuse("", "no such client in this pool");
    check_profile(*site.pool, *client);
    switch (method_of(*client)) {
        case ClientAuthMethod::client_secret_basic:
        case ClientAuthMethod::client_secret_post:
            check_secret(*client, credentials);
            break;
        case ClientAuthMethod::client_secret_jwt:
        case ClientAuthMethod::private_key_jwt:
            co_await check_assertion(std::move(site), std::move(endpoint), client, std::move(credentials.assertion));
            break;
        case ClientAuthMethod::tls_client_auth:
        case ClientAuthMethod::self_signed_tls_client_auth:
            check_nothing_is_shown(credentials);
            co_await check_certificate(client, std::move(credentials.certificate));
            break;
        case ClientAuthMethod::none:
            check_nothing_is_shown(credentials);
            break;
    }
    co_return client;
}

Task<void> ClientAuthentication::check_assertion(Site site, std::string endpoint, signin::ClientPtr client,
                                                 std::string text) {
    if (text.empty()) refuse("", "no assertion");
    const auto assertion = read_client_assertion(text, *client, audiences_of(site, endpoint), services_.clock.now());
    if (!assertion.is_by_secret() && !is_client_algorithm(*site.pool, assertion.jwt.alg)) {
        refuse("The client assertion is not accepted.", "an algorithm that the pool's security profile lacks");
    }
    bool genuine = false;
    if (assertion.is_by_secret()) {
        genuine = is_signed_by_secret(*client, assertion.jwt);
    } else {
        genuine = co_await keys_.signed_by(client, assertion.jwt);
    }
    if (!genuine) refuse("The client assertion is not accepted.", "not signed by the client");
    const auto spend = [&](db::Transaction& tx) {
        return directory::SpentProofs(tx).spend(client->pool_id, proof_id_of(*client, assertion), assertion.expires);
    };
    const bool fresh = co_await services_.db.write(spend);
    if (!fresh) refuse("The client assertion is not accepted.", "it was used before");
}

Task<void> ClientAuthentication::check_certificate(signin::ClientPtr client, std::string der) {
    const auto certificate = ClientCertificate::parse(bytes_of(der));
    if (!certificate) refuse("", "no certificate");
    const auto now = services_.clock.now();
    if (client->extensions.token_endpoint_auth_method == ClientAuthMethod::tls_client_auth) {
        if (!certificate->is_issued_by(authorities_, now)) refuse("", "a certificate of nobody who is believed");
        if (!is_named_in(*certificate, client->extensions)) refuse("", "a certificate of another name");
        co_return;
    }
    const auto keys = co_await keys_.of(client);
    const auto fits = [&](const auto& jwk) { return certificate->has_key_of(jwk); };
    if (!certificate->is_valid_at(now)) refuse("", "an expired certificate");
    if (std::none_of(keys->begin(), keys->end(), fits)) refuse("", "a certificate that is not registered");
}

}  // namespace symbolon::oauth
