#include "symbolon/skill/http.hpp"

#include "phone_skill.hpp"
#include "sdk/platform.hpp"
#include "symbolon/skill/endpoint.hpp"

#include "net/server.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::skill::testing {
namespace {

net::Response respond_to(const net::Request& request) {
    net::Response response;
    if (request.path == "/chains/chain.pem") response.body = trusted_authority().chain_pem();
    if (request.path == "/large") response.body = std::string(5000, 'x');
    if (request.path == "/oauth2/userInfo") {
        const bool known = request.headers.find("Authorization") == "Bearer token-good";
        response.status = known ? 200 : 401;
        response.body = R"({"sub":"1","phone_number":"+15555550123"})";
    }
    if (request.path == "/moved") {
        response.status = 302;
        response.headers.add("Location", "/large");
    }
    return response;
}

Task<net::Response> answer(net::Request request) {
    co_return respond_to(request);
}

/// A web server of our own that publishes a chain and knows one token.
class FetchTest : public ::testing::Test {
protected:
    FetchTest() : server(options(), answer) {
        server.start();
        url = server.urls().front();
    }
    ~FetchTest() override { server.stop(); }

    static net::ServerOptions options() {
        net::ServerOptions options;
        options.listeners.resize(1);
        options.threads = 1;
        return options;
    }

    net::Server server;
    std::string url;
    Fetch fetch = http_fetch();
};

TEST_F(FetchTest, sends_its_headers_and_returns_status_and_body) {
    const auto known = fetch({.url = url + "/oauth2/userInfo", .headers = {{"Authorization", "Bearer token-good"}}});
    EXPECT_EQ(known.status, 200);
    EXPECT_EQ(json::parse(known.body).at("sub"), "1");
    EXPECT_EQ(fetch({.url = url + "/oauth2/userInfo"}).status, 401);
}

TEST_F(FetchTest, follows_no_redirect) {
    EXPECT_EQ(fetch({.url = url + "/moved"}).status, 302);
}

TEST_F(FetchTest, fails_when_the_answer_is_too_large) {
    EXPECT_NO_THROW(fetch({.url = url + "/large", .max_body = 5000}));
    EXPECT_THROW(fetch({.url = url + "/large", .max_body = 4999}), FetchError);
}

TEST_F(FetchTest, fails_when_nobody_listens) {
    server.stop();
    EXPECT_THROW(fetch({.url = url + "/large"}), FetchError);
}

TEST_F(FetchTest, is_all_that_the_phone_skill_needs_to_answer) {
    Platform platform;
    auto rules = TrustRules::at(url + "/chains/");
    rules.names = {std::string(chain_name)};
    rules.roots_pem = {trusted_authority().root_pem};
    Endpoint endpoint(
        phone_skill::make(
            {.skill_ids = {std::string(skill_id)}, .userinfo_url = url + "/oauth2/userInfo", .now = platform.clock()}),
        {.trust = {TrustProfile::local(std::move(rules))}, .now = platform.clock(), .log = [](auto&&...) {}});
    auto request = platform.sign(platform.envelope());
    set_header(request, "SignatureCertChainUrl", url + "/chains/chain.pem");
    const auto response = endpoint.answer(request);
    ASSERT_EQ(response.status, 200);
    EXPECT_NE(response.body.find("15555550123"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::skill::testing
