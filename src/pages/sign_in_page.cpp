#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "pages/detours.hpp"
#include "pages/fields.hpp"
#include "pages/first_factor_steps.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "pages/providers.hpp"
#include "pages/refusals.hpp"
#include "signin/discoverable_passkeys.hpp"

#include <optional>
#include <utility>

namespace symbolon::pages {

namespace {

/// What the browser needs to offer a passkey before anybody said who they are.
void add_passkey_question(boost::json::object& context, const Flow& flow, const Visit& visit) {
    const auto& client = visit.authorization.client;
    if (!client || !chooses_factor(visit)) return;
    const signin::DiscoverablePasskeys passkeys(flow.services);
    const auto question = passkeys.ask(*visit.site.pool, *client, visit.caller());
    if (!question) return;
    context["passkey_options"] = question->options;
    context["passkey_session"] = question->session;
    offer_passkeys_in_field(context);
}

net::Response show(const Flow& flow, const Visit& visit, std::optional<Shown> refusal = {}) {
    auto context = page_context(visit);
    const bool beside = refusal && refusal->place == Place::username;
    add_username_field(context, visit, FieldUse::sign_in, beside ? refusal->text : std::string_view{});
    add_passkey_question(context, flow, visit);
    add_providers(context, visit);
    if (!chooses_factor(visit)) context["asks_password"] = true;
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "sign_in", context);
}

Task<std::optional<signin::SignedIn>> find_session(Flow& flow, const Visit& visit) {
    const auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    // A page of ours that asked for a sign-in wants one of this moment.
    if (!handle || !visit.carried.after.empty()) co_return std::nullopt;
    auto session = co_await flow.sessions.find(visit.site.pool, visit.authorization.client, *handle);
    if (session && !visit.authorization.accepts(flow.services.sealer, *visit.site.pool, *session, visit.now))
        co_return std::nullopt;
    co_return session;
}

net::Response show_continue(const Visit& visit, const signin::SignedIn& signed_in) {
    auto context = page_context(visit);
    context["username"] = signed_in.login;
    return page_response(visit, 200, "continue_as", context);
}

/// The browser offered a passkey in the field for the name, and the person took it.
Task<net::Response> submit_passkey(Flow& flow, Visit visit, std::string credential) {
    signin::DiscoverablePasskeys passkeys(flow.services);
    std::optional<Error> refused;
    try {
        auto outcome =
            co_await passkeys.sign_in(visit.site.pool, hiding_client(visit), visit.form.get("passkey_session"),
                                      std::move(credential), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::not_authorized) co_return show(flow, visit, Shown{"error_passkey", Place::page});
    co_return show(flow, visit, shown(*refused));
}

Task<net::Response> submit(Flow& flow, Visit visit) {
    auto credential = visit.form.get("credential");
    if (!credential.empty()) co_return co_await submit_passkey(flow, std::move(visit), std::move(credential));
    if (auto away = co_await to_provider_of_address(flow, visit, visit.form.get("username")))
        co_return std::move(*away);
    const auto login = username_in(visit);
    const auto password = visit.form.find("password");
    if (!login && visit.form.find("username"))
        co_return show(flow, visit, Shown{"error_phone_invalid", Place::username});
    const bool by_choice = chooses_factor(visit);
    if (!login || (!password && !by_choice))
        co_return show(flow, visit, Shown{"error_incorrect_credentials", Place::page});
    std::optional<Error> refused;
    try {
        if (by_choice) co_return co_await begin_choice(flow, visit, *login);
        auto outcome = co_await flow.sign_in.with_password(visit.site.pool, visit.authorization.client, *login,
                                                           Password(*password), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (has_detour(refused->code)) co_return co_await take_detour(flow, std::move(visit), *login, refused->code);
    co_return show(flow, visit, shown(*refused));
}

}  // namespace

Task<net::Response> sign_in_page(Flow& flow, Visit visit) {
    const bool post = visit.request.method == net::Method::post;
    // The two buttons of the page for somebody who is signed in already.
    const bool goes_on = visit.form.find("continue").has_value();
    const bool as_another = visit.form.find("another").has_value();
    if (post && !goes_on && !as_another) co_return co_await submit(flow, std::move(visit));
    const auto session = co_await find_session(flow, visit);
    if (session && post && goes_on) co_return co_await go_on_as(flow, std::move(visit), *session);
    if (session && !post) co_return show_continue(visit, *session);
    co_return show(flow, visit);
}

}  // namespace symbolon::pages
