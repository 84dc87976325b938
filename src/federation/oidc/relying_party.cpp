#include "federation/oidc/relying_party.hpp"

#include "base/error.hpp"
#include "federation/exchange.hpp"
#include "federation/json.hpp"
#include "federation/oidc/authentication.hpp"
#include "federation/oidc/id_token.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace symbolon::federation::oidc {
namespace {

namespace json = boost::json;
using Type = directory::IdentityProviderTypeType;

constexpr std::chrono::seconds life_of_keys{300};
/// A key that is not known is looked for again, but a flood of made-up `kid`s does not become one of requests.
constexpr std::chrono::seconds pause_of_keys{10};

/// Another provider's answer must not be taken for this one's (mix-up, RFC 9207): whoever names itself has to be the
/// one that the person was sent to.
void check_issuer(const Metadata& metadata, const net::Form& answer) {
    const auto issuer = answer.find("iss");
    if (!issuer && !metadata.says_issuer) return;
    if (!issuer || *issuer != metadata.issuer) throw_failure("The answer is of another identity provider");
}

void check_error(const directory::IdentityProvider& provider, const net::Form& answer) {
    const auto error = answer.find("error");
    if (!error) return;
    // Amazon, Google, Apple and Facebook have words of their own for a person who does not want to.
    const bool refused =
        *error == "access_denied" || *error == "user_cancelled_authorize" || *error == "user_cancelled_login";
    if (refused) throw Error{Errc::oauth_access_denied, "The user did not sign in."};
    std::string text = *error;
    if (const auto description = answer.find("error_description")) text += " " + *description;
    if (text.size() > 256) text.resize(256);
    throw_failure(provider.name + " Error - " + text);
}

/// Name and address that Apple's form brings at the first sign-in come through the browser, unsigned: the name is
/// taken, since it proves nothing. Spec: oauth-and-hosted-ui.md §4.1.
void add_name(const net::Form& answer, json::object& claims) {
    const auto user = parse_object(answer.get("user"));
    const auto* name = user ? user->if_contains("name") : nullptr;
    if (!name || !name->is_object()) return;
    const auto first = text_member(name->get_object(), "firstName");
    const auto last = text_member(name->get_object(), "lastName");
    if (!first.empty()) claims.emplace("firstName", first);
    if (!last.empty()) claims.emplace("lastName", last);
    if (!first.empty() || !last.empty()) claims.emplace("name", first.empty() ? last : first + " " + last);
}

std::string subject_of(const directory::IdentityProvider& provider, const json::object& claims) {
    const auto mapped = provider.attribute_mapping.find("username");
    const auto* said = claims.if_contains(mapped == provider.attribute_mapping.end() ? "sub" : mapped->second);
    std::string subject;
    if (said && (said->is_string() || said->is_number()))
        subject = said->is_string() ? std::string(said->get_string()) : json::serialize(*said);
    if (subject.empty()) throw_failure(provider.name + " Error - it does not say who signed in");
    return subject;
}

}  // namespace

Task<signin::ExternalPerson> RelyingParty::accept(ProviderPtr provider, directory::FederationRequest request,
                                                  net::Form answer) {
    const auto metadata = co_await find_metadata(documents_, *provider);
    check_issuer(metadata, answer);
    check_error(*provider, answer);
    auto code = answer.get("code");
    if (code.empty()) throw_failure(provider->name + " Error - the answer has no code");
    const auto nonce = request.nonce;
    auto tokens = co_await exchange_code(provider, metadata, std::move(request), std::move(code));

    signin::ExternalPerson person;
    person.told["tokenResponse"] = tokens.response;
    if (issues_id_tokens(provider->type)) {
        person.claims = co_await prove(provider, metadata, nonce, tokens.id_token);
        person.told["idToken"] = person.claims;
        person.amr = methods_of(person.claims);
        person.level = level_of(*provider, person.claims);
    }
    if (provider->type == Type::SignInWithApple) add_name(answer, person.claims);
    if (!metadata.user_info_endpoint.empty() && !tokens.access_token.empty() && provider->type != Type::Google) {
        const auto info =
            co_await get_user_info(provider, metadata, tokens.access_token, text_member(person.claims, "sub"));
        person.told["userInfo"] = info;
        // What was signed wins over what was asked for.
        for (const auto& [name, value] : info) person.claims.emplace(name, value);
    }
    // For those who map them to attributes of their own (§4.3).
    if (!tokens.access_token.empty()) person.claims.emplace("access_token", tokens.access_token);
    if (!tokens.id_token.empty()) person.claims.emplace("id_token", tokens.id_token);
    person.subject = subject_of(*provider, person.claims);
    person.provider = std::move(provider);
    co_return person;
}

Task<Tokens> RelyingParty::exchange_code(ProviderPtr provider, Metadata metadata, directory::FederationRequest request,
                                         std::string code) {
    const auto secret = provider->type == Type::SignInWithApple ? apple_client_secret(*provider, clock_.now())
                                                                : detail_of(*provider, "client_secret");
    auto exchanged = token_request(*provider, metadata, secret, code, request.callback, request.verifier);
    const auto response = co_await exchange(fetcher_, std::move(exchanged), "token endpoint");
    co_return parse_tokens(*provider, response);
}

Task<bool> RelyingParty::is_signed(std::string jwks_uri, crypto::jose::ParsedJwt token) {
    for (const auto oldest : {life_of_keys, pause_of_keys}) {
        const auto document = co_await documents_.get(jwks_uri, oldest, "jwks uri");
        const auto jwks = parse_object(*document);
        if (!jwks) throw_failure("The IdP jwks uri answered what are no keys");
        if (const auto verified = is_signed_by(token, *jwks)) co_return *verified;
    }
    co_return false;
}

Task<json::object> RelyingParty::prove(ProviderPtr provider, Metadata metadata, std::string nonce,
                                       std::string id_token) {
    auto token = crypto::jose::parse_jwt(id_token);
    if (!token) throw_failure("The ID token of the identity provider is not valid", "not a JWS with a known algorithm");
    const bool is_proven = co_await is_signed(metadata.jwks_uri, *token);
    if (!is_proven) throw_failure("The ID token of the identity provider is not valid", "signature or kid");
    Expected expected;
    expected.issuer = metadata.issuer;
    expected.client_id = detail_of(*provider, "client_id");
    expected.nonce = std::move(nonce);
    if (auto fault = find_fault(token->claims, expected, clock_.now()))
        throw_failure("The ID token of the identity provider is not valid", std::move(*fault));
    co_return std::move(token->claims);
}

Task<json::object> RelyingParty::get_user_info(ProviderPtr provider, Metadata metadata, std::string access_token,
                                               std::string subject) {
    auto request = user_info_request(*provider, metadata, access_token);
    const auto response = co_await exchange(fetcher_, std::move(request), "userInfo endpoint");
    auto info = parse_user_info(*provider, response);
    // The access token may be another person's: what it gives is of the person of the ID token or of nobody (§5.3.2).
    if (issues_id_tokens(provider->type) && text_member(info, "sub") != subject)
        throw_failure("The userInfo endpoint of the identity provider answers for another person");
    co_return info;
}

}  // namespace symbolon::federation::oidc
