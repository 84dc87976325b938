#include "directory/auth_events.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "signin/events.hpp"
#include "signin/own_account.hpp"

#include <optional>
#include <utility>

// Where the links of the mail about a risky sign-in lead (signin/risk/notice): whoever holds the link says whether the
// sign-in was theirs. Opening the link changes nothing, since mail programs do so on their own.
namespace symbolon::pages {

namespace {

using directory::FeedbackValueType;

/// The sign-in that the link is about, as far as the link says.
struct Named {
    UserId user;
    std::string event;
    std::string token;
};

Named named_in(const Visit& visit) {
    return {UserId(visit.query.get("user")), visit.query.get("event"), visit.query.get("token")};
}

bool proves(const Flow& flow, const Visit& visit, const Named& named) {
    const auto& pool = *visit.site.pool;
    return directory::keeps_auth_events(pool) &&
           signin::proves_feedback(flow.services.sealer, pool.id, named.user, named.event, named.token, visit.now);
}

net::Response broken_link(const Visit& visit) {
    return error_page(visit, 400, "error_title", "error_text", "");
}

net::Response thank(const Visit& visit, FeedbackValueType value) {
    auto context = page_context(visit);
    context["title"] = visit.text("feedback_thanks");
    context["text"] = visit.text(value == FeedbackValueType::Valid ? "feedback_valid_text" : "feedback_invalid_text");
    return page_response(visit, 200, "notice", context);
}

Task<net::Response> rate(Flow& flow, Visit visit, Named named, FeedbackValueType value) {
    signin::OwnAccount account(flow.services);
    const bool rated = co_await account.rate_sign_in(visit.site.pool, named.user, named.event, value);
    co_return rated ? thank(visit, value) : broken_link(visit);
}

}  // namespace

Task<net::Response> feedback_page(Flow& flow, Visit visit) {
    auto named = named_in(visit);
    if (!proves(flow, visit, named)) co_return broken_link(visit);
    if (visit.request.method != net::Method::post) co_return page_response(visit, 200, "feedback", page_context(visit));
    const auto answer = visit.form.get("answer");
    if (answer != "valid" && answer != "invalid") co_return broken_link(visit);
    const auto value = answer == "valid" ? FeedbackValueType::Valid : FeedbackValueType::Invalid;
    co_return co_await rate(flow, std::move(visit), std::move(named), value);
}

}  // namespace symbolon::pages
