#include "base/encoding.hpp"
#include "oauth/account_request.hpp"
#include "pages/account/account_page.hpp"
#include "pages/account/person.hpp"
#include "pages/authenticator_app.hpp"
#include "pages/fields.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"
#include "signin/own_account.hpp"

#include <optional>
#include <utility>

namespace symbolon::pages {
namespace {

constexpr std::string_view step = "account_app";

net::Response show(const Flow& flow, const Visit& visit, const Person& person, const std::string& secret,
                   const std::optional<Shown>& refusal) {
    auto context = page_context(visit);
    const bool beside = refusal && refusal->place == Place::code;
    add_code_field(context, visit, CodeSource::app, beside ? refusal->text : std::string_view{});
    if (refusal && !beside) context["error"] = visit.text(refusal->text);
    add_authenticator_app(context, visit, secret, person.signed_in.login);
    context["account_url"] = oauth::account_url(visit.site);
    auto response = page_response(visit, refusal ? refusal->status : 200, "account_app", context);
    Carried carried;
    carried.step = step;
    carried.secret = secret;
    carry(flow.services, visit, carried, response);
    return response;
}

Task<net::Response> begin(Flow& flow, Visit visit, Person person) {
    const auto setup = co_await flow.authenticators.associate(visit.site.pool, person.user.id);
    co_return show(flow, visit, person, setup.secret_code, {});
}

Task<net::Response> submit(Flow& flow, Visit visit, Person person) {
    std::optional<Error> refused;
    try {
        signin::OwnAccount account(flow.services);
        co_await account.adopt_software_token(visit.site.pool, person.user.id, OneTimeCode(code_in(visit)),
                                              visit.form.get("device_name"));
    } catch (const Error& error) {
        refused = error;
    }
    if (refused) co_return show(flow, visit, person, visit.carried.secret, shown(refused->code));
    co_return back_to_account(flow, visit, "account_saved");
}

}  // namespace

Task<net::Response> account_app_page(Flow& flow, Visit visit) {
    auto person = co_await find_person(flow, visit);
    if (!person) co_return ask_to_sign_in(visit, {});
    if (!signed_in_lately(visit, *person)) co_return ask_to_sign_in(visit, "login");
    if (!signin::allows_software_tokens(*visit.site.pool)) co_return back_to_account(flow, visit, {});
    const bool goes_on = visit.request.method == net::Method::post && visit.carried.step == step;
    if (goes_on) co_return co_await submit(flow, std::move(visit), std::move(*person));
    co_return co_await begin(flow, std::move(visit), std::move(*person));
}

}  // namespace symbolon::pages
