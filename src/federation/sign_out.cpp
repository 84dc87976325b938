#include "base/log.hpp"
#include "federation/federation.hpp"
#include "federation/saml/single_logout.hpp"

#include <utility>

// Single logout with SAML providers (oauth-and-hosted-ui.md §1.7). A browser that is on its way to the provider is a
// row like one that signs in there: found by RelayState, bound to the browser, good for one return.
namespace symbolon::federation {

Task<Departure> Federation::depart_signed_out(Leaver leaver) {
    directory::FederationRequest request;
    request.provider = leaver.session.provider;
    request.browser = std::move(leaver.browser);
    request.callback = leaver.site_url + std::string(saml_logout_path);
    request.query = std::move(leaver.target);
    request.expires = services_.clock.now() + longest_absence;
    auto handle = services_.random.token();
    saml::SingleLogout logout(services_, documents_);
    auto asked = co_await logout.ask(leaver.pool, std::move(leaver.session), handle);
    request.saml_id = std::move(asked.request_id);
    co_await remember(std::move(leaver.pool), std::move(handle), std::move(request));
    co_return std::move(asked.departure);
}

Task<std::optional<std::string>> Federation::accept_sign_out_answer(signin::PoolPtr pool, std::string site_url,
                                                                    SamlParameters answer, std::string browser) {
    auto journey = co_await take(pool, answer.relay_state, std::move(browser), true);
    if (!journey) co_return std::nullopt;
    auto target = journey->query;
    auto place = site_url + std::string(saml_logout_path);
    saml::SingleLogout logout(services_, documents_);
    const auto provider = journey->provider;
    const bool ended = co_await logout.check_answer(pool, std::move(*journey), std::move(answer), std::move(place));
    if (!ended) log::warning("provider_sign_out_failed", {{"pool", pool->id.str()}, {"provider", provider}});
    co_return target;
}

Task<ProviderSignOut> Federation::accept_sign_out(signin::PoolPtr pool, std::string site_url, SamlParameters request) {
    auto place = site_url + std::string(saml_logout_path);
    saml::SingleLogout logout(services_, documents_);
    co_return co_await logout.accept(std::move(pool), std::move(request), std::move(place));
}

Task<Departure> Federation::answer_sign_out(signin::PoolPtr pool, ProviderSignOut done) {
    saml::SingleLogout logout(services_, documents_);
    co_return co_await logout.answer(std::move(pool), std::move(done));
}

}  // namespace symbolon::federation
