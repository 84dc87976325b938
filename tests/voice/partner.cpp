#include "partner.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::voice::test {

Partner::Partner() {
    skill_answers(json_answer(R"({"version":"1.0","response":{"outputSpeech":{"type":"PlainText","text":"Hello."}}})"));
}

void Partner::skill_answers(net::Response response) {
    const std::scoped_lock lock(mutex_);
    skill_response_ = std::move(response);
}

void Partner::answer(TokenEndpoint endpoint) {
    const std::scoped_lock lock(mutex_);
    endpoint_ = std::move(endpoint);
    silent_ = false;
}

void Partner::answer(net::Response response) {
    answer([response = std::move(response)](const net::Form&) { return response; });
}

void Partner::fall_silent() {
    const std::scoped_lock lock(mutex_);
    silent_ = true;
}

void Partner::put_at(std::string path, Endpoint endpoint) {
    const std::scoped_lock lock(mutex_);
    others_.insert_or_assign(std::move(path), std::move(endpoint));
}

std::vector<net::Request> Partner::requests_at(std::string_view path) const {
    const std::scoped_lock lock(mutex_);
    std::vector<net::Request> out;
    for (const auto& request : other_requests_) {
        if (request.path == path) out.push_back(request);
    }
    return out;
}

std::vector<net::Request> Partner::token_requests() const {
    const std::scoped_lock lock(mutex_);
    return token_requests_;
}

net::Form Partner::last_form() const {
    const auto requests = token_requests();
    return requests.empty() ? net::Form{} : net::Form::parse(requests.back().body);
}

std::vector<boost::json::object> Partner::skill_requests() const {
    const std::scoped_lock lock(mutex_);
    return skill_requests_;
}

Task<net::Response> Partner::serve(net::Request request) {
    if (request.path == "/skill") {
        const std::scoped_lock lock(mutex_);
        skill_requests_.push_back(boost::json::parse(request.body).as_object());
        co_return skill_response_;
    }
    {
        const std::scoped_lock lock(mutex_);
        const auto other = others_.find(request.path);
        if (other != others_.end()) {
            other_requests_.push_back(request);
            co_return other->second(request);
        }
    }
    TokenEndpoint endpoint;
    bool silent = false;
    {
        const std::scoped_lock lock(mutex_);
        token_requests_.push_back(request);
        endpoint = endpoint_;
        silent = silent_;
    }
    if (silent) {
        boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                        boost::asio::steady_timer::time_point::max());
        co_await never.async_wait(boost::asio::use_awaitable);
    }
    co_return endpoint(net::Form::parse(request.body));
}

net::Response json_answer(std::string body, int status) {
    net::Response response;
    response.status = status;
    response.headers.set("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
}

net::Response tokens(const std::string& access_token, const std::string& refresh_token) {
    const auto refresh = refresh_token.empty() ? std::string{} : R"(,"refresh_token":")" + refresh_token + '"';
    return json_answer(R"({"access_token":")" + access_token + R"(","token_type":"Bearer","expires_in":3600)" +
                       refresh + "}");
}

}  // namespace symbolon::voice::test
