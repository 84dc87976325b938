#include "triggers/function_server.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace symbolon::triggers {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view secret = "a secret of at least 24 bytes";

/// Functions that are web hooks.
class Hooks : public FunctionServer {
protected:
    Options options(std::string_view shared = secret) {
        Options out;
        out.hooks.emplace(std::string(arn), Hook{server.url() + "/hook?a=b", HookSecret(shared)});
        return out;
    }
    HttpFunctions functions{options(), random, clock};
};

std::string field(const net::Request& request, std::string_view name) {
    return std::string(request.headers.find(name).value_or("(none)"));
}

/// As a receiver does it by the standard.
std::string expected_signature(const net::Request& request, ByteView key) {
    const auto covered = field(request, "webhook-id") + "." + field(request, "webhook-timestamp") + "." + request.body;
    return "v1," + to_base64(crypto::hmac_sha256(key, bytes_of(covered)));
}

TEST_F(Hooks, get_the_event_signed_by_the_standard) {
    answer({response(200, R"({"response":{"x":1}})")});
    const auto reply = invoke(functions);
    EXPECT_EQ(reply.body, R"({"response":{"x":1}})");
    EXPECT_FALSE(reply.is_error);
    ASSERT_EQ(requests().size(), 1U);
    const auto request = requests().front();
    EXPECT_EQ(request.method, net::Method::post);
    EXPECT_EQ(request.target, "/hook?a=b");
    EXPECT_EQ(request.body, event);
    EXPECT_EQ(field(request, "Content-Type"), "application/json");
    EXPECT_EQ(field(request, "webhook-timestamp"), "1800000000");
    EXPECT_EQ(field(request, "webhook-signature"), expected_signature(request, bytes_of(secret)));
    EXPECT_EQ(field(request, "Authorization"), "(none)");
}

TEST_F(Hooks, may_share_a_secret_in_the_form_of_the_standard) {
    HttpFunctions encoded{options("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"), random, clock};
    invoke(encoded);
    const auto request = requests().front();
    EXPECT_EQ(field(request, "webhook-signature"),
              expected_signature(request, bytes_of(std::string_view("0123456789abcdef01234567"))));
}

TEST_F(Hooks, share_the_secret_that_was_read_last) {
    constexpr std::string_view next = "another secret of 24 bytes or so";
    functions.set_options(options(next));
    invoke(functions);
    const auto request = requests().front();
    EXPECT_EQ(field(request, "webhook-signature"), expected_signature(request, bytes_of(next)));
    EXPECT_THROW(functions.set_options(options("short")), Error);
    invoke(functions);
    EXPECT_EQ(field(requests()[1], "webhook-signature"), expected_signature(requests()[1], bytes_of(next)))
        << "what cannot be used leaves what there is";
}

TEST_F(Hooks, are_tried_three_times_with_one_id_where_that_may_help) {
    answer({response(500, ""), response(429, ""), response(200, "{}")});
    EXPECT_EQ(invoke(functions).body, "{}");
    const auto tried = requests();
    ASSERT_EQ(tried.size(), 3U);
    EXPECT_EQ(field(tried[0], "webhook-id"), field(tried[2], "webhook-id"));

    answer({response(503, "")});
    EXPECT_EQ(failure(functions), "HTTP 503");
    EXPECT_EQ(requests().size(), 6U) << "and then no more";
    EXPECT_NE(field(requests()[5], "webhook-id"), field(tried[0], "webhook-id")) << "another event";
}

TEST_F(Hooks, that_refuse_the_request_are_not_tried_again) {
    answer({response(404, "not here")});
    EXPECT_EQ(failure(functions), "HTTP 404");
    EXPECT_EQ(requests().size(), 1U);
}

TEST_F(Hooks, refuse_with_an_error_message) {
    answer({response(403, R"({"errorMessage":"not you"})")});
    const auto reply = invoke(functions);
    EXPECT_TRUE(reply.is_error);
    EXPECT_EQ(reply.body, R"({"errorMessage":"not you"})");
    EXPECT_EQ(requests().size(), 1U);
}

TEST_F(Hooks, may_answer_nothing) {
    answer({response(204, "")});
    EXPECT_EQ(invoke(functions).body, "{}");
}

TEST_F(Hooks, lead_nowhere_else) {
    answer({response(302, "", {{"Location", server.url() + "/elsewhere"}})});
    EXPECT_EQ(failure(functions), "HTTP 302");
    EXPECT_EQ(requests().size(), 1U);
}

TEST_F(Hooks, answer_within_a_bound) {
    answer({response(200, std::string(2000, ' '))});
    auto bounded = options();
    bounded.max_answer = 1000;
    HttpFunctions careful{std::move(bounded), random, clock};
    EXPECT_EQ(failure(careful), "ResponseSizeTooLarge");
    EXPECT_EQ(requests().size(), 1U);
}

TEST_F(Hooks, answer_within_a_time_limit_each_time) {
    before_answer = []() -> Task<void> {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 10s);
        co_await timer.async_wait(boost::asio::use_awaitable);
    };
    auto hasty = options();
    hasty.attempt_limit = 50ms;
    HttpFunctions functions_in_haste{std::move(hasty), random, clock};
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(failure(functions_in_haste), "Socket timeout while invoking Lambda function");
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_EQ(begun, 3) << "attempts";
    EXPECT_LT(took, 5s);
}

TEST_F(Hooks, that_are_down_say_nothing_of_where_they_are) {
    Options down;
    down.hooks.emplace(std::string(arn), Hook{"http://127.0.0.1:1/private", HookSecret(secret)});
    HttpFunctions nobody{std::move(down), random, clock};
    EXPECT_EQ(failure(nobody), "Connection failure while invoking Lambda function");
}

TEST_F(Hooks, of_other_functions_are_not_asked) {
    EXPECT_EQ(failure(functions, "arn:aws:lambda:eu-west-1:111122223333:function:other"), "ResourceNotFoundException");
    EXPECT_TRUE(requests().empty());
}

TEST_F(Hooks, are_never_what_a_function_is_called) {
    for (const auto& name : {server.url() + "/hook", std::string("arn:aws:lambda:x:1:function:http://127.0.0.1:1/"),
                             std::string("../pre-sign-up"), std::string()}) {
        EXPECT_EQ(failure(functions, name), "ResourceNotFoundException") << name;
    }
    EXPECT_TRUE(requests().empty());
}

}  // namespace
}  // namespace symbolon::triggers
