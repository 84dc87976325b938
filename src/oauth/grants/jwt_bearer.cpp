#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "directory/codes.hpp"
#include "oauth/account_linking.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/jwt_claims.hpp"
#include "oauth/scopes.hpp"

#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using federation::Federation;

/// What the assertion is shown for: tokens (RFC 7523), or a step of streamlined linking.
enum class Intent { none, check, get, create };

Intent read_intent(const net::Form& form) {
    const auto intent = form.get("intent");
    if (intent.empty()) return Intent::none;
    if (intent == "check") return Intent::check;
    if (intent == "get") return Intent::get;
    if (intent == "create") return Intent::create;
    throw Error{Errc::oauth_invalid_request, "intent is check, get or create"};
}

/// Who is vouched for. Google addresses its assertions to the client that we are there (voice-account-linking.md §4.1),
/// everybody else to this server (RFC 7523 §3).
Task<signin::ExternalPerson> read_person(Doors& doors, Site site, std::string assertion, Intent intent) {
    Federation::AssertionAudience audience;
    audience.as_client = intent != Intent::none;
    audience.names = {site.issuer, site.url + "/oauth2/token", site.endpoints_url + "/oauth2/token"};
    std::optional<signin::ExternalPerson> person;
    std::string why;
    try {
        person = co_await doors.federation.accept_assertion(site.pool, std::move(assertion), std::move(audience));
    } catch (const Error& error) {
        if (error.code != Errc::oauth_invalid_request) throw;
        why = error.message + ": " + error.detail;
    }
    if (!person) throw Error{Errc::oauth_invalid_grant, "The assertion is not accepted.", std::move(why)};
    co_return std::move(*person);
}

/// An assertion that stands for itself is used up. Those of streamlined linking are shown several times, by a client
/// that proves itself each time.
Task<void> use_up(Doors& doors, PoolId pool, signin::ExternalPerson person) {
    const auto id = text_claim(person.claims, "jti");
    const auto expires = time_claim(person.claims, "exp");
    if (id.empty() || !expires) throw Error{Errc::oauth_invalid_grant, "The assertion is not accepted.", "no jti"};
    const auto proof = "assertion " + to_base64url(crypto::sha256(person.provider->name + " " + id));
    // The clocks of providers may be behind ours: an assertion is taken for a minute after its end.
    const auto until = *expires + std::chrono::minutes(2);
    const auto spend = [&](db::Transaction& tx) { return directory::SpentProofs(tx).spend(pool, proof, until); };
    const bool fresh = co_await doors.services.db.write(spend);
    if (!fresh) throw Error{Errc::oauth_invalid_grant, "The assertion is not accepted.", "it was used before"};
}

Task<std::vector<std::string>> pick_scopes(Doors& doors, signin::ClientPtr client, std::string text) {
    const auto live = co_await doors.services.catalog.list_scopes(client->pool_id);
    auto allowed = list_scopes_of(*client, *live);
    auto asked = parse_scopes(text);
    if (!covers(allowed, asked)) throw Error{Errc::oauth_invalid_scope};
    co_return asked.empty() ? allowed : asked;
}

/// Whether the person may come in without a browser; linked to the account that has their address, if need be.
Task<bool> admit(Doors& doors, signin::PoolPtr pool, signin::ExternalPerson person, Intent intent) {
    const auto known = co_await recognize(doors.services, pool, person);
    switch (known) {
        case Acquaintance::linked:
            co_return true;  // also for `create`: an answer may have been lost
        case Acquaintance::nobody:
            co_return intent == Intent::create;
        case Acquaintance::by_address:
            if (intent != Intent::get) co_return false;
            co_await link_by_address(doors.services, std::move(pool), std::move(person));
            co_return true;
        case Acquaintance::unproven:
            co_return false;
    }
    co_return false;
}

/// What the pool's rules refuse of a person can be asked for on its pages.
bool is_for_the_pages(Errc code) {
    return code == Errc::invalid_parameter || code == Errc::username_exists || code == Errc::alias_exists;
}

Task<std::optional<signin::SignedIn>> sign_in(Doors& doors, TokenRequest request, signin::ExternalPerson person) {
    signin::Caller caller;
    caller.address = request.address;
    try {
        co_return co_await doors.federation.sign_in(request.site.pool, request.client, std::move(person),
                                                    std::move(caller));
    } catch (const Error& error) {
        if (!is_for_the_pages(error.code)) throw;
    }
    co_return std::nullopt;
}

}  // namespace

/// RFC 7523 §2.1, and Google's streamlined linking on top of it.
Task<TokenAnswer> exchange_jwt_bearer(Doors& doors, TokenRequest request) {
    const auto& form = *request.form;
    if (!is_confidential(*request.client))
        throw Error{Errc::oauth_unauthorized_client, {}, "a public client cannot prove itself"};
    const auto intent = read_intent(form);
    if (form.get("assertion").empty())
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'assertion' is not present"};
    auto scopes = co_await pick_scopes(doors, request.client, form.get("scope"));
    const auto person = co_await read_person(doors, request.site, form.get("assertion"), intent);
    if (!request.client->allows_provider(person.provider->name))
        throw Error{Errc::oauth_invalid_grant, "The assertion is not accepted.", "a provider that the client lacks"};
    if (intent != Intent::check) co_await check_reader(doors, request.client);
    if (intent == Intent::none) co_await use_up(doors, request.site.pool->id, person);
    if (intent == Intent::check) {
        const auto known = co_await recognize(doors.services, request.site.pool, person);
        co_return AccountFound{known == Acquaintance::linked || known == Acquaintance::by_address};
    }
    std::optional<signin::SignedIn> signed_in;
    const bool admitted = co_await admit(doors, request.site.pool, person, intent);
    if (admitted) signed_in = co_await sign_in(doors, request, person);
    if (!signed_in && intent != Intent::none) co_return LinkingRefused{text_claim(person.claims, "email")};
    if (!signed_in) throw Error{Errc::oauth_invalid_grant, "The assertion is not accepted.", "nobody we know"};
    Issue issue;
    issue.scopes = std::move(scopes);
    issue.proven = std::move(request.proven);
    co_return co_await doors.tokens.issue(request.site.pool, request.client, std::move(*signed_in), std::move(issue));
}

}  // namespace symbolon::oauth
