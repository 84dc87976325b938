#include "voice/platforms/post_json.hpp"

#include "voice/redaction.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t max_answer = 256 * 1024;
constexpr std::string_view type = "application/json;charset=utf-8";

void read(Posted& out, const net::ClientResponse& response) {
    out.status = response.status;
    out.step.milliseconds = response.took.count();
    out.step.evidence.answered = "HTTP " + std::to_string(response.status) + "\n" +
                                 redacted_body(response.headers.find("Content-Type").value_or(""), response.body, 1000);
    json::error_code problem;
    auto value = json::parse(response.body, problem);
    if (!problem && value.is_object()) {
        out.body = std::move(value.get_object());
        out.step.ok = response.status == 200;
    }
    if (!out.step.ok) out.step.detail = "The answer is not 200 with a JSON object.";
}

}  // namespace

Task<Posted> post_json(const Assistant::Parts& parts, std::string title, std::string url, json::object message,
                       std::string bearer) {
    Posted out;
    out.step.title = std::move(title);
    out.step.ok = false;
    net::ClientRequest request;
    request.method = "POST";
    request.url = std::move(url);
    request.limit = parts.patience.skill;
    request.max_body = max_answer;
    request.headers.add("Content-Type", std::string(type));
    if (!bearer.empty()) request.headers.add("Authorization", "Bearer " + bearer);
    request.body = json::serialize(message);
    out.step.evidence.asked = "POST " + redacted_url(request.url) + "\n" + redacted_body(type, request.body, 1000);
    try {
        const auto response = co_await parts.client.send(std::move(request));
        read(out, response);
    } catch (const net::ClientError& e) {
        out.step.detail = "No answer: " + e.detail;
    }
    co_return out;
}

}  // namespace symbolon::voice
