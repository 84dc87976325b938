#include "app/demo/phone.hpp"

#include "net/respond.hpp"
#include "voice/screens/screen.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::app {

namespace json = boost::json;

namespace {

constexpr int most_shown = 20;

json::array list_texts(const std::vector<messaging::Message>& messages) {
    json::array out;
    for (const auto& message : messages) {
        out.push_back(json::object{
            {"time", to_iso8601(message.created).substr(11, 8)}, {"to", message.to}, {"text", message.text}});
    }
    return out;
}

}  // namespace

DemoPages::DemoPages(messaging::Outbox& outbox, voice::Assistant& assistant, std::string assistant_url)
    : outbox_(outbox), assistant_(assistant), assistant_url_(std::move(assistant_url)) {
    router_.add(net::Method::get, beside().phone,
                [this](net::Request request, net::PathParameters) { return phone(std::move(request)); });
    router_.add(net::Method::get, "/phone/messages", [this](net::Request, net::PathParameters) { return texts(); });
    router_.add(net::Method::get, beside().steps,
                [this](net::Request request, net::PathParameters) { return steps(std::move(request)); });
}

voice::Beside DemoPages::beside() {
    return {.phone = "/phone", .steps = "/demo"};
}

std::optional<Task<net::Response>> DemoPages::find(const net::Request& request) const {
    if (!router_.knows(request.path)) return std::nullopt;
    return router_.find(request, request.path);
}

Task<net::Response> DemoPages::phone(net::Request request) {
    const auto visit = voice::visit_of(std::move(request));
    const auto messages = co_await outbox_.list_all(most_shown);
    auto page = voice::screen_context(visit, assistant_url_, beside());
    page["messages_url"] = "/phone/messages";
    page["has_messages"] = !messages.empty();
    page["messages"] = list_texts(messages);
    co_return voice::screen_response(visit, 200, "phone", page);
}

Task<net::Response> DemoPages::texts() {
    const auto messages = co_await outbox_.list_all(most_shown);
    auto response = net::json(200, json::object{{"messages", list_texts(messages)}});
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

Task<net::Response> DemoPages::steps(net::Request request) {
    const auto visit = voice::visit_of(std::move(request));
    const auto progress = co_await assistant_.progress(made_.skill_id);
    const bool done[] = {
        true, true, true, progress.asked || progress.linked, progress.linked, progress.answered_with_token};
    auto page = voice::screen_context(visit, assistant_url_, beside());
    bool current_found = false;
    for (int i = 0; i < 6; ++i) {
        json::object step{{"done", done[i]}};
        step["current"] = !done[i] && !current_found;
        current_found = current_found || !done[i];
        page["step" + std::to_string(i + 1)] = std::move(step);
    }
    page["finished"] = !current_found;
    page["demo"] =
        json::object{{"pool_id", made_.pool_id}, {"domain", made_.domain_url}, {"client_id", made_.client_id}};
    page["skill_url"] = assistant_url_ + "/skills/" + made_.skill_id;
    page["app_url"] = assistant_url_ + "/app/skills/" + made_.skill_id;
    co_return voice::screen_response(visit, 200, "demo", page);
}

}  // namespace symbolon::app
