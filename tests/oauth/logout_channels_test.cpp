// How apps hear that a person signed out: by the server (Back-Channel Logout 1.0) and by the browser (Front-Channel
// Logout 1.0).

#include "crypto/jose/jwt.hpp"
#include "directory/logout_notices.hpp"
#include "oauth/house.hpp"
#include "oauth/logout.hpp"
#include "oauth/logout_courier.hpp"

#include <deque>
#include <functional>

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;
using directory::Claim;
using directory::NodeId;
using directory::NoticeState;

/// The apps' servers.
class FakeApps final : public net::Fetcher {
public:
    Task<net::ClientResponse> fetch(net::ClientRequest request) override {
        requests.push_back(request);
        if (answers.empty()) throw net::ClientError(net::Failure::connect, "nobody");
        const int status = answers.front();
        answers.pop_front();
        net::ClientResponse response;
        response.status = status;
        co_return response;
    }
    std::vector<net::ClientRequest> requests;
    std::deque<int> answers;
};

class LogoutChannels : public House {
protected:
    LogoutChannels() {
        extend(web, [](directory::ClientExtensions& e) { e.backchannel_logout_uri = "https://rp.example/logout"; });
        extend(app,
               [](directory::ClientExtensions& e) { e.frontchannel_logout_uri = "https://front.example/bye?x=1"; });
    }

    void extend(const ClientId& id, const std::function<void(directory::ClientExtensions&)>& change) {
        write([&](db::Transaction& tx) {
            directory::Clients clients(tx, *sealer);
            auto client = *clients.find(id);
            change(client.extensions);
            clients.save(client);
        });
        catalog->forget(pool_id);
    }
    /// One sign-in of a browser, through which clients get tokens; the ID token of each.
    boost::json::object sign_in(const std::pair<std::string, std::string>& browser) {
        const auto code = parameter_of(location(authorize({}, {browser})), "code");
        return json_of(post("/oauth2/token", code_form(code)));
    }
    void sign_in_app(const std::pair<std::string, std::string>& browser) {
        const Pairs request{{"client_id", app.str()}, {"scope", "openid"}};
        const auto code = parameter_of(location(authorize(request, {browser})), "code");
        const Pairs shown{{"client_id", app.str()}, {"client_secret", ""}};
        EXPECT_EQ(post("/oauth2/token", code_form(code, shown)).status, 200);
    }
    net::Response sign_out(const std::pair<std::string, std::string>& browser) {
        return get("/logout?" + encode({{"client_id", web.str()}, {"logout_uri", "https://ok.example/bye"}}),
                   {browser});
    }

    /// A turn of a server's duty.
    std::int64_t deliver(Claim& claim) {
        EXPECT_TRUE(run(claim.take()));
        return run(courier.do_step(claim, clock.now(), 100));
    }
    std::vector<directory::LogoutNotice> notices() {
        return write([&](db::Transaction& tx) { return directory::list_notices(tx, pool_id, 100); });
    }
    bool is_due() {
        return write([&](db::Transaction& tx) { return directory::any_notice_due(tx, clock.now()); });
    }
    std::string sent_token(std::size_t number = 0) {
        return net::Form::parse(apps.requests.at(number).body).get("logout_token");
    }

    FakeApps apps;
    LogoutCourier courier{*services, std::string(base_url), apps};
    Claim anna{*db, {clock, NodeId("anna")}, "tell apps of sign-outs"};
    Claim bert{*db, {clock, NodeId("bert")}, "tell apps of sign-outs"};
    const std::pair<std::string, std::string> cookie = sign_in_browser();
};

// Back-Channel Logout §2.4, §2.5.
TEST_F(LogoutChannels, a_logout_token_says_who_signed_out_of_what) {
    const auto id_token = claims_of(text(sign_in(cookie), "id_token"));
    sign_out(cookie);
    apps.answers = {200};
    deliver(anna);
    ASSERT_EQ(apps.requests.size(), 1U);
    EXPECT_EQ(apps.requests[0].method, "POST");
    EXPECT_EQ(apps.requests[0].url, "https://rp.example/logout");
    const auto parsed = crypto::jose::parse_jwt(sent_token());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->typ, "logout+jwt");
    EXPECT_TRUE(crypto::jose::verifies(run(catalog->get_keys(pool_id))->id_token, *parsed));
    const auto& claims = parsed->claims;
    EXPECT_EQ(text(claims, "iss"), pool_url);
    EXPECT_EQ(text(claims, "aud"), web.str());
    EXPECT_EQ(text(claims, "sub"), text(id_token, "sub"));
    EXPECT_EQ(text(claims, "sid"), text(id_token, "sid"));
    EXPECT_NE(text(claims, "sid"), "");
    EXPECT_NE(text(claims, "jti"), "");
    EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 120);
    EXPECT_EQ(claims.at("events"),
              (boost::json::object{{"http://schemas.openid.net/event/backchannel-logout", boost::json::object{}}}));
    EXPECT_FALSE(claims.contains("nonce"));
    ASSERT_EQ(notices().size(), 1U);
    EXPECT_EQ(notices()[0].state, NoticeState::told);
    EXPECT_EQ(notices()[0].outcome, "200");
    EXPECT_FALSE(is_due());
}

// It must not serve as an access token or ID token of ours.
TEST_F(LogoutChannels, a_logout_token_is_good_for_nothing_else) {
    sign_in(cookie);
    sign_out(cookie);
    apps.answers = {200};
    deliver(anna);
    EXPECT_EQ(user_info(sent_token()).status, 401);
    EXPECT_FALSE(run(tokens->read_id_token_hint(pool(), sent_token())));
}

TEST_F(LogoutChannels, only_apps_that_want_to_hear_get_a_sid) {
    EXPECT_TRUE(claims_of(text(sign_in(cookie), "id_token")).contains("sid"));
    extend(web, [](directory::ClientExtensions& e) { e = {}; });
    EXPECT_FALSE(claims_of(text(sign_in(cookie), "id_token")).contains("sid"))
        << "the service's claims stay as they are";
}

TEST_F(LogoutChannels, a_sid_is_of_one_sign_in_and_survives_a_refresh) {
    const auto first = sign_in(cookie);
    clock.advance(1s);
    const auto other = sign_in(sign_in_browser());
    const auto sid = text(claims_of(text(first, "id_token")), "sid");
    EXPECT_NE(text(claims_of(text(other, "id_token")), "sid"), sid);
    const auto refreshed = json_of(refresh(text(first, "refresh_token")));
    EXPECT_EQ(text(claims_of(text(refreshed, "id_token")), "sid"), sid);
}

TEST_F(LogoutChannels, nobody_is_told_of_somebody_elses_or_another_sign_out) {
    sign_in(cookie);
    clock.advance(1s);
    const auto second = sign_in_browser();  // at which no app got tokens
    sign_out(second);
    EXPECT_TRUE(notices().empty());
    sign_out({"Cookie", "cognito=forged"});
    EXPECT_TRUE(notices().empty());
    sign_out(cookie);
    EXPECT_EQ(notices().size(), 1U);
}

TEST_F(LogoutChannels, an_app_that_fails_is_asked_again_with_the_same_token_id_and_longer_and_longer_pauses) {
    sign_in(cookie);
    sign_out(cookie);
    apps.answers = {500, 429};
    for (const auto pause : {5s, 10s}) {
        deliver(anna);
        EXPECT_FALSE(is_due());
        clock.advance(pause - 1ms);
        EXPECT_FALSE(is_due());
        clock.advance(1ms);
        EXPECT_TRUE(is_due());
    }
    deliver(anna);  // nobody answers
    EXPECT_EQ(notices()[0].outcome, "no connection");
    EXPECT_EQ(notices()[0].tries, 3);
    clock.advance(20s);
    apps.answers = {204};
    deliver(anna);
    EXPECT_EQ(notices()[0].state, NoticeState::told);
    ASSERT_EQ(apps.requests.size(), 4U);
    EXPECT_EQ(text(claims_of(sent_token(0)), "jti"), text(claims_of(sent_token(3)), "jti"));
    EXPECT_LT(claims_of(sent_token(0)).at("iat").as_int64(), claims_of(sent_token(3)).at("iat").as_int64());
}

TEST_F(LogoutChannels, a_refusal_is_final_and_a_day_is_enough) {
    sign_in(cookie);
    sign_out(cookie);
    apps.answers = {400};
    deliver(anna);
    EXPECT_EQ(notices()[0].state, NoticeState::refused);
    EXPECT_FALSE(is_due());

    clock.advance(1s);
    const auto again = sign_in_browser();
    sign_in(again);
    sign_out(again);
    clock.advance(directory::notice_given_up_after);
    deliver(anna);
    EXPECT_EQ(notices()[0].state, NoticeState::given_up);
    EXPECT_FALSE(is_due());
}

// An app is told where it was registered, and nowhere that this leads to.
TEST_F(LogoutChannels, no_redirect_is_followed) {
    sign_in(cookie);
    sign_out(cookie);
    apps.answers = {302};
    deliver(anna);
    EXPECT_EQ(notices()[0].state, NoticeState::refused);
    EXPECT_EQ(apps.requests.size(), 1U);
}

TEST_F(LogoutChannels, one_app_that_fails_does_not_hold_up_another) {
    extend(app, [](directory::ClientExtensions& e) { e.backchannel_logout_uri = "https://other.example/logout"; });
    sign_in(cookie);
    sign_in_app(cookie);
    sign_out(cookie);
    ASSERT_EQ(notices().size(), 2U);
    apps.answers = {500, 200};
    deliver(anna);
    EXPECT_EQ(apps.requests.size(), 2U);
    EXPECT_NE(notices()[0].state == NoticeState::told, notices()[1].state == NoticeState::told);
}

TEST_F(LogoutChannels, another_server_takes_over_from_one_that_died) {
    sign_in(cookie);
    sign_out(cookie);
    ASSERT_TRUE(run(anna.take()));  // and dies
    EXPECT_FALSE(run(bert.take()));
    EXPECT_TRUE(is_due());
    clock.advance(Claim::lease);
    apps.answers = {200};
    deliver(bert);
    EXPECT_EQ(notices()[0].state, NoticeState::told);
}

TEST_F(LogoutChannels, a_global_sign_out_tells_of_every_sign_in) {
    sign_in(cookie);
    clock.advance(1s);
    sign_in(sign_in_browser());
    clock.advance(1s);
    run(tokens->sign_out_everywhere(pool_id, user_id));
    EXPECT_EQ(notices().size(), 2U);
}

TEST_F(LogoutChannels, what_was_told_is_forgotten_after_a_month) {
    sign_in(cookie);
    sign_out(cookie);
    apps.answers = {200};
    deliver(anna);
    clock.advance(directory::notice_kept);
    EXPECT_TRUE(is_due());
    deliver(anna);
    EXPECT_TRUE(notices().empty());
}

// Front-Channel Logout §2.
TEST_F(LogoutChannels, a_browser_visits_the_apps_that_want_it_and_goes_on) {
    sign_in(cookie);
    sign_in_app(cookie);
    const auto answer = sign_out(cookie);
    const std::string page = std::string(pool_url) + "/logout/apps?leaving=";
    ASSERT_EQ(location(answer).rfind(page, 0), 0U) << location(answer);
    EXPECT_EQ(header(answer, "Set-Cookie").rfind("cognito=;", 0), 0U);
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/logout"))->site;
    const auto leaving = open_leaving(*services, site, parameter_of(location(answer), "leaving"));
    ASSERT_TRUE(leaving);
    EXPECT_EQ(leaving->target, "https://ok.example/bye");
    const auto sid = directory::sid_of(*sealer, pool_id, user_id, clock.now());
    EXPECT_EQ(leaving->frames,
              (std::vector<std::string>{"https://front.example/bye?x=1&iss=" +
                                        encode({{"", std::string(pool_url)}}).substr(1) + "&sid=" + sid}));
    clock.advance(10min);
    EXPECT_FALSE(open_leaving(*services, site, parameter_of(location(answer), "leaving")));
}

}  // namespace
}  // namespace symbolon::oauth
