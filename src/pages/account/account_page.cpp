#include "pages/account/account_page.hpp"

#include "oauth/consent.hpp"
#include "pages/account/account_view.hpp"
#include "pages/account/person.hpp"
#include "pages/page.hpp"
#include "signin/administration.hpp"
#include "signin/own_account.hpp"
#include "signin/passkeys.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace symbolon::pages {
namespace {

/// Signs this browser out.
Task<net::Response> leave(Flow& flow, Visit visit, Person /*person*/, std::string /*value*/) {
    co_return co_await sign_browser_out(flow, std::move(visit));
}

/// This browser first: it is the one that can bring the news to the provider and to apps in frames.
Task<net::Response> leave_everywhere(Flow& flow, Visit visit, Person person, std::string /*value*/) {
    auto response = co_await sign_browser_out(flow, visit);
    signin::Administration administration(flow.services);
    co_await administration.sign_out(visit.site.pool, person.user.username);
    co_return response;
}

/// Ends another browser's session, with the apps that were signed in to through it.
Task<net::Response> end_session(Flow& flow, Visit visit, Person person, std::string id) {
    signin::OwnAccount account(flow.services);
    co_await account.end_session(visit.site.pool, person.user.id, std::move(id));
    co_return back_to_account(flow, visit, "account_session_ended");
}

Task<net::Response> withdraw(Flow& flow, Visit visit, Person person, std::string client) {
    co_await oauth::withdraw_consent(flow.services, visit.site.pool->id, person.user.id, ClientId(client));
    co_return back_to_account(flow, visit, "account_withdrawn");
}

signin::MfaChange change_of(const std::string& factor, bool enabled) {
    const signin::FactorSetting setting{enabled, std::nullopt};
    signin::MfaChange change;
    if (factor == factor_sms) change.sms = setting;
    if (factor == factor_email) change.email = setting;
    if (factor == factor_app) change.software_token = setting;
    return change;
}

Task<net::Response> switch_factor(Flow& flow, Visit visit, Person person, signin::MfaChange change) {
    signin::OwnAccount account(flow.services);
    std::optional<Error> refused;
    try {
        co_await account.set_factors(visit.site.pool, person.user.id, std::move(change));
    } catch (const Error& error) {
        refused = error;
    }
    if (refused && refused->code != Errc::invalid_parameter) throw std::move(*refused);
    co_return refused ? back_to_account(flow, visit, {}, "account_factor_needed")
                      : back_to_account(flow, visit, "account_saved");
}

Task<net::Response> turn_on(Flow& flow, Visit visit, Person person, std::string factor) {
    co_return co_await switch_factor(flow, std::move(visit), std::move(person), change_of(factor, true));
}

Task<net::Response> turn_off(Flow& flow, Visit visit, Person person, std::string factor) {
    co_return co_await switch_factor(flow, std::move(visit), std::move(person), change_of(factor, false));
}

Task<net::Response> remove_passkey(Flow& flow, Visit visit, Person person, std::string id) {
    signin::Passkeys passkeys(flow.services);
    std::optional<Error> refused;
    try {
        co_await passkeys.erase(visit.site.pool, person.user.id, std::move(id));
    } catch (const Error& error) {
        refused = error;
    }
    // It is gone already: somebody pressed twice.
    if (refused && refused->code != Errc::resource_not_found) throw std::move(*refused);
    co_return back_to_account(flow, visit, "account_saved");
}

/// A button of the page. Its value says of what.
struct Action {
    std::string_view button;
    bool wants_new_sign_in;  ///< it takes away what protects the account
    Task<net::Response> (*run)(Flow&, Visit, Person, std::string value);
};

constexpr std::array<Action, 7> actions{{{"leave", false, &leave},
                                         {"leave_everywhere", false, &leave_everywhere},
                                         {"end_session", false, &end_session},
                                         {"withdraw", false, &withdraw},
                                         {"turn_on", true, &turn_on},
                                         {"turn_off", true, &turn_off},
                                         {"remove_passkey", true, &remove_passkey}}};

}  // namespace

Task<net::Response> account_page(Flow& flow, Visit visit) {
    auto person = co_await find_person(flow, visit);
    if (!person) co_return ask_to_sign_in(visit, {});
    if (visit.request.method == net::Method::post) {
        for (const auto& action : actions) {
            auto value = visit.form.find(action.button);
            if (!value) continue;
            if (action.wants_new_sign_in && !signed_in_lately(visit, *person)) co_return ask_to_sign_in(visit, "login");
            co_return co_await action.run(flow, std::move(visit), std::move(*person), std::move(*value));
        }
    }
    const auto context = co_await account_context(flow, visit, std::move(*person));
    auto response = page_response(visit, 200, "account", context);
    if (!visit.carried.notice.empty() || !visit.carried.error.empty()) drop_carried(visit, response);
    co_return response;
}

}  // namespace symbolon::pages
