#include "pages/passkey_add_page.hpp"

#include "pages/account/person.hpp"
#include "pages/page.hpp"
#include "pages/passkey_offer.hpp"
#include "pages/refusals.hpp"
#include "signin/passkeys.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace symbolon::pages {

namespace {

/// The page with a challenge for the browser; without one where the person has all the passkeys there can be.
Task<net::Response> show(Flow& flow, Visit visit, Person person, std::string_view error) {
    auto context = page_context(visit);
    context["username"] = person.signed_in.login;
    if (!error.empty()) context["error"] = visit.text(error);
    signin::Passkeys passkeys(flow.services);
    bool is_full = false;
    try {
        auto user = std::make_shared<const directory::User>(std::move(person.user));
        const auto options = co_await passkeys.begin(visit.site.pool, visit.authorization.client, std::move(user));
        context["passkey_options"] = boost::json::serialize(options);
    } catch (const Error& e) {
        if (e.code != Errc::limit_exceeded) throw;
        is_full = true;
    }
    if (is_full) context["error"] = visit.text("error_passkey_limit");
    const bool refused = is_full || !error.empty();
    co_return page_response(visit, refused ? 400 : 200, "passkey_add", context);
}

/// The authorization request goes on, if this sign-in is what it wants.
Task<net::Response> resume(Flow& flow, Visit visit) {
    auto signed_in = co_await find_signed_in(flow, visit);
    if (!signed_in) co_return go_to(flow, visit, "/login", {});
    co_return co_await go_on_as(flow, std::move(visit), std::move(*signed_in));
}

Task<net::Response> submit(Flow& flow, Visit visit, Person person) {
    boost::system::error_code unreadable;
    auto credential = boost::json::parse(visit.form.get("credential"), unreadable);
    bool added = false;
    if (!unreadable) {
        signin::Passkeys passkeys(flow.services);
        try {
            co_await passkeys.complete(visit.site.pool, visit.authorization.client, person.user.id,
                                       std::move(credential));
            added = true;
        } catch (const Error& e) {
            if (shown(e.code).status == 503) throw;
        }
    }
    if (!added) co_return co_await show(flow, std::move(visit), std::move(person), "error_passkey_add");
    co_return co_await resume(flow, std::move(visit));
}

}  // namespace

Task<net::Response> passkey_add_page(Flow& flow, Visit visit) {
    if (!signin::passkeys_enabled(*visit.site.pool))
        co_return error_page(visit, 404, "error_not_found_title", "error_not_found_text",
                             "WEB_AUTHN is not among the AllowedFirstAuthFactors of the user pool.");
    if (!signin::relying_party_id(*visit.site.pool, flow.services.names))
        co_return error_page(visit, 404, "error_not_found_title", "error_not_found_text",
                             "The user pool has no RelyingPartyId, and its host is an address, not a name.");
    auto person = co_await find_person(flow, visit);
    // What lets somebody in for good is added by nobody who only found the browser open.
    if (!person || !signed_in_lately(visit, *person)) {
        Carried carried;
        carried.after = "/passkeys/add";
        co_return go_to(flow, visit, "/login", carried);
    }
    visit.carried.after.clear();
    if (visit.request.method != net::Method::post)
        co_return co_await show(flow, std::move(visit), std::move(*person), "");
    if (visit.form.find("skip")) {
        auto response = co_await resume(flow, visit);
        put_off_passkey(flow, visit, person->user.id, response);
        co_return response;
    }
    co_return co_await submit(flow, std::move(visit), std::move(*person));
}

}  // namespace symbolon::pages
