#include "federation/saml/single_logout.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/identity_providers.hpp"
#include "federation/exchange.hpp"
#include "federation/saml/parties.hpp"
#include "federation/saml/signature.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace symbolon::federation::saml {
namespace {

using directory::IdentityProvider;

constexpr std::size_t longest_state = 1024;  ///< of a provider's RelayState, which goes back to it

[[noreturn]] void refuse(const char* why) {
    throw_failure("Invalid logout message from identity provider", why);
}

bool signs_out(const IdentityProvider& provider) {
    return provider.type == directory::IdentityProviderTypeType::SAML && detail_of(provider, "IDPSignout") == "true";
}

/// A message out of what the door was given.
SignedMessage read(SamlParameters given, std::string_view parameter) {
    if (given.posted.empty()) {
        auto redirected = read_redirect(given.query, parameter);
        if (!redirected) refuse("not the address that is expected");
        return std::move(*redirected);
    }
    auto text = decode_posted(std::move(given.posted));
    if (!text) refuse("too long, or not Base64");
    return std::move(*text);
}

/// Sends a message by the way that the provider has; by address where it has both.
Departure send(const IdpMetadata& provider, std::string_view parameter, const std::string& message,
               const std::string& id, const std::string& relay_state, const Bytes& key) {
    const bool is_answer = parameter == response_parameter;
    if (!provider.slo_redirect.location.empty()) {
        const auto& to = is_answer ? provider.slo_redirect.responses : provider.slo_redirect.location;
        return GoTo{redirect_url(to, parameter, message, relay_state, key)};
    }
    PostTo form{is_answer ? provider.slo_post.responses : provider.slo_post.location, {}};
    form.fields.emplace_back(parameter, to_base64(bytes_of(sign_root(message, id, key))));
    if (!relay_state.empty()) form.fields.emplace_back("RelayState", relay_state);
    return form;
}

/// Where a message to the provider goes. Fails: oauth_invalid_request.
std::string destination_of(const IdpMetadata& provider, std::string_view parameter) {
    const auto& service = provider.slo_redirect.location.empty() ? provider.slo_post : provider.slo_redirect;
    if (service.location.empty()) throw_failure("The identity provider has no single logout service");
    return parameter == response_parameter ? service.responses : service.location;
}

Header header_for(const IdpMetadata& provider, std::string_view parameter, const directory::Pool& pool,
                  signin::Services& services) {
    Header header;
    header.id = make_id(services.random);
    header.issuer = entity_id_of(pool.id.str());
    header.destination = destination_of(provider, parameter);
    header.issued = services.clock.now();
    return header;
}

}  // namespace

Task<ProviderPtr> SingleLogout::find_provider(PoolId pool, std::string name) {
    const auto look = [&](db::Transaction& tx) {
        return directory::IdentityProviders(tx, services_.sealer).find(pool, name);
    };
    auto found = co_await services_.db.read(look);
    if (!found || !signs_out(*found)) throw_failure("The identity provider takes part in no single logout");
    co_return std::make_shared<const IdentityProvider>(std::move(*found));
}

/// Whoever knows the address of this can make the server look: so metadata is read as XML only where the name stands in
/// it, and a provider whose metadata cannot be fetched is passed over.
Task<ProviderPtr> SingleLogout::find_issuer(PoolId pool, std::string entity_id) {
    if (entity_id.empty()) refuse("no Issuer");
    const auto list = [&](db::Transaction& tx) {
        return directory::IdentityProviders(tx, services_.sealer)
            .list(pool, "", static_cast<int>(directory::IdentityProviders::most_of_a_pool));
    };
    auto providers = co_await services_.db.read(list);
    std::erase_if(providers, [](const IdentityProvider& one) { return !signs_out(one); });
    for (auto& one : providers) {
        const auto provider = std::make_shared<const IdentityProvider>(std::move(one));
        Documents::Text text;
        try {
            text = co_await get_metadata_text(documents_, provider);
        } catch (const Error& error) {
            if (error.code != Errc::oauth_invalid_request) throw;
        }
        if (!text || text->find(escape(entity_id)) == text->npos) continue;
        const auto metadata = parse_idp_metadata(*text, services_.clock.now());
        if (metadata && metadata->entity_id == entity_id) co_return provider;
    }
    refuse("of no provider that takes part in single logout");
}

Task<SingleLogout::Asked> SingleLogout::ask(signin::PoolPtr pool, signin::ProviderSession session,
                                            std::string relay_state) {
    const auto provider = co_await find_provider(pool->id, session.provider);
    const auto metadata = co_await get_metadata(services_, documents_, provider);
    const auto key = co_await get_key(services_, pool->id);
    const auto header = header_for(metadata, request_parameter, *pool, services_);
    const NameId name{session.name_id, session.name_format, session.name_qualifier, session.name_sp_qualifier};
    const auto message = logout_request_xml(header, name, session.index);
    Asked asked;
    asked.departure = send(metadata, request_parameter, message, header.id, relay_state, key);
    asked.request_id = header.id;
    co_return asked;
}

Task<bool> SingleLogout::check_answer(signin::PoolPtr pool, directory::FederationRequest request, SamlParameters answer,
                                      std::string place) {
    const auto provider = co_await find_provider(pool->id, request.provider);
    LogoutAwaited awaited;
    awaited.provider = co_await get_metadata(services_, documents_, provider);
    awaited.place = std::move(place);
    awaited.now = services_.clock.now();
    const auto message = read(std::move(answer), response_parameter);
    co_return check_logout_response(message, awaited, request.saml_id);
}

Task<ProviderSignOut> SingleLogout::accept(signin::PoolPtr pool, SamlParameters request, std::string place) {
    ProviderSignOut wanted;
    wanted.relay_state = request.relay_state;
    if (wanted.relay_state.size() > longest_state) refuse("RelayState");
    const auto message = read(std::move(request), request_parameter);
    const auto provider = co_await find_issuer(pool->id, claimed_issuer(message));
    LogoutAwaited awaited;
    awaited.provider = co_await get_metadata(services_, documents_, provider);
    awaited.place = std::move(place);
    awaited.key = co_await find_key(services_, pool->id);
    awaited.now = services_.clock.now();
    auto checked = check_logout_request(message, awaited);
    auto& logout = wanted.logout;
    logout.provider = provider->name;
    logout.name_id = std::move(checked.name.value);
    logout.session_indexes = std::move(checked.session_indexes);
    logout.proof_id = proof_id("saml logout", provider->name, checked.id);
    logout.proof_expires = checked.expires;
    wanted.request_id = std::move(checked.id);
    co_return wanted;
}

Task<Departure> SingleLogout::answer(signin::PoolPtr pool, ProviderSignOut done) {
    const auto provider = co_await find_provider(pool->id, done.logout.provider);
    const auto metadata = co_await get_metadata(services_, documents_, provider);
    const auto key = co_await get_key(services_, pool->id);
    const auto header = header_for(metadata, response_parameter, *pool, services_);
    const auto message = logout_response_xml(header, done.request_id);
    co_return send(metadata, response_parameter, message, header.id, done.relay_state, key);
}

}  // namespace symbolon::federation::saml
