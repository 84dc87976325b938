#include "oauth/account_request.hpp"
#include "pages/account/account_page.hpp"
#include "pages/account/person.hpp"
#include "pages/fields.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"
#include "signin/recovery.hpp"

#include <optional>
#include <utility>

namespace symbolon::pages {
namespace {

/// What was wrong with what was typed.
struct Problems {
    std::optional<Shown> refusal = {};
    bool repeat_differs = false;
    bool wrong_current = false;

    bool any() const { return refusal || repeat_differs || wrong_current; }
};

net::Response show(const Visit& visit, const Person& person, const Problems& problems) {
    auto context = page_context(visit);
    context["username"] = person.signed_in.login;
    context["account_url"] = oauth::account_url(visit.site);
    const bool beside = problems.refusal && problems.refusal->place == Place::password;
    add_password_policy(context, visit, beside ? problems.refusal->text : std::string_view{});
    if (problems.refusal && !beside) context["error"] = visit.text(problems.refusal->text);
    if (problems.repeat_differs) context["repeat_problem"] = visit.text("error_password_mismatch");
    if (problems.wrong_current) context["current_problem"] = visit.text("account_password_wrong");
    return page_response(visit, problems.any() ? 400 : 200, "account_password", context);
}

/// The change ended every session of the person; this browser goes on with a new one.
Task<net::Response> go_on(Flow& flow, Visit visit, Person person) {
    auto signed_in = std::move(person.signed_in);
    signed_in.auth_time = visit.now;
    auto begun = co_await flow.sessions.begin(visit.site.pool, std::move(signed_in), visit.agent());
    auto response = back_to_account(flow, visit, "account_password_changed");
    keep_session(visit, response, std::move(begun.handle));
    co_return response;
}

Task<net::Response> submit(Flow& flow, Visit visit, Person person) {
    const auto password = visit.form.get("password");
    if (password != visit.form.get("confirm_password")) {
        co_return show(visit, person, {.refusal = {}, .repeat_differs = true});
    }
    std::optional<Error> refused;
    try {
        std::optional<Password> current(std::in_place, visit.form.get("current_password"));
        co_await flow.recovery.change(visit.site.pool, person.user.id, std::move(current), Password(password),
                                      ClientId(std::string(oauth::account_client_id)), visit.caller());
    } catch (const Error& error) {
        refused = error;
    }
    if (!refused) co_return co_await go_on(flow, std::move(visit), std::move(person));
    if (refused->code == Errc::not_authorized) {
        co_return show(visit, person, {.refusal = {}, .repeat_differs = false, .wrong_current = true});
    }
    co_return show(visit, person, {.refusal = shown(refused->code)});
}

}  // namespace

Task<net::Response> account_password_page(Flow& flow, Visit visit) {
    auto person = co_await find_person(flow, visit);
    if (!person) co_return ask_to_sign_in(visit, {});
    if (!signed_in_lately(visit, *person)) co_return ask_to_sign_in(visit, "login");
    if (visit.request.method == net::Method::post)
        co_return co_await submit(flow, std::move(visit), std::move(*person));
    co_return show(visit, *person, {});
}

}  // namespace symbolon::pages
