#include "federation/federation.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/pool_certificates.hpp"
#include "federation/exchange.hpp"
#include "federation/oidc/authentication.hpp"
#include "federation/oidc/metadata.hpp"
#include "federation/oidc/relying_party.hpp"
#include "federation/oidc/requests.hpp"
#include "federation/saml/metadata.hpp"
#include "federation/saml/service_provider.hpp"

#include <utility>

namespace symbolon::federation {
namespace {

using Type = directory::IdentityProviderTypeType;

std::string challenge_of(std::string_view verifier) {
    return to_base64url(crypto::sha256(verifier));
}

/// What every request has, of whatever protocol.
directory::FederationRequest request_of(const Traveller& traveller, std::string_view callback_path, Instant now) {
    directory::FederationRequest request;
    request.provider = traveller.provider->name;
    request.browser = traveller.browser;
    request.callback = traveller.site_url + std::string(callback_path);
    request.query = traveller.query;
    request.expires = now + Federation::longest_absence;
    return request;
}

}  // namespace

Federation::Federation(signin::Services& services, net::Fetcher& fetcher)
    : services_(services), fetcher_(fetcher), documents_(fetcher, services.clock), sign_in_(services) {}

Task<ProviderPtr> Federation::find_provider(signin::PoolPtr pool, std::string name, std::string identifier) {
    auto found = co_await services_.db.read([&](db::Transaction& tx) {
        directory::IdentityProviders providers(tx, services_.sealer);
        return name.empty() ? providers.find_by_identifier(pool->id, identifier) : providers.find(pool->id, name);
    });
    if (!found) co_return nullptr;
    co_return std::make_shared<const directory::IdentityProvider>(std::move(*found));
}

Task<void> Federation::remember(signin::PoolPtr pool, std::string handle, directory::FederationRequest request) {
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::FederationRequests(tx, services_.sealer).create(pool->id, handle, request);
    });
}

Task<Departure> Federation::depart(Traveller traveller) {
    if (traveller.provider->type == Type::SAML) co_return co_await depart_to_saml(std::move(traveller));
    co_return co_await depart_to_oidc(std::move(traveller));
}

Task<Departure> Federation::depart_to_saml(Traveller traveller) {
    auto request = request_of(traveller, saml_callback_path, services_.clock.now());
    auto handle = services_.random.token();
    auto pool = traveller.pool;
    saml::ServiceProvider service_provider(services_, documents_);
    auto asked = co_await service_provider.ask(std::move(traveller), request.callback, handle);
    request.saml_id = std::move(asked.request_id);
    co_await remember(std::move(pool), std::move(handle), std::move(request));
    co_return std::move(asked.departure);
}

Task<Departure> Federation::depart_to_oidc(Traveller traveller) {
    const auto metadata = co_await oidc::find_metadata(documents_, *traveller.provider);
    auto request = request_of(traveller, oidc_callback_path, services_.clock.now());
    request.nonce = services_.random.token();
    request.verifier = services_.random.token();
    oidc::AuthorizationParameters parameters;
    parameters.redirect_uri = request.callback;
    parameters.state = services_.random.token();
    parameters.nonce = request.nonce;
    parameters.code_challenge = challenge_of(request.verifier);
    parameters.login_hint = traveller.login_hint;
    parameters.prompt = traveller.prompt;
    parameters.acr_values = oidc::acr_values(*traveller.provider, traveller.levels);
    co_await remember(traveller.pool, parameters.state, std::move(request));
    GoTo departure{oidc::authorization_url(*traveller.provider, metadata, parameters)};
    co_return departure;
}

Task<std::optional<directory::FederationRequest>> Federation::take(signin::PoolPtr pool, std::string handle,
                                                                   std::string browser, bool is_sign_out) {
    const Instant now = services_.clock.now();
    const auto use = [&](db::Transaction& tx) -> std::optional<directory::FederationRequest> {
        directory::FederationRequests requests(tx, services_.sealer);
        auto request = requests.find(pool->id, handle);
        // Whoever brings a handle into another browser, or to another door, does not use it up.
        if (!request || !crypto::equal_in_constant_time(request->browser, browser)) return std::nullopt;
        if (request->callback.ends_with(saml_logout_path) != is_sign_out) return std::nullopt;
        if (!requests.use(pool->id, handle) || request->expires <= now) return std::nullopt;
        return request;
    };
    co_return co_await services_.db.write(use);
}

Task<std::optional<directory::FederationRequest>> Federation::welcome_back(signin::PoolPtr pool, std::string handle,
                                                                           std::string browser) {
    return take(std::move(pool), std::move(handle), std::move(browser), false);
}

Task<ProviderPtr> Federation::get_provider(signin::PoolPtr pool, signin::ClientPtr client, std::string name,
                                           bool is_saml) {
    auto provider = co_await find_provider(std::move(pool), std::move(name), std::string());
    if (!provider || (provider->type == Type::SAML) != is_saml || !client->allows_provider(provider->name))
        throw_failure("The identity provider does not exist");
    co_return provider;
}

Task<signin::SignedIn> Federation::accept_code(signin::PoolPtr pool, signin::ClientPtr client,
                                               directory::FederationRequest request, net::Form answer,
                                               signin::Caller caller) {
    auto provider = co_await get_provider(pool, client, request.provider, false);
    oidc::RelyingParty relying_party(fetcher_, documents_, services_.clock);
    auto person = co_await relying_party.accept(std::move(provider), std::move(request), std::move(answer));
    co_return co_await sign_in_.sign_in(std::move(pool), std::move(client), std::move(person), std::move(caller));
}

Task<Admitted> Federation::accept_response(signin::PoolPtr pool, signin::ClientPtr client,
                                           directory::FederationRequest request, std::string response,
                                           signin::Caller caller) {
    auto provider = co_await get_provider(pool, client, request.provider, true);
    saml::ServiceProvider service_provider(services_, documents_);
    auto arrived = co_await service_provider.accept(pool, provider, std::move(request), std::move(response));
    auto& person = arrived.person;
    Admitted admitted;
    admitted.signed_in =
        co_await sign_in_.sign_in(std::move(pool), std::move(client), std::move(person), std::move(caller));
    if (detail_of(*provider, "IDPSignout") == "true") admitted.session = std::move(arrived.session);
    co_return admitted;
}

Task<std::optional<directory::FederationRequest>> Federation::unasked(signin::PoolPtr pool, signin::ClientPtr client,
                                                                      std::string site_url, ProviderPtr provider) {
    if (provider->type != Type::SAML || detail_of(*provider, "IDPInit") != "true") co_return std::nullopt;
    if (!client->allows_provider(provider->name)) co_return std::nullopt;
    const auto& names = client->settings.SupportedIdentityProviders;
    for (std::size_t i = 0; i < names->size(); ++i) {
        const auto other = co_await find_provider(pool, (*names)[i].str(), std::string());
        if (!other || other->type != Type::SAML) co_return std::nullopt;
    }
    directory::FederationRequest request;
    request.provider = provider->name;
    request.callback = site_url + std::string(saml_callback_path);
    co_return request;
}

Task<std::string> Federation::describe(signin::PoolPtr pool, std::string site_url) {
    const auto certificate = co_await services_.db.read(
        [&](db::Transaction& tx) { return directory::PoolCertificates(tx, services_.sealer).find(pool->id); });
    co_return saml::sp_metadata(pool->id.str(), site_url, certificate);
}

}  // namespace symbolon::federation
