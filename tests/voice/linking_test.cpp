#include "linking_fixture.hpp"

#include "base/encoding.hpp"
#include "base/run.hpp"
#include "base/utf8.hpp"

#include <boost/describe/class.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

using test::parameter_of;
using test::tokens;

class Linking : public test::LinkingFixture {
protected:
    /// Fails the test unless the page tells this cause and nothing was linked.
    void expect_not_linked(const net::Response& page, std::string_view cause) {
        EXPECT_EQ(page.status, 400) << page.body;
        EXPECT_NE(page.body.find("We were unable to link"), std::string::npos) << "what the platform would say";
        EXPECT_NE(page.body.find("<code>" + std::string(cause) + "</code>"), std::string::npos) << page.body;
        EXPECT_FALSE(stored()) << "nothing may be linked";
    }
};

TEST_F(Linking, exchanges_the_code_with_http_basic) {
    configure({{"accessTokenScheme", "HTTP_BASIC"}});
    must_link();
    ASSERT_EQ(partner.token_requests().size(), 1U);
    const auto request = partner.token_requests().front();
    EXPECT_EQ(request.method, net::Method::post);
    EXPECT_EQ(request.headers.find("Authorization"),
              "Basic " + to_base64(bytes_of("the-client:the%2Bclient%2Fsecret")));
    EXPECT_TRUE(request.headers.find("Content-Type")->starts_with("application/x-www-form-urlencoded"));
    const auto form = partner.last_form();
    EXPECT_EQ(form.get("grant_type"), "authorization_code");
    EXPECT_EQ(form.get("code"), "the-code");
    EXPECT_EQ(form.get("client_id"), "the-client");
    EXPECT_EQ(form.get("redirect_uri"), "http://127.0.0.1:1/api/skill/link/" + assistant->vendor_id());
    EXPECT_FALSE(form.find("client_secret")) << "the secret is in the header alone";
}

TEST_F(Linking, exchanges_the_code_with_credentials_in_the_body) {
    configure({{"accessTokenScheme", "REQUEST_BODY_CREDENTIALS"}});
    must_link();
    EXPECT_FALSE(partner.token_requests().front().headers.find("Authorization"));
    EXPECT_EQ(partner.last_form().get("client_id"), "the-client");
    EXPECT_EQ(partner.last_form().get("client_secret"), secret);
}

TEST_F(Linking, sends_the_redirect_uri_of_the_authorization_request_to_the_token_endpoint) {
    const auto url = begin();
    come_back("code=c&state=" + parameter_of(url, "state"));
    EXPECT_EQ(partner.last_form().get("redirect_uri"), parameter_of(url, "redirect_uri"));
}

struct Row {
    Bytes sealed_tokens;
};
BOOST_DESCRIBE_STRUCT(Row, (), (sealed_tokens))

TEST_F(Linking, keeps_the_tokens_sealed) {
    must_link();
    const auto link = stored();
    ASSERT_TRUE(link);
    EXPECT_EQ(link->status, LinkStatus::linked);
    EXPECT_EQ(link->access_token, "access-1");
    EXPECT_EQ(link->refresh_token, "refresh-1");
    EXPECT_EQ(link->expires, house.clock.now() + std::chrono::hours(1));
    const auto row =
        run(house.db->read([](db::Transaction& tx) { return tx.row<Row>("SELECT sealed_tokens FROM enablements"); }));
    ASSERT_TRUE(row);
    EXPECT_EQ(to_string(row->sealed_tokens).find("access-1"), std::string::npos);
    EXPECT_EQ(to_string(row->sealed_tokens).find("refresh-1"), std::string::npos);
}

TEST_F(Linking, gives_the_skill_the_access_token_and_nobody_else) {
    EXPECT_EQ(spoken_token(), "") << "not linked yet";
    must_link();
    EXPECT_EQ(spoken_token(), "access-1");
    for (const auto& page : {app_page(), get("/skills/" + skill), get("/")}) {
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.body.find("access-1"), std::string::npos);
        EXPECT_EQ(page.body.find("refresh-1"), std::string::npos);
        EXPECT_EQ(page.body.find(secret), std::string::npos);
    }
}

TEST_F(Linking, of_the_implicit_grant_takes_the_token_from_the_fragment) {
    configure({{"type", "IMPLICIT"}});
    const auto state = begin_state();
    const auto page = post("/api/skill/link/" + assistant->vendor_id(), "access_token=from-fragment&state=" + state);
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_EQ(spoken_token(), "from-fragment");
    EXPECT_TRUE(partner.token_requests().empty());
}

TEST_F(Linking, of_the_code_grant_takes_no_token_from_the_browser) {
    expect_not_linked(come_back("access_token=injected&state=" + begin_state()), "missing_code");
    EXPECT_TRUE(partner.token_requests().empty());
}

TEST_F(Linking, refuses_a_state_that_is_unknown_tampered_or_missing) {
    auto tampered = begin_state();
    tampered.back() = tampered.back() == 'A' ? 'B' : 'A';
    for (const auto& state : {std::string("forged"), tampered, std::string()}) {
        expect_not_linked(come_back("code=c&state=" + state), "state_unknown");
    }
    EXPECT_TRUE(partner.token_requests().empty()) << "no code is redeemed without its state";
}

TEST_F(Linking, uses_a_state_once) {
    const auto state = begin_state();
    EXPECT_EQ(come_back("code=the-code&state=" + state).status, 200);
    const auto replay = come_back("code=another-code&state=" + state);
    EXPECT_EQ(replay.status, 400);
    EXPECT_NE(replay.body.find("<code>state_unknown</code>"), std::string::npos);
    EXPECT_EQ(partner.token_requests().size(), 1U);
    EXPECT_EQ(stored()->status, LinkStatus::linked) << "the replay spoils nothing";
}

TEST_F(Linking, refuses_the_state_of_another_browser_and_leaves_it_to_its_own) {
    const auto state = begin_state();
    const auto own = std::exchange(cookie, {});
    expect_not_linked(come_back("code=stolen&state=" + state), "state_of_another_browser");
    EXPECT_TRUE(partner.token_requests().empty());
    cookie = own;
    EXPECT_EQ(come_back("code=the-code&state=" + state).status, 200);
}

TEST_F(Linking, refuses_a_state_that_is_too_old) {
    const auto state = begin_state();
    house.clock.advance(std::chrono::minutes(15));
    expect_not_linked(come_back("code=c&state=" + state), "state_expired");
}

TEST_F(Linking, with_a_wrong_client_secret_says_so) {
    configure({{"clientSecret", "mistyped"}});
    partner.answer(test::json_answer(R"({"error":"invalid_client"})", 401));
    expect_not_linked(link(), "oauth_error:invalid_client");
    configure();
    partner.answer(tokens("access-2", "refresh-2"));
    must_link();
}

TEST_F(Linking, tells_a_failing_token_endpoint_by_what_it_did) {
    net::Response html;
    html.body = "<script>alert(1)</script>";
    html.headers.set("Content-Type", "text/html");
    net::Response moved;
    moved.status = 307;
    moved.headers.set("Location", "http://127.0.0.1:1/elsewhere");
    const std::vector<std::pair<net::Response, std::string>> cases{
        {test::json_answer("{}", 500), "status"},
        {test::json_answer("<script>alert(1)</script>", 503), "status"},
        {test::json_answer(R"({"error":"invalid_grant"})", 400), "oauth_error:invalid_grant"},
        {moved, "redirect"},
        {html, "content_type"},
        {test::json_answer("[]"), "json"},
        {test::json_answer(R"({"refresh_token":"r","expires_in":3600})"), "missing_access_token"},
        {tokens("access", ""), "missing_refresh_token"},
        {test::json_answer(R"({"access_token":"a","refresh_token":"r","expires_in":60})"), "expires_too_short"}};
    for (const auto& [answer, cause] : cases) {
        partner.answer(answer);
        const auto page = link();
        expect_not_linked(page, cause);
        EXPECT_EQ(page.body.find("<script>alert"), std::string::npos);
    }
}

TEST_F(Linking, tells_a_token_endpoint_that_does_not_answer_in_time) {
    Assistant hasty({*house.db,
                     house.sealer,
                     house.random,
                     house.clock,
                     house.client,
                     {.token_endpoint = std::chrono::milliseconds(50)}},
                    "http://127.0.0.1:1");
    assistant = &hasty;
    partner.fall_silent();
    expect_not_linked(link(), "timeout");
}

TEST_F(Linking, tells_a_token_endpoint_that_is_not_there) {
    configure({{"accessTokenUrl", "http://127.0.0.1:1/token"}});
    expect_not_linked(link(), "connect");
}

TEST_F(Linking, shows_an_answer_that_is_no_text_as_a_page_all_the_same) {
    partner.answer(test::json_answer("\xFF\xFE\x80 nonsense", 500));
    const auto page = link();
    expect_not_linked(page, "status");
    EXPECT_EQ(page.body.find('\xFF'), std::string::npos) << "a page is UTF-8";
}

TEST_F(Linking, cuts_long_texts_between_characters) {
    std::string umlauts;
    for (int i = 0; i < 200; ++i) umlauts += "%C3%A4";
    const auto page = come_back("error=x" + umlauts + "&error_description=x" + umlauts + "&state=" + begin_state());
    EXPECT_EQ(page.status, 400);
    EXPECT_EQ(replace_invalid_utf8(page.body), page.body);
    partner.answer(test::json_answer("{\"error\":\"invalid\u00e4_grant\\\"<b>\"}", 400));
    EXPECT_NE(link().body.find("oauth_error:invalid_grant&lt;b&gt;"), std::string::npos);
}

TEST_F(Linking, shows_what_the_authorization_server_refused_with) {
    expect_not_linked(come_back("error=access_denied&error_description=No&state=" + begin_state()),
                      "oauth_error:access_denied");
}

TEST_F(Linking, that_fails_the_second_time_leaves_the_first_link) {
    must_link();
    partner.answer(test::json_answer(R"({"error":"invalid_grant"})", 400));
    EXPECT_EQ(link().status, 400);
    EXPECT_EQ(spoken_token(), "access-1");
}

TEST_F(Linking, survives_any_lifetime_that_a_server_invents) {
    for (const std::string seconds : {"360", "9223372036854775807", "9223372036854775"}) {
        partner.answer(test::json_answer(R"({"access_token":"a","refresh_token":"r","expires_in":)" + seconds + "}"));
        EXPECT_EQ(link().status, 200) << seconds;
        ASSERT_TRUE(stored()) << seconds;
        EXPECT_GT(*stored()->expires, house.clock.now()) << seconds;
        EXPECT_EQ(app_page().status, 200) << seconds;
        EXPECT_EQ(spoken_token(), "a") << seconds;
    }
}

TEST_F(Linking, is_ended_by_unlinking) {
    must_link();
    const auto before = say();
    EXPECT_EQ(post("/app/skills/" + skill + "/unlink", "").status, 303);
    EXPECT_FALSE(stored()) << "the tokens are gone";
    const auto after = say();
    EXPECT_FALSE(after.contains("accessToken"));
    EXPECT_NE(after.at("userId"), before.at("userId")) << "who links again is somebody else to the skill";
    EXPECT_NE(app_page().body.find("/link\""), std::string::npos) << "the page offers to link again";
}

TEST_F(Linking, is_ended_by_disabling_the_skill_through_the_api) {
    must_link();
    const auto enablement = "/v1/skills/" + skill + "/stages/development/enablement";
    EXPECT_EQ(house.rest(net::Method::delete_, enablement).status, 204);
    EXPECT_FALSE(stored());
    EXPECT_EQ(spoken_token(), "");
}

}  // namespace
}  // namespace symbolon::voice
