// Streamlined linking as Google shows it: what is shared, then whether an account is made (voice-account-linking.md
// §4.1).
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "net/form.hpp"
#include "voice/platforms/manifest_places.hpp"
#include "voice/screens/screens.hpp"

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t subject_length = 21;

/// Google's id of a person: digits, the same at every maker.
std::string google_subject(const std::string& vendor_id, const std::string& account) {
    std::string out;
    for (const auto byte : crypto::sha256("google person " + vendor_id + "|" + account)) {
        if (out.size() < subject_length) out += static_cast<char>('0' + byte % 10);
    }
    return out;
}

GooglePerson read_person(const net::Form& form, const Account& account, const std::string& vendor_id) {
    GooglePerson out;
    out.sub = google_subject(vendor_id, account.id);
    out.name = account.name;
    out.email = form.get("email");
    out.email_verified = form.find("email_verified").has_value();
    out.hosted_domain = form.get("hd");
    const auto at = out.email.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == out.email.size()) {
        throw Error(Errc::invalid_parameter, "Google knows people by an e-mail address.");
    }
    return out;
}

/// Where the person goes on when no account is found or made.
std::string web_flow_url(const std::string& app_url, const std::string& login_hint) {
    net::Form query;
    query.add("platform", "google");
    query.add("login_hint", login_hint);
    return app_url + "/link?" + query.encode();
}

}  // namespace

Task<net::Response> Screens::google(Visit visit) {
    const auto view = co_await load(visit);
    if (google_client_id(view.skill).empty() || !view.linking) {
        throw Error(Errc::resource_not_found,
                    "The skill is not linked as Google links: its manifest names no client id.");
    }
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    context["action"] = base_url_ + "/app/skills/" + view.skill.id + "/google";
    context["email"] = view.account.email;
    context["email_verified"] = true;
    context["shares"] = true;
    co_return screen_response(visit, 200, "google", context);
}

Task<net::Response> Screens::link_with_google(Visit visit) {
    const auto view = co_await load(visit);
    const auto app_url = base_url_ + "/app/skills/" + view.skill.id;
    const auto person = read_person(visit.form, view.account, identity_.vendor_id);
    const bool may_create = visit.form.find("create").has_value();
    const auto result = co_await services_.lab.streamlined().link(view.skill.id, view.account.id, person, may_create);
    const bool asks_to_create = !result.account_found && !may_create && result.answered_regularly;
    if (!asks_to_create) {
        const auto go_on = result.goes_on_in_browser ? web_flow_url(app_url, result.login_hint) : std::string{};
        co_return show_outcome(visit, result.outcome, view.skill.name(), go_on);
    }
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    context["action"] = app_url + "/google";
    context["email"] = person.email;
    context["email_verified"] = person.email_verified;
    if (!person.hosted_domain.empty()) context["hosted_domain"] = person.hosted_domain;
    context["creates"] = true;
    context["web_url"] = web_flow_url(app_url, person.email);
    add_trace(context, result.outcome.steps);
    co_return screen_response(visit, 200, "google", context);
}

}  // namespace symbolon::voice
