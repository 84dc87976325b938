#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "crypto/x509.hpp"
#include "doctor/examination.hpp"

#include <boost/json/serialize.hpp>

#include <array>

namespace symbolon::doctor::checks {

namespace json = boost::json;

namespace {

constexpr std::size_t most_spoken = 8000, most_answered = 120 * 1024;  ///< voice-account-linking.md §3.2

struct Wish {
    std::string access_token;    ///< "": not linked
    std::string application_id;  ///< "": the skill's
    std::chrono::seconds age{0};
};

std::string envelope(Examination& e, const Wish& wish) {
    const json::object application{
        {"applicationId", wish.application_id.empty() ? e.subject().skill.application_id : wish.application_id}};
    json::object user{{"userId", "amzn1.ask.account.DOCTOR"}};
    if (!wish.access_token.empty()) user["accessToken"] = wish.access_token;
    const json::object request{{"type", "LaunchRequest"},
                               {"requestId", "amzn1.echo-api.request." + e.random().uuid()},
                               {"timestamp", to_iso8601(std::chrono::floor<std::chrono::seconds>(e.now() - wish.age))},
                               {"locale", "en-US"}};
    const json::object session{{"new", true},
                               {"sessionId", "amzn1.echo-api.session." + e.random().uuid()},
                               {"application", application},
                               {"attributes", json::object{}},
                               {"user", user}};
    const json::object system{{"application", application},
                              {"user", user},
                              {"device", json::object{{"deviceId", "amzn1.ask.device.DOCTOR"}}},
                              {"apiEndpoint", "https://api.amazonalexa.com"},
                              {"apiAccessToken", "none"}};
    return json::serialize(json::object{
        {"version", "1.0"}, {"session", session}, {"context", json::object{{"System", system}}}, {"request", request}});
}

HttpAnswer post(Examination& e, std::string body, const std::string& chain_url, const std::string& signature) {
    if (e.subject().skill.url.empty()) throw NotExamined{"No skill is known: see --skill-url."};
    HttpRequest request;
    request.method = "POST";
    request.url = e.subject().skill.url;
    request.body = std::move(body);
    request.limit = e.subject().limits.skill + std::chrono::seconds(4);
    request.headers.add("Content-Type", "application/json;charset=UTF-8");
    request.headers.add("Accept", "application/json");
    if (!chain_url.empty()) request.headers.add("SignatureCertChainUrl", chain_url);
    if (!signature.empty()) request.headers.add("Signature-256", signature);
    return e.ask(std::move(request));
}

std::string sign(Examination& e, const std::string& body) {
    return to_base64(crypto::x509::sign_sha256(e.subject().skill.key_pem, bytes_of(body)));
}

/// A request that the skill has to believe.
HttpAnswer send_genuine(Examination& e, const Wish& wish) {
    if (e.subject().skill.url.empty()) throw NotExamined{"No skill is known: see --skill-url."};
    if (e.subject().skill.key_pem.empty())
        throw NotExamined{
            "Genuine requests need the key of the local assistant that the skill trusts: see --skill-key."};
    const auto body = envelope(e, wish);
    return post(e, body, e.subject().skill.chain_url, sign(e, body));
}

/// The answer to a genuine request that is not linked.
HttpAnswer greeting(Examination& e) {
    auto answer = send_genuine(e, {});
    if (answer.status != 200)
        throw NotExamined{"The skill refuses a genuine request, HTTP " + std::to_string(answer.status) +
                          ": does it trust the assistant that signs?"};
    return answer;
}

const json::value* at(const json::value& value, std::string_view pointer) {
    boost::json::error_code problem;
    return value.find_pointer(pointer, problem);
}

std::string card_of(const HttpAnswer& answer) {
    const auto body = parse_object(answer.body);
    if (!body) return {};
    const json::value whole(*body);
    const auto* type = at(whole, "/response/card/type");
    return type != nullptr && type->is_string() ? std::string(type->get_string()) : std::string{};
}

std::string why_invalid(const HttpAnswer& answer) {
    const auto body = parse_object(answer.body);
    if (!body) return "the answer is not a JSON object";
    if (answer.body.size() > most_answered) return "the answer has " + std::to_string(answer.body.size()) + " bytes";
    const json::value whole(*body);
    const auto* version = at(whole, "/version");
    if (version == nullptr || !version->is_string()) return "version is missing";
    const auto* response = at(whole, "/response");
    if (response == nullptr || !response->is_object()) return "response is missing";
    if (const auto* speech = at(whole, "/response/outputSpeech")) {
        const auto* type = at(*speech, "/type");
        const bool ssml = type != nullptr && type->is_string() && type->get_string() == "SSML";
        if (type == nullptr || !type->is_string() || (!ssml && type->get_string() != "PlainText"))
            return "outputSpeech.type is neither PlainText nor SSML";
        const auto* text = at(*speech, ssml ? "/ssml" : "/text");
        if (text == nullptr || !text->is_string()) return "outputSpeech has no text";
        if (text->get_string().size() > most_spoken) return "outputSpeech has more than 8000 characters";
    }
    if (const auto* end = at(whole, "/response/shouldEndSession"); end != nullptr && !end->is_bool())
        return "shouldEndSession is not a boolean";
    return {};
}

std::string why_no_event(const HttpAnswer& answer) {
    const auto body = parse_object(answer.body);
    if (!body) return "the answer is not a JSON object";
    const json::value whole(*body);
    for (const auto* member : {"/event/header/namespace", "/event/header/name", "/event/header/messageId"}) {
        const auto* found = at(whole, member);
        if (found == nullptr || !found->is_string()) return std::string(member) + " is missing";
    }
    return {};
}

HttpAnswer direct(Examination& e, const std::string& url, std::string_view space, std::string_view name,
                  json::object more) {
    if (url.empty()) throw NotExamined{"No smart-home skill is known: see --smart-home-url."};
    json::object header{
        {"namespace", space}, {"name", name}, {"payloadVersion", "3"}, {"messageId", e.random().uuid()}};
    json::object directive{{"header", header}, {"payload", json::object{}}};
    for (auto& [key, value] : more) directive[key] = value;
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.limit = e.subject().limits.skill + std::chrono::seconds(4);
    request.headers.add("Content-Type", "application/json");
    request.body = json::serialize(json::object{{"directive", directive}});
    return e.ask(std::move(request));
}

HttpAnswer discover(Examination& e) {
    const json::object scope{{"type", "BearerToken"}, {"token", e.access_token()}};
    return direct(e, e.subject().smart_home_url, "Alexa.Discovery", "Discover",
                  {{"payload", json::object{{"scope", scope}}}});
}

std::string event_name(const HttpAnswer& answer) {
    const auto body = parse_object(answer.body);
    if (!body) return {};
    const json::value whole(*body);
    const auto* name = at(whole, "/event/header/name");
    return name != nullptr && name->is_string() ? std::string(name->get_string()) : std::string{};
}

/// Both kinds of skills, whichever are known.
template <class Look>
Outcome look_at_skills(Examination& e, Look look) {
    std::optional<Outcome> custom, smart;
    if (!e.subject().skill.url.empty() && !e.subject().skill.key_pem.empty()) custom = look(greeting(e), true);
    if (custom && custom->kind == Outcome::Kind::failed) return *custom;
    if (!e.subject().smart_home_url.empty()) smart = look(discover(e), false);
    if (smart) return *smart;
    if (custom) return *custom;
    throw NotExamined{"No skill is known that could be asked: see --skill-url, --skill-key and --smart-home-url."};
}

}  // namespace

Outcome unsigned_request_is_refused(Examination& e) {
    const auto answer = post(e, envelope(e, {}), {}, {});
    if (answer.status == 400) return passed("An unsigned request is refused with 400.");
    return failed("An unsigned request is not refused with 400.", {describe(answer)});
}

Outcome forged_requests_are_refused(Examination& e) {
    const auto& skill = e.subject().skill;
    const bool can_sign = !skill.key_pem.empty();
    const auto chain =
        skill.chain_url.empty() ? "https://s3.amazonaws.com/echo.api/echo-api-cert.pem" : skill.chain_url;
    const auto body = envelope(e, {});
    const auto old = envelope(e, {{}, {}, std::chrono::seconds(600)});
    const auto nonsense = to_base64(e.random().bytes(256));
    const auto signed_or = [&](const std::string& text) { return can_sign ? sign(e, text) : nonsense; };
    const std::array<std::pair<const char*, HttpAnswer>, 4> probes{
        {{"a wrong signature", post(e, body, chain, nonsense)},
         {"an altered body", post(e, body + " ", chain, signed_or(body))},
         {"an old timestamp", post(e, old, chain, signed_or(old))},
         {"a chain from elsewhere",
          post(e, body, "https://attacker.example/echo.api/echo-api-cert.pem", signed_or(body))}}};
    for (const auto& [name, answer] : probes) {
        if (answer.status != 400)
            return failed(std::string("A request with ") + name + " is not refused with 400.", {describe(answer)});
    }
    return passed("Forged requests are refused with 400.");
}

Outcome other_application_is_refused(Examination& e) {
    greeting(e);
    const auto answer = send_genuine(e, {{}, "amzn1.ask.skill.00000000-0000-4000-8000-000000000000", {}});
    if (answer.status >= 400) return passed("A request for another skill is refused.");
    return failed("A request for another skill is answered.", {describe(answer)});
}

Outcome unlinked_person_gets_card(Examination& e) {
    const auto without = greeting(e);
    if (card_of(without) != "LinkAccount")
        return failed("Without an access token the skill answers no LinkAccount card.", {describe(without)});
    const auto with_bad = send_genuine(e, {"not-a-token-" + e.random().digits(20), {}, {}});
    if (card_of(with_bad) != "LinkAccount")
        return failed("With a bad access token the skill answers no LinkAccount card.", {describe(with_bad)});
    return passed("Without a token, and with a bad one, the skill answers a LinkAccount card.");
}

Outcome grant_is_accepted(Examination& e) {
    const json::object grant{{"type", "OAuth2.AuthorizationCode"}, {"code", "doctor-" + e.random().digits(12)}};
    const json::object grantee{{"type", "BearerToken"}, {"token", e.access_token()}};
    const auto answer = direct(e, e.subject().smart_home_url, "Alexa.Authorization", "AcceptGrant",
                               {{"payload", json::object{{"grant", grant}, {"grantee", grantee}}}});
    const auto name = event_name(answer);
    // The code is made up, so that a skill which exchanges it has to say that this failed.
    const bool honest = name == "ErrorResponse" && answer.body.find("ACCEPT_GRANT_FAILED") != std::string::npos;
    if (answer.status == 200 && (name == "AcceptGrant.Response" || honest)) return passed("AcceptGrant is answered.");
    return failed("AcceptGrant is not answered as Alexa needs it.", {describe(answer)});
}

Outcome outage_is_no_credential_error(Examination& e) {
    const auto& url = e.subject().smart_home_outage_url;
    if (url.empty())
        throw NotExamined{"No deployment without its authorization server is known: see --smart-home-outage-url."};
    const json::object scope{{"type", "BearerToken"}, {"token", e.access_token()}};
    const auto answer =
        direct(e, url, "Alexa.PowerController", "TurnOn",
               {{"endpoint", json::object{{"scope", scope}, {"endpointId", "doctor"}, {"cookie", json::object{}}}}});
    if (answer.body.find("_AUTHORIZATION_CREDENTIAL") != std::string::npos)
        return failed(
            "While the authorization server is away, the skill calls the credentials bad, which unlinks everybody.",
            {describe(answer)});
    if (event_name(answer).empty())
        return failed("While the authorization server is away, the skill answers no event: Alexa needs INTERNAL_ERROR.",
                      {describe(answer)});
    return passed("While the authorization server is away, credentials are not called bad.");
}

Outcome skill_is_quick(Examination& e) {
    return look_at_skills(e, [&](const HttpAnswer& answer, bool) {
        const auto seen = "The skill answered after " + std::to_string(answer.took.total.count()) + " ms.";
        return answer.took.total < e.subject().limits.skill ? passed(seen) : failed(seen);
    });
}

Outcome skill_answer_is_valid(Examination& e) {
    return look_at_skills(e, [](const HttpAnswer& answer, bool custom) {
        const auto problem = custom ? why_invalid(answer) : why_no_event(answer);
        if (problem.empty()) return passed("The skill's answer is valid.");
        return failed("The skill's answer is not valid: " + problem + ".", {describe(answer)});
    });
}

}  // namespace symbolon::doctor::checks
