// Pushed authorization requests: RFC 9126.
#include "oauth/house.hpp"

#include "directory/pushed_requests.hpp"
#include "oauth/pushed_requests.hpp"
#include "oauth/unproven_requests.hpp"

namespace symbolon::oauth {
namespace {

class Pushed : public House {
protected:
    Pairs form(Pairs overrides = {}) {
        Pairs all{{"client_id", web.str()},  {"client_secret", std::string(secret)},
                  {"response_type", "code"}, {"scope", "openid"},
                  {"state", "pushed"},       {"redirect_uri", std::string(callback)}};
        for (auto& [name, value] : overrides) {
            std::erase_if(all, [&](const auto& field) { return field.first == name; });
            if (!value.empty()) all.emplace_back(name, value);
        }
        return all;
    }
    std::string push(Pairs overrides = {}) {
        const auto answer = post("/oauth2/par", form(std::move(overrides)));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return text(json_of(answer), "request_uri");
    }
    net::Response go(const std::string& request_uri, Pairs headers, const ClientId& client = web) {
        return get("/oauth2/authorize?" + encode({{"client_id", client.str()}, {"request_uri", request_uri}}),
                   std::move(headers));
    }
    std::string error_of_push(Pairs overrides) {
        const auto answer = post("/oauth2/par", form(std::move(overrides)));
        EXPECT_GE(answer.status, 400);
        return text(json_of(answer), "error");
    }
    static bool is_error_page(const net::Response& answer) {
        return location(answer).rfind(std::string(pool_url) + "/error?", 0) == 0;
    }
};

TEST_F(Pushed, is_answered_with_a_name_that_brings_a_code) {
    const auto answer = post("/oauth2/par", form());
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(json_of(answer).at("expires_in"), 300);
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
    const auto request_uri = text(json_of(answer), "request_uri");
    EXPECT_EQ(request_uri.rfind("urn:ietf:params:oauth:request_uri:", 0), 0U);
    const auto url = location(go(request_uri, {sign_in_browser()}));
    EXPECT_EQ(parameter_of(url, "state"), "pushed");
    EXPECT_EQ(post("/oauth2/token", code_form(parameter_of(url, "code"))).status, 200);
}

TEST_F(Pushed, is_answered_once) {
    const auto request_uri = push();
    EXPECT_NE(parameter_of(location(go(request_uri, {sign_in_browser()})), "code"), "");
    EXPECT_TRUE(is_error_page(go(request_uri, {sign_in_browser()})));
}

TEST_F(Pushed, is_answered_once_over_the_front_channel_too) {
    const auto request_uri =
        push({{"client_id", app.str()}, {"client_secret", ""}, {"response_type", "token"}, {"scope", "openid"}});
    EXPECT_NE(parameter_of(location(go(request_uri, {sign_in_browser()}, app)), "access_token", '#'), "");
    EXPECT_TRUE(is_error_page(go(request_uri, {sign_in_browser()}, app)));
}

// Attack class: two browsers race for one pushed request.
TEST_F(Pushed, of_two_answers_at_once_one_is_given) {
    const auto request_uri = push();
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/oauth2/authorize"))->site;
    const auto query = encode({{"client_id", web.str()}, {"request_uri", request_uri}});
    const auto first = std::get<AuthorizationRequest>(run(authorization->begin(site, query)));
    const auto second = std::get<AuthorizationRequest>(run(authorization->begin(site, query)));
    EXPECT_NE(parameter_of(location(run(authorization->respond(site, first, signed_in()))), "code"), "");
    EXPECT_EQ(refusal_of([&] { run(authorization->respond(site, second, signed_in())); }).code,
              Errc::invalid_parameter);
}

TEST_F(Pushed, lasts_five_minutes_until_a_browser_comes_with_it) {
    const auto request_uri = push();
    clock.advance(std::chrono::seconds(299));
    EXPECT_NE(parameter_of(location(go(request_uri, {sign_in_browser()})), "code"), "");
    const auto late = push();
    clock.advance(std::chrono::seconds(300));
    EXPECT_TRUE(is_error_page(go(late, {sign_in_browser()})));
}

TEST_F(Pushed, lasts_as_long_as_a_person_needs_once_they_are_here) {
    const auto request_uri = push();
    const auto to = location(go(request_uri, {}));
    EXPECT_EQ(to.rfind(std::string(pool_url) + "/login?", 0), 0U) << to;
    EXPECT_EQ(parameter_of(to, "request_uri"), request_uri);
    EXPECT_EQ(parameter_of(to, "redirect_uri"), "") << "nothing that could be changed on the way";
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site;
    clock.advance(std::chrono::minutes(50));
    const auto query = to.substr(to.find('?') + 1);
    EXPECT_TRUE(std::holds_alternative<AuthorizationRequest>(run(authorization->check(site, query))));
    clock.advance(std::chrono::minutes(10));
    EXPECT_FALSE(std::holds_alternative<AuthorizationRequest>(run(authorization->check(site, query))));
}

TEST_F(Pushed, a_page_does_not_begin_one) {
    const auto request_uri = push();
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site;
    const auto query = encode({{"client_id", web.str()}, {"request_uri", request_uri}});
    EXPECT_FALSE(std::holds_alternative<AuthorizationRequest>(run(authorization->check(site, query))));
}

TEST_F(Pushed, belongs_to_the_client_that_pushed_it) {
    const auto request_uri = push();
    EXPECT_EQ(parameter_of(location(go(request_uri, {sign_in_browser()}, app)), "error"), "invalid_request_uri");
    EXPECT_TRUE(is_error_page(go(request_uri, {sign_in_browser()}, app)));
    EXPECT_TRUE(is_error_page(get("/oauth2/authorize?" + encode({{"request_uri", request_uri}}), {sign_in_browser()})));
    EXPECT_TRUE(is_error_page(go("urn:ietf:params:oauth:request_uri:forged", {sign_in_browser()})));
    EXPECT_NE(parameter_of(location(go(request_uri, {sign_in_browser()})), "code"), "") << "a stranger spoils nothing";
}

TEST_F(Pushed, what_the_browser_adds_does_not_count) {
    const auto request_uri = push();
    const auto answer = get("/oauth2/authorize?" + encode({{"client_id", web.str()},
                                                           {"request_uri", request_uri},
                                                           {"state", "changed"},
                                                           {"redirect_uri", "https://evil.example"},
                                                           {"scope", "phone"}}),
                            {sign_in_browser()});
    EXPECT_EQ(location(answer).rfind(std::string(callback) + "?", 0), 0U) << location(answer);
    EXPECT_EQ(parameter_of(location(answer), "state"), "pushed");
}

TEST_F(Pushed, proves_the_client_as_the_token_endpoint_does) {
    EXPECT_EQ(error_of_push({{"client_secret", "wrong"}}), "invalid_client");
    EXPECT_EQ(error_of_push({{"client_secret", ""}}), "invalid_client");
    EXPECT_EQ(error_of_push({{"client_id", stranger.str()}}), "invalid_client");
    const auto answer = post("/oauth2/par", form({{"client_secret", ""}, {"client_id", ""}}),
                             {{"Authorization", basic(web.str(), secret)}});
    EXPECT_EQ(answer.status, 201) << answer.body;
}

TEST_F(Pushed, refuses_what_the_authorize_endpoint_would) {
    EXPECT_EQ(error_of_push({{"redirect_uri", "https://evil.example"}}), "invalid_request");
    EXPECT_EQ(error_of_push({{"response_type", "token"}}), "unauthorized_client");
    EXPECT_EQ(error_of_push({{"scope", "nonsense"}}), "invalid_request");
    EXPECT_EQ(error_of_push({{"code_challenge_method", "plain"}, {"code_challenge", std::string(43, 'a')}}),
              "invalid_request");
    EXPECT_EQ(error_of_push({{"request_uri", "urn:ietf:params:oauth:request_uri:x"}}), "invalid_request");
    EXPECT_EQ(error_of_push({{"login_hint", std::string(40'000, 'x')}}), "invalid_request");
    EXPECT_EQ(get("/oauth2/par?" + encode(form())).status, 405);
}

TEST_F(Pushed, a_secret_is_not_kept) {
    const auto request_uri = push();
    const auto hash = PushedRequestService::hash_of(*sealer, pool_id, request_uri);
    const auto row = write([&](db::Transaction& tx) { return directory::PushedRequests(tx).find(pool_id, hash); });
    ASSERT_TRUE(row);
    EXPECT_EQ(row->parameters.find("secret"), std::string::npos) << row->parameters;
}

TEST_F(Pushed, is_all_that_a_client_may_do_that_promised_to_push) {
    extend_client(web, [](auto& extensions) { extensions.require_pushed_authorization_requests = true; });
    EXPECT_EQ(parameter_of(location(authorize({}, {sign_in_browser()})), "error"), "invalid_request");
    EXPECT_NE(parameter_of(location(go(push(), {sign_in_browser()})), "code"), "");
}

TEST_F(Pushed, binds_the_code_to_a_key_that_it_names) {
    const auto request_uri = push({{"dpop_jkt", std::string(43, 'k')}});
    const auto code = parameter_of(location(go(request_uri, {sign_in_browser()})), "code");
    EXPECT_EQ(text(json_of(post("/oauth2/token", code_form(code))), "error"), "invalid_grant");
    EXPECT_EQ(error_of_push({{"dpop_jkt", "short"}}), "invalid_request");
}

// Anybody can push in the name of a client that proves nothing, and each push is a row.
TEST_F(Pushed, of_public_clients_are_counted_by_address) {
    const auto push_from = [&](const std::string& address, bool proven) {
        net::Request request;
        request.method = net::Method::post;
        request.path = "/" + pool_id.str() + "/oauth2/par";
        request.client_address = address;
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        const auto client = proven ? form() : form({{"client_id", app.str()}, {"client_secret", ""}});
        request.body = encode(client);
        return send(std::move(request)).status;
    };
    for (int i = 0; i < unproven_requests_per_minute; ++i) ASSERT_EQ(push_from("192.0.2.1", false), 201) << i;
    EXPECT_EQ(push_from("192.0.2.1", false), 429);
    EXPECT_EQ(push_from("192.0.2.1", true), 201) << "who proves itself is not counted";
    EXPECT_EQ(push_from("192.0.2.2", false), 201) << "nor is anybody else";
    EXPECT_EQ(push_from("127.0.0.1", false), 201);
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(push_from("192.0.2.1", false), 201);
}

}  // namespace
}  // namespace symbolon::oauth
