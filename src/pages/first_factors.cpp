#include "pages/first_factors.hpp"

#include "pages/first_factor_steps.hpp"
#include "pages/page.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace symbolon::pages {

namespace {

using signin::ChallengeKind;

struct Name {
    ChallengeKind kind;
    std::string_view factor;
    std::string_view label;  ///< a text
};
/// In the order in which they are offered: the safest first.
constexpr std::array<Name, 4> names{{{ChallengeKind::web_authn, first_passkey, "method_passkey"},
                                     {ChallengeKind::password, first_password, "method_password"},
                                     {ChallengeKind::email_otp, first_email, "mfa_option_email"},
                                     {ChallengeKind::sms_otp, first_sms, "mfa_option_sms"}}};

std::vector<std::string> factors_of(const std::vector<ChallengeKind>& choices) {
    std::vector<std::string> out;
    for (const auto& name : names)
        if (std::find(choices.begin(), choices.end(), name.kind) != choices.end()) out.emplace_back(name.factor);
    return out;
}

/// The only way in is a password, or there is none, which must look the same.
bool asks_password_at_once(const Carried& carried) {
    return carried.choices.empty() || (carried.choices.size() == 1 && carried.choices.front() == first_password);
}

net::Response show_options(const Visit& visit, const std::optional<Shown>& refusal = {}) {
    auto context = first_context(visit);
    boost::json::array factors;
    for (const auto& name : names) {
        if (!was_offered(visit, name.factor)) continue;
        factors.push_back(boost::json::object{{"value", name.factor}, {"label", visit.text(name.label)}});
    }
    context["factors"] = std::move(factors);
    if (refusal) context["error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "first_options", context);
}

net::Response show_passkey(const Flow& flow, Visit visit, const Carried& carried, const std::string& options) {
    visit.path = "/login/passkey";
    visit.request.query = visit.authorization.query;
    visit.carried = carried;
    auto context = first_context(visit);
    context["passkey_options"] = options;
    auto response = page_response(visit, 200, "first_passkey", context);
    carry(flow.services, visit, carried, response);
    return response;
}

}  // namespace

bool chooses_factor(const Visit& visit) {
    const auto& client = visit.authorization.client;
    const auto& policies = visit.site.pool->settings.Policies;
    if (!client || !client->allows_flow("ALLOW_USER_AUTH")) return false;
    if (!policies || !policies->SignInPolicy || !policies->SignInPolicy->AllowedFirstAuthFactors) return false;
    const auto& allowed = *policies->SignInPolicy->AllowedFirstAuthFactors;
    return std::any_of(allowed.begin(), allowed.end(),
                       [](auto factor) { return factor != directory::AuthFactorType::PASSWORD; });
}

std::optional<ChallengeKind> first_kind_of(std::string_view factor) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const Name& n) { return n.factor == factor; });
    if (found == names.end()) return std::nullopt;
    return found->kind;
}

bool was_offered(const Visit& visit, std::string_view factor) {
    const auto& choices = visit.carried.choices;
    return std::find(choices.begin(), choices.end(), factor) != choices.end();
}

bool has_other_ways(const Visit& visit) {
    return visit.carried.choices.size() > 1;
}

signin::ClientPtr hiding_client(const Visit& visit) {
    const auto& client = *visit.authorization.client;
    auto out = std::make_shared<directory::Client>();  // without its secrets, which no page needs
    out->pool_id = client.pool_id;
    out->id = client.id;
    out->name = client.name;
    out->settings = client.settings;
    out->settings.PreventUserExistenceErrors = directory::PreventUserExistenceErrorTypes::ENABLED;
    out->created = client.created;
    out->modified = client.modified;
    out->sso_session = client.sso_session;
    out->type = client.type;
    out->extensions = client.extensions;
    return out;
}

Task<signin::Outcome> choose(Flow& flow, const Visit& visit, signin::FirstFactor factor) {
    const auto& pool = visit.site.pool;
    const auto& carried = visit.carried;
    const bool is_over = to_ms(visit.now) >= carried.expires_ms;
    if (is_over)
        co_return co_await flow.sign_in.begin_choice(pool, hiding_client(visit), carried.login, std::move(factor),
                                                     visit.caller());
    co_return co_await flow.sign_in.choose(pool, hiding_client(visit), carried.session, carried.login,
                                           std::move(factor), visit.caller());
}

Carried carried_first(const Visit& visit, const signin::Challenge& challenge) {
    Carried out;
    out.step = first_step;
    out.session = challenge.session;
    out.login = visit.carried.login;
    out.shown_as = visit.carried.login;
    out.choices = factors_of(challenge.choices);
    out.expires_ms = to_ms(challenge.expires);
    out.after = visit.carried.after;
    for (const auto& name : names)
        if (name.kind == challenge.kind) out.factor = name.factor;
    if (challenge.delivery) {
        out.destination = challenge.delivery->destination;
        out.medium = challenge.delivery->medium;
        out.resend_ms = next_resend(visit);
    }
    return out;
}

bool is_first_question(ChallengeKind kind) {
    return kind == ChallengeKind::select_challenge || kind == ChallengeKind::password_srp ||
           std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.kind == kind; });
}

net::Response show_first_question(const Flow& flow, Visit visit, signin::Challenge challenge) {
    const auto carried = carried_first(visit, challenge);
    if (carried.factor == first_passkey)
        return show_passkey(flow, std::move(visit), carried, challenge.credential_options);
    if (carried.factor == first_email || carried.factor == first_sms) return go_to(flow, visit, "/login/code", carried);
    const bool asks = carried.factor == first_password || asks_password_at_once(carried);
    return go_to(flow, visit, asks ? "/login/password" : "/login/options", carried);
}

net::Response back_to_options(const Flow& flow, const Visit& visit, std::string_view error) {
    auto carried = visit.carried;
    carried.factor.clear();
    carried.error = error;
    return go_to(flow, visit, "/login/options", carried);
}

boost::json::object first_context(const Visit& visit) {
    auto context = page_context(visit);
    if (!visit.carried.shown_as.empty()) context["username"] = visit.carried.shown_as;
    if (has_other_ways(visit)) context["other_ways"] = visit.link("/login/options");
    return context;
}

Task<net::Response> begin_choice(Flow& flow, Visit visit, std::string login) {
    visit.carried.login = login;
    visit.carried.shown_as = login;
    signin::FirstFactor nothing_yet;
    auto outcome = co_await flow.sign_in.begin_choice(visit.site.pool, hiding_client(visit), std::move(login),
                                                      std::move(nothing_yet), visit.caller());
    co_return co_await go_on(flow, std::move(visit), std::move(outcome));
}

Task<net::Response> ask_first(Flow& flow, Visit visit, ChallengeKind kind) {
    std::optional<Error> refused;
    signin::FirstFactor factor;
    factor.kind = kind;
    try {
        auto outcome = co_await choose(flow, visit, std::move(factor));
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::not_authorized) co_return start_again(flow, visit, refused->code);
    if (refused->code == Errc::hook_refused) co_return show_options(visit, shown(*refused));
    co_return show_options(visit, shown_at_resend(refused->code));
}

Task<net::Response> first_options_page(Flow& flow, Visit visit) {
    if (visit.carried.step != first_step) co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show_options(visit);
    const auto factor = visit.form.get("factor");
    const auto kind = first_kind_of(factor);
    if (!kind || !was_offered(visit, factor)) co_return show_options(visit);
    if (*kind == ChallengeKind::password) co_return go_to(flow, visit, "/login/password", visit.carried);
    co_return co_await ask_first(flow, std::move(visit), *kind);
}

}  // namespace symbolon::pages
