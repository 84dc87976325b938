#include "oauth/account_request.hpp"
#include "pages/account/account_page.hpp"
#include "pages/account/person.hpp"
#include "pages/page.hpp"
#include "signin/administration.hpp"

#include <utility>

namespace symbolon::pages {
namespace {

net::Response show(const Visit& visit, const Person& person) {
    auto context = page_context(visit);
    context["username"] = person.signed_in.login;
    context["account_url"] = oauth::account_url(visit.site);
    return page_response(visit, 200, "account_delete", context);
}

}  // namespace

Task<net::Response> account_delete_page(Flow& flow, Visit visit) {
    auto person = co_await find_person(flow, visit);
    if (!person) co_return ask_to_sign_in(visit, {});
    if (!signed_in_lately(visit, *person)) co_return ask_to_sign_in(visit, "login");
    const bool is_sure = visit.request.method == net::Method::post && visit.form.find("delete");
    if (!is_sure) co_return show(visit, *person);
    auto response = co_await sign_browser_out(flow, visit);
    signin::Administration administration(flow.services);
    co_await administration.erase(visit.site.pool, person->user.username);
    co_return response;
}

}  // namespace symbolon::pages
