#include "voice/talk/conversation.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t max_answer = 120 * 1024;
constexpr std::size_t most_remembered = 200;
constexpr std::string_view device_id = "amzn1.ask.device.SYMBOLON";

json::object request_part(const Understood& understood, const std::string& id, const std::string& timestamp,
                          const std::string& locale) {
    json::object out{{"type", understood.kind == Understood::Kind::launch ? "LaunchRequest" : "IntentRequest"},
                     {"requestId", id},
                     {"timestamp", timestamp},
                     {"locale", locale}};
    if (understood.kind == Understood::Kind::intent) {
        out["dialogState"] = "COMPLETED";
        out["intent"] =
            json::object{{"name", understood.intent}, {"confirmationStatus", "NONE"}, {"slots", json::object{}}};
    }
    return out;
}

/// What stays of a request once it was sent: everything but the token.
void redact(json::object& envelope) {
    for (const std::string_view pointer : {"/session/user", "/context/System/user"}) {
        json::error_code absent;
        json::value whole(envelope);
        auto* user = whole.find_pointer(pointer, absent);
        auto* token = user != nullptr ? user->as_object().if_contains("accessToken") : nullptr;
        if (token != nullptr) *token = "<" + std::to_string(token->as_string().size()) + " characters>";
        envelope = std::move(whole.as_object());
    }
}

std::string without_tags(std::string_view markup) {
    std::string out;
    bool inside = false;
    for (const char c : markup) {
        if (c == '<') inside = true;
        if (!inside) out += c;
        if (c == '>') inside = false;
    }
    return out;
}

std::string unescape(std::string text) {
    constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities) {
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
            text.replace(at, entity.size(), character);
        }
    }
    return text;
}

void read_answer(Exchange& exchange, const net::ClientResponse& response) {
    exchange.status = response.status;
    exchange.milliseconds = response.took.count();
    exchange.response = response.body;
    if (response.status != 200) {
        exchange.failure =
            "There was a problem with the requested skill's response (HTTP " + std::to_string(response.status) + ").";
        return;
    }
    json::error_code problem;
    auto value = json::parse(response.body, problem);
    auto* body = problem || !value.is_object() ? nullptr : value.get_object().if_contains("response");
    if (body == nullptr || !body->is_object()) {
        exchange.failure = "There was a problem with the requested skill's response (it is not a response envelope).";
        return;
    }
    exchange.answer = std::move(body->get_object());
}

}  // namespace

std::string spoken_text(const json::object& answer) {
    const auto* speech = answer.if_contains("outputSpeech");
    if (speech == nullptr || !speech->is_object()) return {};
    const auto& object = speech->get_object();
    if (const auto* text = object.if_contains("text"); text != nullptr && text->is_string()) {
        return std::string(text->get_string());
    }
    const auto* ssml = object.if_contains("ssml");
    return ssml != nullptr && ssml->is_string() ? unescape(without_tags(ssml->get_string())) : std::string{};
}

const json::object* card_of(const json::object& answer) {
    const auto* card = answer.if_contains("card");
    return card != nullptr ? card->if_object() : nullptr;
}

Conversation::Conversation(const Assistant::Parts& parts, const Identity& identity, Journey& journey,
                           std::string base_url)
    : parts_(parts), identity_(identity), journey_(journey), base_url_(std::move(base_url)) {}

json::object Conversation::envelope(const Skill& skill, const Understood& understood,
                                    const Enablement& enablement) const {
    json::object user{{"userId", enablement.user_id}};
    if (!enablement.access_token.empty()) user["accessToken"] = enablement.access_token;
    const json::object application{{"applicationId", skill.id}};
    json::object device{{"deviceId", device_id}, {"supportedInterfaces", json::object{}}};
    json::object system{
        {"application", application}, {"user", user}, {"device", std::move(device)}, {"apiEndpoint", base_url_}};
    return {{"version", "1.0"},
            {"session",
             {{"new", true},
              {"sessionId", "amzn1.echo-api.session." + parts_.random.uuid()},
              {"application", application},
              {"attributes", json::object{}},
              {"user", user}}},
            {"context", {{"System", std::move(system)}}},
            {"request", request_part(understood, "amzn1.echo-api.request." + parts_.random.uuid(),
                                     to_iso8601(parts_.clock.now()), skill.locale())}};
}

net::ClientRequest Conversation::signed_request(const Skill& skill, std::string body) const {
    net::ClientRequest request;
    request.method = "POST";
    request.url = skill.endpoint();
    request.limit = parts_.patience.skill;
    request.max_body = max_answer;
    const auto signature = crypto::x509::sign_sha256(identity_.authority.leaf_key_pem, bytes_of(body));
    request.headers.add("Content-Type", "application/json;charset=UTF-8");
    request.headers.add("Accept", "application/json");
    request.headers.add("SignatureCertChainUrl", base_url_ + std::string(chain_path));
    request.headers.add("Signature-256", to_base64(signature));
    request.body = std::move(body);
    return request;
}

Task<Exchange> Conversation::say(Skill skill, std::string utterance) {
    if (skill.endpoint().empty()) throw Error(Errc::invalid_parameter, "The skill has no endpoint.");
    if (utterance.empty()) utterance = suggestions(skill).front();
    const auto enablement = co_await journey_.current(skill.id);
    auto sent = envelope(skill, understand(skill, utterance), enablement);
    auto request = signed_request(skill, json::serialize(sent));
    redact(sent);
    Exchange exchange;
    exchange.utterance = std::move(utterance);
    exchange.request = std::move(sent);
    exchange.with_token = !enablement.access_token.empty();
    try {
        const auto response = co_await parts_.client.send(std::move(request));
        read_answer(exchange, response);
    } catch (const net::ClientError& e) {
        exchange.failure = e.failure == net::Failure::timeout ? "The skill took longer than 8 seconds to answer."
                                                              : "The skill could not be reached: " + e.detail;
    }
    const std::scoped_lock lock(mutex_);
    if (last_.size() >= most_remembered) last_.clear();
    last_.insert_or_assign(skill.id, exchange);
    co_return exchange;
}

std::optional<Exchange> Conversation::last(const std::string& skill_id) const {
    const std::scoped_lock lock(mutex_);
    const auto found = last_.find(skill_id);
    if (found == last_.end()) return std::nullopt;
    return found->second;
}

}  // namespace symbolon::voice
