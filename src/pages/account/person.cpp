#include "pages/account/person.hpp"

#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/account_request.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/logout.hpp"

#include <chrono>
#include <utility>

namespace symbolon::pages {
namespace {

constexpr std::chrono::minutes lately{5};

}  // namespace

Task<std::optional<Person>> find_person(Flow& flow, const Visit& visit) {
    const auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    if (!handle) co_return std::nullopt;
    auto signed_in = co_await flow.sessions.find(visit.site.pool, *handle);
    if (!signed_in) co_return std::nullopt;
    const auto look = [&](db::Transaction& tx) {
        return directory::Users(tx).find(visit.site.pool->id, signed_in->user_id);
    };
    auto user = co_await flow.services.db.read(look);
    if (!user) co_return std::nullopt;
    co_return Person{std::move(*user), std::move(*signed_in), flow.sessions.hash_of(visit.site.pool->id, *handle)};
}

bool signed_in_lately(const Visit& visit, const Person& person) {
    return visit.now - person.signed_in.auth_time < lately;
}

net::Response ask_to_sign_in(const Visit& visit, std::string_view prompt) {
    auto response = net::redirect(302, oauth::account_sign_in_url(visit.site, prompt));
    response.headers.set("Cache-Control", "no-store");
    keep_browser(visit, response);
    return response;
}

Task<net::Response> sign_browser_out(Flow& flow, Visit visit) {
    oauth::Leaving leaving;
    leaving.target = oauth::signed_out_url(visit.site);
    auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    auto location =
        co_await oauth::end_session(flow.services, flow.sessions, visit.site, std::move(handle), std::move(leaving));
    auto response = net::redirect(302, std::move(location));
    oauth::drop_session(visit.site, response);
    co_return response;
}

net::Response back_to_account(const Flow& flow, const Visit& visit, std::string_view notice, std::string_view error) {
    Carried carried;
    carried.notice = notice;
    carried.error = error;
    auto response = net::redirect(302, oauth::account_url(visit.site));
    response.headers.set("Cache-Control", "no-store");
    carry(flow.services, visit, carried, response);
    keep_browser(visit, response);
    return response;
}

}  // namespace symbolon::pages
