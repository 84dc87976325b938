#include "federation/saml/service_provider.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/codes.hpp"
#include "directory/pool_certificates.hpp"
#include "federation/exchange.hpp"
#include "federation/saml/requests.hpp"
#include "federation/saml/response.hpp"
#include "federation/saml/signature.hpp"

#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace symbolon::federation::saml {
namespace {

constexpr std::chrono::hours life_of_metadata{6};
constexpr std::size_t longest_response = 100'000;  ///< characters of Base64 (§1.14)
constexpr std::size_t id_size = 20;

[[noreturn]] void refuse(const char* why) {
    throw_failure("Invalid samlResponse or relayState from identity provider", why);
}

/// Forms break lines as they like.
std::string decode(std::string text) {
    if (text.size() > longest_response) refuse("too long");
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    const auto bytes = parse_base64(text);
    if (!bytes) refuse("not Base64");
    return std::string(text_of(*bytes));
}

std::string subject_of(const directory::IdentityProvider& provider, const Assertion& assertion) {
    const auto mapped = provider.attribute_mapping.find("username");
    if (mapped == provider.attribute_mapping.end()) return assertion.name_id;
    const auto* said = assertion.claims.if_contains(mapped->second);
    if (!said || !said->is_string() || said->get_string().empty()) refuse("the attribute that is the user name");
    return std::string(said->get_string());
}

/// By which an assertion is known again: the provider's own id, which another provider may use as well.
std::string proof_id(const std::string& provider, const std::string& id) {
    return "saml|" + to_hex(crypto::sha256(provider + "|" + id));
}

}  // namespace

Task<IdpMetadata> ServiceProvider::get_metadata(ProviderPtr provider) {
    auto text = detail_of(*provider, "MetadataFile");
    if (text.empty()) {
        auto url = detail_of(*provider, "MetadataURL");
        const auto document = co_await documents_.get(std::move(url), life_of_metadata, "metadata");
        text = *document;
    }
    auto metadata = parse_idp_metadata(text, services_.clock.now());
    if (!metadata) throw_failure("The metadata of the identity provider is not valid");
    co_return std::move(*metadata);
}

Task<std::optional<Bytes>> ServiceProvider::find_key(PoolId pool) {
    auto own = co_await services_.db.read(
        [&](db::Transaction& tx) { return directory::PoolCertificates(tx, services_.sealer).find_with_key(pool); });
    if (!own) co_return std::nullopt;
    co_return std::move(own->key);
}

Task<ServiceProvider::Asked> ServiceProvider::ask(Traveller traveller, std::string callback, std::string relay_state) {
    const auto metadata = co_await get_metadata(traveller.provider);
    const bool is_signed =
        metadata.wants_signed_requests || !detail_of(*traveller.provider, "RequestSigningAlgorithm").empty();
    std::optional<Bytes> key;
    if (is_signed) key = co_await find_key(traveller.pool->id);
    if (is_signed && !key)
        throw_failure("The user pool has no signing certificate yet", "GetSigningCertificate makes it");

    AuthnRequest asked;
    asked.id = "_" + to_hex(services_.random.bytes(id_size));
    asked.issuer = entity_id_of(traveller.pool->id.str());
    asked.destination = metadata.sso_redirect.empty() ? metadata.sso_post : metadata.sso_redirect;
    asked.callback = std::move(callback);
    asked.force = (" " + traveller.prompt + " ").find(" login ") != std::string::npos;
    asked.issued = services_.clock.now();
    const auto message = to_xml(asked);
    Asked out;
    out.request_id = asked.id;
    if (!metadata.sso_redirect.empty()) {
        out.departure = GoTo{redirect_url(asked.destination, message, relay_state, key)};
        co_return out;
    }
    const auto posted = key ? sign_root(message, asked.id, *key) : message;
    out.departure =
        PostTo{asked.destination, {{"SAMLRequest", to_base64(bytes_of(posted))}, {"RelayState", relay_state}}};
    co_return out;
}

Task<signin::ExternalPerson> ServiceProvider::accept(signin::PoolPtr pool, ProviderPtr provider,
                                                     directory::FederationRequest request, std::string response) {
    const auto text = decode(std::move(response));
    Awaited awaited;
    awaited.provider = co_await get_metadata(provider);
    awaited.entity_id = entity_id_of(pool->id.str());
    awaited.callback = std::move(request.callback);
    awaited.request_id = std::move(request.saml_id);
    awaited.key = co_await find_key(pool->id);
    awaited.encrypted_only = detail_of(*provider, "EncryptedResponses") == "true";
    awaited.now = services_.clock.now();
    auto assertion = check_response(text, awaited);
    const auto proof = proof_id(provider->name, assertion.id);
    const bool is_new = co_await services_.db.write(
        [&](db::Transaction& tx) { return directory::SpentProofs(tx).spend(pool->id, proof, assertion.expires); });
    if (!is_new) refuse("an assertion that was taken before");

    signin::ExternalPerson person;
    person.subject = subject_of(*provider, assertion);
    person.told["samlResponse"] = assertion.claims;
    person.claims = std::move(assertion.claims);
    person.provider = std::move(provider);
    co_return person;
}

}  // namespace symbolon::federation::saml
