#include "voice/linking/token_client.hpp"

#include "voice/faults/token_faults.hpp"
#include "voice/redaction.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace symbolon::voice {

namespace asio = boost::asio;

namespace {

constexpr std::size_t max_answer = 1024 * 1024;
constexpr std::chrono::seconds patient_limit{25};

net::ClientRequest make_request(const StoredLinking& linking, const Behaviour& behaviour, net::Form form) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = linking.config.accessTokenUrl.value_or("");
    request.max_body = max_answer;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.headers.add("Accept", "application/json");
    form.add("client_id", linking.config.clientId);
    prove_client(request, form, linking, behaviour);
    request.body = form.encode();
    return request;
}

std::string asked(const net::ClientRequest& request) {
    auto out = request.method + " " + redacted_url(request.url);
    if (const auto credentials = request.headers.find("Authorization")) {
        out += "\nAuthorization: " + redacted_field("Authorization", *credentials);
    }
    return out + "\n" + redacted_body("application/x-www-form-urlencoded", request.body);
}

std::string answered(const net::ClientResponse& response) {
    const auto type = response.headers.find("Content-Type").value_or("");
    auto out = "HTTP " + std::to_string(response.status) + " after " + std::to_string(response.took.count()) + " ms";
    for (const auto* name : {"Content-Type", "Content-Encoding", "Location", "WWW-Authenticate"}) {
        if (const auto value = response.headers.find(name)) {
            out += "\n" + std::string(name) + ": " + redacted_field(name, *value);
        }
    }
    return out + "\n" + redacted_body(type, response.body, 1000);
}

void set_evidence(TokenResult& result, Evidence evidence) {
    std::visit([&](auto& one) { one.evidence = std::move(evidence); }, result);
}

net::Form code_form(CodeToExchange code) {
    net::Form form;
    form.add("grant_type", "authorization_code");
    form.add("code", std::move(code.code));
    form.add("redirect_uri", std::move(code.redirect_uri));
    if (!code.verifier.empty()) form.add("code_verifier", std::move(code.verifier));
    return form;
}

net::Form refresh_form(std::string refresh_token) {
    net::Form form;
    form.add("grant_type", "refresh_token");
    form.add("refresh_token", std::move(refresh_token));
    return form;
}

}  // namespace

std::chrono::milliseconds TokenClient::limit_of(const Behaviour& behaviour) const {
    return behaviour.has("BR-05", "patient") ? std::max<std::chrono::milliseconds>(limit_, patient_limit) : limit_;
}

Task<TokenResult> TokenClient::exchange(StoredLinking linking, Behaviour behaviour, CodeToExchange code) {
    co_return co_await ask(std::move(linking), std::move(behaviour), code_form(std::move(code)), true);
}

Task<TokenResult> TokenClient::refresh(StoredLinking linking, Behaviour behaviour, std::string refresh_token) {
    co_return co_await ask(std::move(linking), std::move(behaviour), refresh_form(std::move(refresh_token)), false);
}

Task<TokenClient::Both> TokenClient::exchange_twice(StoredLinking linking, Behaviour behaviour, CodeToExchange code,
                                                    std::chrono::milliseconds apart) {
    co_return co_await ask_twice(std::move(linking), std::move(behaviour), code_form(std::move(code)), true, apart);
}

Task<TokenClient::Both> TokenClient::refresh_twice(StoredLinking linking, Behaviour behaviour,
                                                   std::string refresh_token) {
    const std::chrono::milliseconds at_once{0};
    auto form = refresh_form(std::move(refresh_token));
    co_return co_await ask_twice(std::move(linking), std::move(behaviour), std::move(form), false, at_once);
}

Task<net::ClientResponse> TokenClient::send(StoredLinking linking, Behaviour behaviour, net::Form form) {
    auto request = make_request(linking, behaviour, std::move(form));
    request.limit = limit_of(behaviour);
    co_return co_await client_.send(std::move(request));
}

Task<TokenResult> TokenClient::ask(StoredLinking linking, Behaviour behaviour, net::Form form,
                                   bool refresh_token_needed) {
    auto request = make_request(linking, behaviour, std::move(form));
    request.limit = limit_of(behaviour);
    Evidence evidence{asked(request), ""};
    TokenResult result = TokenFailure{};
    try {
        auto response = co_await client_.send(std::move(request));
        response = spoil_token_answer(std::move(response), behaviour);
        evidence.answered = answered(response);
        result = response.took > limit_of(behaviour) ? TokenFailure{"timeout", "its answer came too late", false}
                                                     : read_token_answer(response, refresh_token_needed);
    } catch (const net::ClientError& e) {
        evidence.answered = "no answer: " + e.detail;
        result = failure_of(e);
    }
    set_evidence(result, std::move(evidence));
    co_return result;
}

Task<TokenResult> TokenClient::ask_later(StoredLinking linking, Behaviour behaviour, net::Form form,
                                         bool refresh_token_needed, std::chrono::milliseconds wait) {
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, wait);
    co_await timer.async_wait(asio::use_awaitable);
    co_return co_await ask(std::move(linking), std::move(behaviour), std::move(form), refresh_token_needed);
}

Task<TokenClient::Both> TokenClient::ask_twice(StoredLinking linking, Behaviour behaviour, net::Form form,
                                               bool refresh_token_needed, std::chrono::milliseconds apart) {
    const auto executor = co_await asio::this_coro::executor;
    auto first = ask(linking, behaviour, form, refresh_token_needed);
    auto second = ask_later(std::move(linking), std::move(behaviour), std::move(form), refresh_token_needed, apart);
    auto [order, first_error, first_result, second_error, second_result] =
        co_await asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(first), asio::deferred),
                                                         asio::co_spawn(executor, std::move(second), asio::deferred))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    if (first_error) std::rethrow_exception(first_error);
    if (second_error) std::rethrow_exception(second_error);
    co_return Both(std::move(first_result), std::move(second_result));
}

}  // namespace symbolon::voice
