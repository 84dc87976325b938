// Device authorization (RFC 8628): what the device sees. Its pages are in tests/pages.

#include "oauth/device_authorization.hpp"
#include "oauth/house.hpp"
#include "oauth/unproven_requests.hpp"

namespace symbolon::oauth {
namespace {

constexpr auto pause = DeviceAuthorizationService::pause;

class Device : public House {
protected:
    Device() {
        extend_client(app, [](auto& e) {
            e.grant_types = List<directory::shape::ExtensionWord, 0, 20>{std::string(device_grant_type)};
        });
    }
    net::Response begin(const std::string& scope = "openid", const ClientId& id = app) {
        return post("/oauth2/device_authorization", Pairs{{"client_id", id.str()}, {"scope", scope}});
    }
    net::Response ask(const std::string& device_code, const ClientId& id = app) {
        return post("/oauth2/token", Pairs{{"grant_type", std::string(device_grant_type)},
                                           {"client_id", id.str()},
                                           {"device_code", device_code}});
    }
    std::string refusal_of_device(const std::string& device_code) { return text(json_of(ask(device_code)), "error"); }
    DeviceAuthorizationService devices{*services};
    std::optional<directory::DeviceAuthorization> typed(const std::string& code,
                                                        const std::string& address = "192.0.2.9") {
        return run(devices.find(pool_id, *read_user_code(code), address));
    }
};

TEST_F(Device, RFC8628_3_2_gives_two_codes_and_says_where_to_type_one) {
    const auto answer = begin();
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto said = json_of(answer);
    EXPECT_EQ(text(said, "device_code").size(), 43U);
    const auto code = text(said, "user_code");
    EXPECT_EQ(code.size(), 9U);
    EXPECT_EQ(code[4], '-');
    EXPECT_EQ(text(said, "verification_uri"), std::string(base_url) + "/ok-domain/device");
    EXPECT_EQ(text(said, "verification_uri_complete"), std::string(base_url) + "/ok-domain/device?user_code=" + code);
    EXPECT_EQ(text(said, "verification_qr_uri"), std::string(base_url) + "/ok-domain/device/qr?user_code=" + code);
    EXPECT_EQ(said.at("expires_in").as_int64(), 600);
    EXPECT_EQ(said.at("interval").as_int64(), 5);
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
}

TEST_F(Device, RFC8628_3_5_the_device_waits_and_then_gets_its_tokens_once) {
    const auto said = json_of(begin());
    const auto code = text(said, "device_code");
    EXPECT_EQ(refusal_of_device(code), "authorization_pending");
    auto device = typed(text(said, "user_code"));
    ASSERT_TRUE(device);
    EXPECT_TRUE(run(devices.approve(*device, signed_in(app))));
    const auto answer = ask(code);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto got = json_of(answer);
    EXPECT_EQ(text(got, "scope"), "openid");
    EXPECT_NE(text(got, "refresh_token"), "");
    EXPECT_NE(text(got, "id_token"), "");
    EXPECT_EQ(user_info(text(got, "access_token")).status, 200);
    EXPECT_EQ(refusal_of_device(code), "invalid_grant");
}

TEST_F(Device, RFC8628_3_5_who_asks_too_fast_has_to_wait_longer_from_then_on) {
    const auto code = text(json_of(begin()), "device_code");
    EXPECT_EQ(refusal_of_device(code), "authorization_pending");
    clock.advance(pause - std::chrono::seconds(1));
    EXPECT_EQ(refusal_of_device(code), "slow_down");
    clock.advance(pause);
    EXPECT_EQ(refusal_of_device(code), "slow_down");  // ten seconds now, and fifteen from here
    clock.advance(pause * 3);
    EXPECT_EQ(refusal_of_device(code), "authorization_pending");
}

TEST_F(Device, RFC8628_3_5_says_that_it_was_denied_or_came_too_late) {
    auto said = json_of(begin());
    EXPECT_TRUE(run(devices.deny(*typed(text(said, "user_code")))));
    const auto denied = ask(text(said, "device_code"));
    EXPECT_EQ(denied.status, 400);
    EXPECT_EQ(text(json_of(denied), "error"), "access_denied");
    EXPECT_EQ(refusal_of_device(text(said, "device_code")), "invalid_grant");
    said = json_of(begin());
    clock.advance(DeviceAuthorizationService::life);
    EXPECT_EQ(refusal_of_device(text(said, "device_code")), "expired_token");
    EXPECT_FALSE(typed(text(said, "user_code")));
}

TEST_F(Device, a_device_code_is_of_its_client_and_its_pool) {
    extend_client(mute, [](auto& e) {
        e.grant_types = List<directory::shape::ExtensionWord, 0, 20>{std::string(device_grant_type)};
    });
    const auto said = json_of(begin());
    const auto code = text(said, "device_code");
    EXPECT_EQ(text(json_of(ask(code, mute)), "error"), "invalid_grant");
    EXPECT_EQ(refusal_of_device("made up"), "invalid_grant");
    EXPECT_EQ(refusal_of_device(""), "invalid_request");
    EXPECT_FALSE(run(devices.find(foreign_pool_id, *read_user_code(text(said, "user_code")), "192.0.2.9")));
}

TEST_F(Device, only_clients_that_are_set_to_it_may_ask) {
    EXPECT_EQ(text(json_of(begin("openid", mute)), "error"), "unauthorized_client");
    EXPECT_EQ(text(json_of(ask("any", mute)), "error"), "unauthorized_client");
    EXPECT_EQ(text(json_of(begin("openid", web)), "error"), "invalid_client");  // it has a secret
}

// Attack class 17.
TEST_F(Device, gets_no_scope_that_its_client_does_not_have) {
    for (const char* scope : {"phone", "openid phone", "aws.cognito.signin.user.admin", "made/up"}) {
        EXPECT_EQ(text(json_of(begin(scope)), "error"), "invalid_scope") << scope;
    }
    const auto said = json_of(begin(""));
    run(devices.approve(*typed(text(said, "user_code")), signed_in(app)));
    EXPECT_EQ(text(json_of(ask(text(said, "device_code"))), "scope"), "openid");
}

// Attack class 16.
TEST_F(Device, a_user_who_was_disabled_since_gives_nothing) {
    const auto said = json_of(begin());
    run(devices.approve(*typed(text(said, "user_code")), signed_in(app)));
    change_user([](auto& user) { user.enabled = false; });
    EXPECT_EQ(refusal_of_device(text(said, "device_code")), "invalid_grant");
}

TEST_F(Device, is_answered_once) {
    const auto said = json_of(begin());
    const auto device = *typed(text(said, "user_code"));
    EXPECT_TRUE(run(devices.deny(device)));
    EXPECT_FALSE(run(devices.approve(device, signed_in(app))));
    EXPECT_EQ(refusal_of_device(text(said, "device_code")), "access_denied");
}

// RFC 8628 §5.1.
TEST_F(Device, codes_are_guessed_at_so_often_and_no_more) {
    const auto right = text(json_of(begin()), "user_code");
    for (int n = 0; n < DeviceAuthorizationService::most_guesses; ++n) EXPECT_FALSE(typed("BBBB-BBBB"));
    EXPECT_EQ(refusal_of([&] { typed(right); }).code, Errc::too_many_requests);
    EXPECT_TRUE(typed(right, "192.0.2.10"));
    clock.advance(std::chrono::minutes(11));
    EXPECT_FALSE(typed(right));  // expired by now, but heard
}

TEST(UserCode, is_read_as_people_type_it) {
    for (const char* typed : {"WDJB-MJHT", "wdjbmjht", " wdjb mjht ", "W.D.J.B_MJHT"}) {
        EXPECT_EQ(read_user_code(typed), "WDJBMJHT") << typed;
    }
    for (const char* typed : {"", "WDJB-MJH", "WDJB-MJHTX", "WDJB-MJHA", "WDJB-MJH0", "WDJBMJHT\n", "ＷDJBMJHT"}) {
        EXPECT_EQ(read_user_code(typed), std::nullopt) << typed;
    }
    EXPECT_EQ(read_user_code(std::string(100'000, 'B')), std::nullopt);
    EXPECT_EQ(show_user_code("WDJBMJHT"), "WDJB-MJHT");
}

// RFC 8628 §5.1: whoever could make codes without end would make one that somebody types.
TEST_F(Device, codes_for_public_clients_are_counted_by_address) {
    const auto begin_from = [&](const std::string& address) {
        net::Request request;
        request.method = net::Method::post;
        request.path = "/" + pool_id.str() + "/oauth2/device_authorization";
        request.client_address = address;
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = encode({{"client_id", app.str()}, {"scope", "openid"}});
        return send(std::move(request)).status;
    };
    for (int i = 0; i < unproven_requests_per_minute; ++i) ASSERT_EQ(begin_from("192.0.2.1"), 200) << i;
    EXPECT_EQ(begin_from("192.0.2.1"), 429);
    EXPECT_EQ(begin_from("192.0.2.2"), 200);
}

}  // namespace
}  // namespace symbolon::oauth
