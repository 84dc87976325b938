#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Authorize : public House {
protected:
    /// The error page: a redirect to our own page, never to the client's.
    void expect_page(const net::Response& answer, const std::string& error) {
        EXPECT_EQ(answer.status, 302);
        EXPECT_EQ(location(answer).rfind(std::string(pool_url) + "/error?", 0), 0U) << location(answer);
        EXPECT_EQ(parameter_of(location(answer), "error"), error);
    }
    /// A refusal that the client is told.
    void expect_refusal(const net::Response& answer, const std::string& error) {
        EXPECT_EQ(answer.status, 302);
        EXPECT_EQ(location(answer).rfind(std::string(callback) + "?", 0), 0U) << location(answer);
        EXPECT_EQ(parameter_of(location(answer), "error"), error);
        EXPECT_EQ(parameter_of(location(answer), "state"), "xyz +&=é");
        EXPECT_EQ(parameter_of(location(answer), "code"), "");
    }
};

TEST_F(Authorize, without_a_session_goes_to_the_login_page_with_the_same_query) {
    const auto query = authorize_query();
    const auto answer = get("/oauth2/authorize?" + query);
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(location(answer), std::string(pool_url) + "/login?" + query);
}

TEST_F(Authorize, by_post_goes_the_same_way) {
    const auto answer = post("/oauth2/authorize", authorize_query());
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(location(answer), std::string(pool_url) + "/login?" + authorize_query());
}

TEST_F(Authorize, with_a_session_answers_with_a_code_and_the_state) {
    const auto answer = authorize({}, {sign_in_browser()});
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(location(answer).rfind(std::string(callback) + "?code=", 0), 0U);
    EXPECT_GE(parameter_of(location(answer), "code").size(), 36U);
    EXPECT_EQ(parameter_of(location(answer), "state"), "xyz +&=é");
    EXPECT_EQ(parameter_of(location(answer), "iss"), pool_url);
}

TEST_F(Authorize, uses_nothing_up_so_that_it_may_be_asked_twice) {
    const auto cookie = sign_in_browser();
    EXPECT_NE(parameter_of(location(authorize({}, {cookie})), "code"),
              parameter_of(location(authorize({}, {cookie})), "code"));
}

TEST_F(Authorize, without_state_answers_without_state) {
    const auto answer = authorize({{"state", ""}}, {sign_in_browser()});
    EXPECT_EQ(location(answer).find("state"), std::string::npos);
}

TEST_F(Authorize, carries_a_long_state_of_any_characters) {
    const auto state = std::string(4000, 'q') + "{\"a\":[1,2]}%00\"<>";
    const auto answer = authorize({{"state", state}}, {sign_in_browser()});
    EXPECT_EQ(parameter_of(location(answer), "state"), state);
}

TEST_F(Authorize, keeps_the_query_of_the_redirect_uri) {
    const auto answer = authorize({{"redirect_uri", "https://ok.example/cb?keep=a%20b&x=1"}}, {sign_in_browser()});
    EXPECT_EQ(location(answer).rfind("https://ok.example/cb?keep=a%20b&x=1&code=", 0), 0U) << location(answer);
}

TEST_F(Authorize, answers_private_use_schemes_and_loopback_ports) {
    const auto cookie = sign_in_browser();
    EXPECT_EQ(location(authorize({{"redirect_uri", "myapp://cb"}}, {cookie})).rfind("myapp://cb?code=", 0), 0U);
    const auto native = authorize({{"redirect_uri", "http://127.0.0.1:50001/native"}}, {cookie});
    EXPECT_EQ(location(native).rfind("http://127.0.0.1:50001/native?code=", 0), 0U) << location(native);
}

TEST_F(Authorize, an_unproven_client_is_never_redirected_to) {
    expect_page(authorize({{"client_id", ""}}), "invalid_request");
    expect_page(authorize({{"client_id", "nobody"}}), "invalid_client");
    expect_page(authorize({{"client_id", stranger.str()}}), "invalid_client");
    expect_page(authorize({{"client_id", std::string(4000, 'x')}}), "invalid_client");
}

// Attack classes 1 to 5: whatever is not registered, byte for byte, ends on our page, also with a live session.
TEST_F(Authorize, an_unregistered_redirect_uri_is_never_redirected_to) {
    const auto cookie = sign_in_browser();
    for (const char* uri :
         {"https://ok.example.evil.com/cb", "https://ok.example/cb/../evil", "https://ok.example/cb%2e%2e",
          "https://ok.example/cb%252f", "https://ok.example/cb..;/", "https://ok.example\\@evil.com/cb",
          "https://ok.example@evil.com/cb", "http://127.0.0.1@evil.com/native", "http://localhost@evil/native",
          "https://okxexample/cb", "https://OK.example/cb", "javascript:alert(1)", "data:text/html,x", "//evil.com/cb",
          "/cb", "https://ok.example/cb\r\nSet-Cookie: a=b"}) {
        const auto answer = authorize({{"redirect_uri", uri}}, {cookie});
        expect_page(answer, "redirect_mismatch");
        EXPECT_EQ(parameter_of(location(answer), "client_id"), web.str());
    }
}

// Attack class 5: also when such a URI got into the database.
TEST_F(Authorize, a_scheme_that_a_browser_runs_is_refused_even_if_registered) {
    change_client(web, [](auto& settings) {
        settings.CallbackURLs =
            List<directory::shape::RedirectUrl, 0, 100>{"javascript:alert(1)//", "data:text/html,x"};
    });
    for (const char* uri : {"javascript:alert(1)//", "data:text/html,x"}) {
        expect_page(authorize({{"redirect_uri", uri}}, {sign_in_browser()}), "redirect_mismatch");
    }
}

TEST_F(Authorize, redirect_uri_may_be_left_out_only_where_one_is_registered) {
    expect_page(authorize({{"redirect_uri", ""}}), "invalid_request");
    change_client(web, [](auto& settings) {
        settings.CallbackURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://ok.example/cb"};
    });
    const auto answer = authorize({{"redirect_uri", ""}}, {sign_in_browser()});
    EXPECT_EQ(location(answer).rfind("https://ok.example/cb?code=", 0), 0U) << location(answer);
}

TEST_F(Authorize, the_default_redirect_uri_serves_clients_with_one_provider) {
    change_client(web, [](auto& settings) { settings.DefaultRedirectURI = "myapp://cb"; });
    EXPECT_EQ(location(authorize({{"redirect_uri", ""}}, {sign_in_browser()})).rfind("myapp://cb?code=", 0), 0U);
}

TEST_F(Authorize, a_client_without_flows_or_providers_gets_the_page) {
    expect_page(authorize({{"client_id", mute.str()}}), "unauthorized_client");
    change_client(web, [](auto& settings) { settings.SupportedIdentityProviders.reset(); });
    expect_page(authorize(), "unauthorized_client");
}

TEST_F(Authorize, tells_the_client_of_a_wrong_response_type) {
    expect_refusal(authorize({{"response_type", ""}}), "invalid_request");
    expect_refusal(authorize({{"response_type", "banana"}}), "invalid_request");
    expect_refusal(authorize({{"response_type", "code code"}}), "invalid_request");
}

TEST_F(Authorize, a_refusal_of_an_implicit_request_goes_into_the_fragment) {
    const auto answer = authorize({{"response_type", "token"}});  // the client has only `code`
    EXPECT_EQ(location(answer).rfind(std::string(callback) + "#", 0), 0U) << location(answer);
    EXPECT_EQ(parameter_of(location(answer), "error", '#'), "unauthorized_client");
    const auto hybrid = authorize({{"response_type", "id_token token"}});
    EXPECT_EQ(parameter_of(location(hybrid), "error", '#'), "invalid_request");
}

// Live pools answer like this, in this order (oauth-and-hosted-ui.md §1.3).
TEST_F(Authorize, a_scope_that_is_not_enabled_is_refused_in_cognitos_words) {
    const auto answer = authorize({{"scope", "openid email"}}, {sign_in_browser()});
    expect_refusal(answer, "invalid_request");
    EXPECT_EQ(location(answer).rfind(std::string(callback) + "?error_description=invalid_scope&state=", 0), 0U);
    EXPECT_LT(location(answer).find("state="), location(answer).find("&error="));
    expect_refusal(authorize({{"scope", "offline_access"}}), "invalid_request");
}

TEST_F(Authorize, no_scope_means_all_of_the_client_but_the_deleted_ones) {
    EXPECT_EQ(text(get_tokens({{"scope", ""}}), "scope"), "openid phone profile");
    EXPECT_EQ(text(get_tokens({{"scope", "phone openid https://api.example/v1/gone"}}), "scope"), "openid phone");
}

TEST_F(Authorize, checks_that_pkce_parameters_belong_together) {
    const auto challenge_text = std::string(challenge);
    for (const auto& [code_challenge, method] : Pairs{{challenge_text, ""},
                                                      {challenge_text, "plain"},
                                                      {challenge_text, "s256"},
                                                      {"", "S256"},
                                                      {challenge_text + "x", "S256"},
                                                      {"short", "S256"},
                                                      {std::string(42, 'a') + "=", "S256"}}) {
        expect_refusal(authorize({{"code_challenge", code_challenge}, {"code_challenge_method", method}}),
                       "invalid_request");
    }
}

TEST_F(Authorize, refuses_what_it_would_have_to_ignore) {
    expect_refusal(authorize({{"request", "eyJ"}}), "invalid_request_object");
    expect_refusal(authorize({{"request_uri", "https://x"}}), "invalid_request_uri");
    expect_refusal(authorize({{"registration", "{}"}}), "registration_not_supported");
    expect_refusal(authorize({{"response_mode", "web_message"}}), "invalid_request");
    EXPECT_NE(parameter_of(location(authorize({{"response_mode", "query"}}, {sign_in_browser()})), "code"), "");
}

TEST_F(Authorize, ignores_parameters_that_it_does_not_know) {
    const auto answer = authorize({{"audience", "x"},
                                   {"options", "y"},
                                   {"login_hint", std::string(3000, 'h')},
                                   {"ui_locales", "de"},
                                   {"acr_values", "z"}},
                                  {sign_in_browser()});
    EXPECT_NE(parameter_of(location(answer), "code"), "");
}

TEST_F(Authorize, a_query_that_cannot_be_decoded_ends_on_the_page) {
    expect_page(get("/oauth2/authorize?client_id=%zz"), "invalid_request");
    expect_page(get("/oauth2/authorize?client_id=%ff"), "invalid_request");
    expect_page(get("/oauth2/authorize"), "invalid_request");
}

// Attack class 31.
TEST_F(Authorize, headers_of_the_request_never_reach_a_link) {
    const auto answer = authorize({}, {{"Host", "evil.example"},
                                       {"X-Forwarded-Host", "evil.example"},
                                       {"Forwarded", "host=evil.example;proto=http"},
                                       {"X-Forwarded-Proto", "http"}});
    EXPECT_EQ(location(answer).rfind(std::string(pool_url) + "/login?", 0), 0U) << location(answer);
    net::Request request;
    request.method = net::Method::get;
    request.path = "/" + pool_id.str() + "/oauth2/authorize";
    request.query = authorize_query();
    request.host = "evil.example";
    EXPECT_EQ(location(send(request)).find("evil"), std::string::npos);
}

TEST_F(Authorize, answers_carry_the_common_headers) {
    const auto answer = authorize();
    EXPECT_EQ(header(answer, "x-amz-cognito-request-id"), "22222222-2222-4222-8222-222222222222");
    EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(answer, "X-Frame-Options"), "DENY");
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
    EXPECT_EQ(header(answer, "Pragma"), "no-cache");
    EXPECT_NE(header(answer, "Strict-Transport-Security"), "");
    EXPECT_EQ(header(answer, "Referrer-Policy"), "no-referrer");
}

}  // namespace
}  // namespace symbolon::oauth
