// What the security practice asks beyond the protocols (RFC 9700), where no other test is about it.
#include "oauth/house.hpp"

#include "oauth/registration_tokens.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;

class Practice : public House {};

// A browser that is sent on with 307 posts its form again, to the client.
TEST_F(Practice, RFC9700_4_12_what_is_posted_is_not_posted_on) {
    const auto session = sign_in_browser();
    const auto answered = post("/oauth2/authorize", authorize_query(), {session});
    EXPECT_EQ(answered.status, 302);
    EXPECT_EQ(location(answered).rfind(std::string(callback), 0), 0U);
    EXPECT_EQ(post("/oauth2/authorize", authorize_query({{"scope", "nonsense"}}), {session}).status, 302);
    EXPECT_EQ(post("/oauth2/authorize", authorize_query({{"client_id", "nobody"}}), {session}).status, 302);
    EXPECT_EQ(post("/logout", encode({{"client_id", web.str()}}), {session}).status, 302);
}

// A page on the way of a code shows nothing of others, and tells nobody where it was.
TEST_F(Practice, RFC9700_4_2_4_the_page_that_brings_a_code_loads_nothing) {
    const auto page = authorize({{"response_mode", "form_post"}}, {sign_in_browser()});
    ASSERT_EQ(page.status, 200);
    for (const char* attribute : {" src=", " href=", "url("}) EXPECT_EQ(page.body.find(attribute), std::string::npos);
    EXPECT_EQ(header(page, "Content-Security-Policy").rfind("default-src 'none'", 0), 0U);
    EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer");
    EXPECT_NE(header(page, "Cache-Control").find("no-store"), std::string::npos);
    const auto redirect = authorize({}, {sign_in_browser()});
    EXPECT_EQ(header(redirect, "Referrer-Policy"), "no-referrer");
    EXPECT_NE(header(redirect, "Cache-Control").find("no-store"), std::string::npos);
}

// A client that could take the name of a user would be the user to who only reads `sub`.
TEST_F(Practice, RFC9700_4_15_clients_do_not_choose_their_ids) {
    net::Request request;
    request.method = net::Method::post;
    request.path = "/" + pool_id.str() + "/oauth2/register";
    request.headers.add("Authorization", "Bearer " + make_initial_access_token(*sealer, random, pool_id,
                                                                               clock.now() + std::chrono::hours(1)));
    request.headers.add("Content-Type", "application/json");
    request.body = boost::json::serialize(object{{"client_id", user_id.str()},
                                                 {"sub", user_id.str()},
                                                 {"client_secret", "chosen"},
                                                 {"redirect_uris", array{"https://lamp.example/cb"}}});
    const auto answer = send(std::move(request));
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_NE(text(json_of(answer), "client_id"), user_id.str());
    EXPECT_NE(text(json_of(answer), "client_secret"), "chosen");
    EXPECT_EQ(answer.body.find(user_id.str()), std::string::npos);
}

// §4.5.3, §4.7: a code of one flow is of no use in another, whoever brings it there.
TEST_F(Practice, RFC9700_4_5_3_an_injected_code_does_not_fit_the_other_flow) {
    const auto stolen =
        get_code({{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}, {"nonce", "theirs"}});
    const std::string other_verifier(43, 'v');
    EXPECT_EQ(text(json_of(post("/oauth2/token", code_form(stolen, {{"code_verifier", other_verifier}}))), "error"),
              "invalid_grant");
    const auto by_nonce = get_tokens({{"nonce", "theirs"}});
    EXPECT_EQ(text(claims_of(text(by_nonce, "id_token")), "nonce"), "theirs") << "which the other flow did not send";
}

}  // namespace
}  // namespace symbolon::oauth
