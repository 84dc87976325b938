#include "federation/saml/service_provider.hpp"

#include "base/encoding.hpp"
#include "directory/codes.hpp"
#include "federation/exchange.hpp"
#include "federation/saml/parties.hpp"
#include "federation/saml/redirect_binding.hpp"
#include "federation/saml/requests.hpp"
#include "federation/saml/response.hpp"
#include "federation/saml/signature.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <utility>

namespace symbolon::federation::saml {
namespace {

[[noreturn]] void refuse(const char* why) {
    throw_failure("Invalid samlResponse or relayState from identity provider", why);
}

std::string subject_of(const directory::IdentityProvider& provider, const Assertion& assertion) {
    const auto mapped = provider.attribute_mapping.find("username");
    if (mapped == provider.attribute_mapping.end()) return assertion.name_id.value;
    const auto* said = assertion.claims.if_contains(mapped->second);
    if (!said || !said->is_string() || said->get_string().empty()) refuse("the attribute that is the user name");
    return std::string(said->get_string());
}

}  // namespace

Task<ServiceProvider::Asked> ServiceProvider::ask(Traveller traveller, std::string callback, std::string relay_state) {
    const auto metadata = co_await get_metadata(services_, documents_, traveller.provider);
    const bool is_signed =
        metadata.wants_signed_requests || !detail_of(*traveller.provider, "RequestSigningAlgorithm").empty();
    std::optional<Bytes> key;
    if (is_signed) key = co_await get_key(services_, traveller.pool->id);

    AuthnRequest asked;
    asked.id = make_id(services_.random);
    asked.issuer = entity_id_of(traveller.pool->id.str());
    asked.destination = metadata.sso_redirect.empty() ? metadata.sso_post : metadata.sso_redirect;
    asked.callback = std::move(callback);
    asked.force = (" " + traveller.prompt + " ").find(" login ") != std::string::npos;
    asked.issued = services_.clock.now();
    const auto message = to_xml(asked);
    Asked out;
    out.request_id = asked.id;
    if (!metadata.sso_redirect.empty()) {
        out.departure = GoTo{redirect_url(asked.destination, request_parameter, message, relay_state, key)};
        co_return out;
    }
    const auto posted = key ? sign_root(message, asked.id, *key) : message;
    out.departure =
        PostTo{asked.destination, {{"SAMLRequest", to_base64(bytes_of(posted))}, {"RelayState", relay_state}}};
    co_return out;
}

Task<Arrived> ServiceProvider::accept(signin::PoolPtr pool, ProviderPtr provider, directory::FederationRequest request,
                                      std::string response) {
    const auto text = decode_posted(std::move(response));
    if (!text) refuse("too long, or not Base64");
    Awaited awaited;
    awaited.provider = co_await get_metadata(services_, documents_, provider);
    awaited.entity_id = entity_id_of(pool->id.str());
    awaited.callback = std::move(request.callback);
    awaited.request_id = std::move(request.saml_id);
    awaited.key = co_await find_key(services_, pool->id);
    awaited.encrypted_only = detail_of(*provider, "EncryptedResponses") == "true";
    awaited.now = services_.clock.now();
    auto assertion = check_response(*text, awaited);
    const auto proof = proof_id("saml", provider->name, assertion.id);
    const bool is_new = co_await services_.db.write(
        [&](db::Transaction& tx) { return directory::SpentProofs(tx).spend(pool->id, proof, assertion.expires); });
    if (!is_new) refuse("an assertion that was taken before");

    Arrived arrived;
    auto& session = arrived.session;
    session.provider = provider->name;
    session.name_id = assertion.name_id.value;
    session.name_format = assertion.name_id.format;
    session.name_qualifier = assertion.name_id.qualifier;
    session.name_sp_qualifier = assertion.name_id.sp_qualifier;
    session.index = std::move(assertion.session_index);
    auto& person = arrived.person;
    person.subject = subject_of(*provider, assertion);
    person.told["samlResponse"] = assertion.claims;
    person.claims = std::move(assertion.claims);
    person.provider = std::move(provider);
    co_return arrived;
}

}  // namespace symbolon::federation::saml
