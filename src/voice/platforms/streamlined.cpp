#include "voice/platforms/streamlined.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/jose/jwt.hpp"
#include "net/respond.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/platforms/manifest_places.hpp"
#include "voice/platforms/platform.hpp"
#include "voice/redaction.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view jwt_bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr std::chrono::minutes assertion_life{10};

LinkStep step_of(std::string title, const TokenResult& result) {
    LinkStep step{std::move(title), cause_of(result).empty(), cause_of(result), {}, evidence_of(result)};
    return step;
}

}  // namespace

Streamlined::Streamlined(const Assistant::Parts& parts, const Identity& identity, Journey& journey,
                         std::string base_url)
    : parts_(parts), identity_(identity), journey_(journey), base_url_(std::move(base_url)) {}

std::string Streamlined::assertion(const GooglePerson& person, const std::string& client_id) const {
    const auto now = parts_.clock.now();
    json::object claims{{"iss", base_url_ + "/google"},
                        {"aud", client_id},
                        {"sub", person.sub},
                        {"email", person.email},
                        {"email_verified", person.email_verified},
                        {"jti", parts_.random.uuid()},
                        {"iat", to_seconds(now)},
                        {"exp", to_seconds(now + assertion_life)}};
    if (!person.name.empty()) claims["name"] = person.name;
    if (!person.hosted_domain.empty()) claims["hd"] = person.hosted_domain;
    return crypto::jose::sign_jwt(signing_key(identity_), claims, "JWT");
}

Task<Streamlined::Asked> Streamlined::ask(StoredLinking linking, Behaviour behaviour, std::string intent,
                                          std::string assertion) {
    net::Form form;
    form.add("grant_type", std::string(jwt_bearer));
    form.add("intent", intent);
    form.add("assertion", std::move(assertion));
    if (const auto scopes = join_scopes(linking.config); !scopes.empty()) form.add("scope", scopes);
    Evidence evidence{"POST " + redacted_url(linking.config.accessTokenUrl.value_or("")) + "\n" + redacted_form(form),
                      ""};
    Asked out;
    try {
        const auto response =
            co_await journey_.token_client().send(std::move(linking), std::move(behaviour), std::move(form));
        out.status = response.status;
        json::error_code problem;
        auto value = json::parse(response.body, problem);
        if (!problem && value.is_object()) out.body = std::move(value.get_object());
        out.tokens = read_token_answer(response, true);
        evidence.answered = "HTTP " + std::to_string(response.status) + "\n" +
                            redacted_body(response.headers.find("Content-Type").value_or(""), response.body, 1000);
    } catch (const net::ClientError& e) {
        out.tokens = failure_of(e);
        evidence.answered = "no answer: " + e.detail;
    }
    std::visit([&](auto& one) { one.evidence = std::move(evidence); }, out.tokens);
    co_return out;
}

Task<StreamlinedOutcome> Streamlined::link(std::string skill_id, std::string account, GooglePerson person,
                                           bool may_create) {
    std::optional<Skill> skill;
    std::optional<StoredLinking> linking;
    Behaviour behaviour;
    const auto load = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        skill = store.find_skill(skill_id);
        linking = store.find_linking(skill_id);
        behaviour = Behaviours(tx).find(skill_id);
    };
    co_await parts_.db.read(load);
    if (!skill || !linking) throw Error(Errc::resource_not_found, "Account linking is not set up for this skill.");
    const auto client_id = google_client_id(*skill);
    if (client_id.empty()) {
        throw Error(Errc::invalid_parameter, "The manifest names no apis.google.clientId, the assertions' audience.");
    }
    const auto shown = assertion(person, client_id);
    const std::string platform = "google";
    StreamlinedOutcome out;
    std::string intent = "check";
    auto asked = co_await ask(*linking, behaviour, intent, shown);
    const auto* found = asked.body.if_contains("account_found");
    out.account_found = asked.status == 200 && found != nullptr && *found == "true";
    out.answered_regularly = found != nullptr && (asked.status == 200 || asked.status == 404);
    LinkStep checked{"The server was asked for an account of " + person.email,
                     out.answered_regularly,
                     "",
                     {},
                     evidence_of(asked.tokens)};
    std::vector<LinkStep> steps{std::move(checked)};
    if (out.account_found || may_create) {
        intent = out.account_found ? "get" : "create";
        asked = co_await ask(*linking, behaviour, intent, shown);
        steps.push_back(step_of("The server was asked for tokens with intent=" + intent, asked.tokens));
    }
    if (auto* tokens = std::get_if<TokenAnswer>(&asked.tokens); tokens != nullptr && steps.size() > 1) {
        out.outcome =
            co_await journey_.link_with_tokens(std::move(skill_id), std::move(account), platform, std::move(*tokens));
        out.outcome.steps.insert(out.outcome.steps.begin(), steps.begin(), steps.end());
        co_return out;
    }
    const auto* hint = asked.body.if_contains("login_hint");
    out.login_hint = hint != nullptr && hint->is_string() ? std::string(hint->get_string()) : person.email;
    out.goes_on_in_browser = true;
    out.outcome.skill_id = std::move(skill_id);
    out.outcome.account = std::move(account);
    out.outcome.platform_sentence = failure_sentence(*find_platform(platform), skill->name());
    out.outcome.cause = cause_of(asked.tokens);
    const auto explanation = explain_assertion(out.outcome.cause);
    out.outcome.explanation = explanation.text;
    out.outcome.advice = explanation.advice;
    out.outcome.steps = std::move(steps);
    co_return out;
}

net::Response Streamlined::discovery() const {
    const auto issuer = base_url_ + "/google";
    return net::json(200, json::object{{"issuer", issuer},
                                       {"jwks_uri", issuer + "/certs"},
                                       {"authorization_endpoint", issuer + "/auth"},
                                       {"token_endpoint", issuer + "/token"},
                                       {"response_types_supported", json::array{"code"}},
                                       {"subject_types_supported", json::array{"public"}},
                                       {"id_token_signing_alg_values_supported", json::array{"RS256"}}});
}

net::Response Streamlined::keys() const {
    return net::json(200, json::object{{"keys", json::array{signing_key(identity_).public_jwk()}}});
}

}  // namespace symbolon::voice
