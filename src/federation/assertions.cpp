#include "base/error.hpp"
#include "federation/exchange.hpp"
#include "federation/federation.hpp"
#include "federation/json.hpp"
#include "federation/oidc/id_token.hpp"
#include "federation/oidc/metadata.hpp"
#include "federation/oidc/relying_party.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::federation {
namespace {

constexpr const char* not_accepted = "The assertion is not accepted";
constexpr std::chrono::hours longest_life{1};

/// Google has said its name in two ways since before there was a standard.
bool is_issuer(const directory::IdentityProvider& provider, const std::string& said) {
    if (!oidc::issues_id_tokens(provider.type)) return false;
    const auto own = detail_of(provider, "oidc_issuer");
    return !own.empty() && (said == own || (own == "https://accounts.google.com" && said == "accounts.google.com"));
}

/// The one of our names that the assertion is for; the first when it is for none, which then is its fault.
std::string audience_of(const directory::IdentityProvider& provider, const boost::json::object& claims,
                        const Federation::AssertionAudience& audience) {
    if (audience.as_client) return detail_of(provider, "client_id");
    const auto said = text_member(claims, "aud");
    const auto& names = audience.names;
    return std::find(names.begin(), names.end(), said) != names.end() ? said : names.front();
}

void check_life(const boost::json::object& claims, Instant now) {
    const auto* expires = claims.if_contains("exp");
    const bool too_long = !expires || !expires->is_number() ||
                          expires->to_number<double>() > static_cast<double>(to_seconds(now + longest_life));
    if (too_long) throw_failure(not_accepted, "it is valid for more than an hour");
}

}  // namespace

Task<ProviderPtr> Federation::find_issuer(signin::PoolPtr pool, std::string issuer) {
    constexpr int most = 1000;  // of a pool
    const auto list = [&](db::Transaction& tx) {
        return directory::IdentityProviders(tx, services_.sealer).list(pool->id, "", most);
    };
    auto providers = co_await services_.db.read(list);
    const auto found =
        std::find_if(providers.begin(), providers.end(), [&](const auto& one) { return is_issuer(one, issuer); });
    if (found == providers.end()) co_return nullptr;
    co_return std::make_shared<const directory::IdentityProvider>(std::move(*found));
}

Task<signin::ExternalPerson> Federation::accept_assertion(signin::PoolPtr pool, std::string assertion,
                                                          AssertionAudience audience) {
    auto token = crypto::jose::parse_jwt(assertion);
    if (!token) throw_failure(not_accepted, "no JWT of a known algorithm");
    auto provider = co_await find_issuer(std::move(pool), text_member(token->claims, "iss"));
    if (!provider) throw_failure(not_accepted, "of an issuer that is no provider of the pool");
    const auto metadata = co_await oidc::find_metadata(documents_, *provider);
    oidc::RelyingParty relying_party(fetcher_, documents_, services_.clock);
    const bool is_signed = co_await relying_party.is_signed(metadata.jwks_uri, *token);
    if (!is_signed) throw_failure(not_accepted, "signature or kid");
    const auto now = services_.clock.now();
    const oidc::Expected expected{metadata.issuer, audience_of(*provider, token->claims, audience), ""};
    if (auto fault = oidc::find_fault(token->claims, expected, now)) throw_failure(not_accepted, std::move(*fault));
    check_life(token->claims, now);
    signin::ExternalPerson person;
    person.subject = text_member(token->claims, "sub");
    person.told["idToken"] = token->claims;
    person.claims = std::move(token->claims);
    person.provider = std::move(provider);
    co_return person;
}

Task<signin::SignedIn> Federation::sign_in(signin::PoolPtr pool, signin::ClientPtr client,
                                           signin::ExternalPerson person, signin::Caller caller) {
    co_return co_await sign_in_.sign_in(std::move(pool), std::move(client), std::move(person), std::move(caller));
}

}  // namespace symbolon::federation
