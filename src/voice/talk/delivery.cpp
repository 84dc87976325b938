#include "voice/talk/delivery.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "voice/faults/skill_faults.hpp"
#include "voice/models/json_read.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t max_answer = 120 * 1024;

void hide(json::value& value, const std::string& token, const std::string& shown) {
    if (auto* object = value.if_object()) {
        for (auto& member : *object) hide(member.value(), token, shown);
    } else if (auto* array = value.if_array()) {
        for (auto& item : *array) hide(item, token, shown);
    } else if (value.is_string() && std::string_view(value.get_string()) == token) {
        value = shown;
    }
}

bool is_web_url(std::string_view url) {
    return url.starts_with("http://") || url.starts_with("https://");
}

}  // namespace

json::object hide_token(const json::object& body, const std::string& access_token) {
    json::value out(body);
    if (!access_token.empty()) hide(out, access_token, "<" + std::to_string(access_token.size()) + " characters>");
    return std::move(out.get_object());
}

Delivery::Delivery(const Assistant::Parts& parts, const Identity& identity, std::string chain_url)
    : parts_(parts), identity_(identity), chain_url_(std::move(chain_url)) {}

std::string Delivery::add_api_token(json::object& body, const ApiCaller& caller) const {
    auto* context = body.if_contains("context");
    auto* system = context != nullptr && context->is_object() ? context->get_object().if_contains("System") : nullptr;
    if (system == nullptr || !system->is_object()) return {};
    auto& about = system->get_object();
    if (!about.contains("apiAccessToken")) {
        about["apiAccessToken"] = make_api_token(identity_, caller, parts_.clock.now());
    }
    return text_of(about, "apiAccessToken");
}

net::ClientRequest Delivery::signed_request(const std::string& endpoint, std::string body) const {
    net::ClientRequest request;
    request.method = "POST";
    request.url = endpoint;
    request.limit = parts_.patience.skill;
    request.max_body = max_answer;
    const auto signature = crypto::x509::sign_sha256(identity_.authority.leaf_key_pem, bytes_of(body));
    request.headers.add("Content-Type", "application/json;charset=UTF-8");
    request.headers.add("Accept", "application/json");
    request.headers.add("Accept-Charset", "utf-8");
    request.headers.add("SignatureCertChainUrl", chain_url_);
    request.headers.add("Signature-256", to_base64(signature));
    request.body = std::move(body);
    return request;
}

Task<Exchange> Delivery::send(Message message) const {
    if (message.endpoint.empty()) throw Error(Errc::invalid_parameter, "The skill has no endpoint.");
    if (!is_web_url(message.endpoint)) {
        throw Error(Errc::invalid_parameter, "The skill's endpoint must be an http or https URL.");
    }
    Exchange exchange;
    exchange.account = message.account;
    exchange.at_ms = to_ms(parts_.clock.now());
    exchange.with_token = !message.access_token.empty();
    const auto load = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        return load_spoiler(store, Behaviours(tx), message.skill_id, message.account);
    };
    const auto api_token = add_api_token(message.body, {message.skill_id, message.account});
    const auto spoiler = co_await parts_.db.read(load);
    message.body = spoil_document(std::move(message.body), spoiler.behaviour, message.access_token, spoiler.others);
    auto shown = hide_token(message.body, message.access_token);
    for (const auto& other : {spoiler.others.former, spoiler.others.of_another, message.grant_code, api_token}) {
        shown = hide_token(shown, other);
    }
    exchange.request = std::move(shown);
    auto request = signed_request(message.endpoint, json::serialize(message.body));
    spoil_signed_request(request, spoiler.behaviour, identity_.authority.leaf_key_pem);
    try {
        const auto response = co_await parts_.client.send(std::move(request));
        exchange.status = response.status;
        exchange.milliseconds = response.took.count();
        exchange.response = replace_invalid_utf8(response.body);
        if (response.status != 200) {
            exchange.failure = "There was a problem with the requested skill's response (HTTP " +
                               std::to_string(response.status) + ").";
        }
    } catch (const net::ClientError& e) {
        exchange.timed_out = e.failure == net::Failure::timeout;
        exchange.failure = exchange.timed_out ? "The skill took longer than 8 seconds to answer."
                                              : "The skill could not be reached: " + e.detail;
    }
    co_return exchange;
}

}  // namespace symbolon::voice
