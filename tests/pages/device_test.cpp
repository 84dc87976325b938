// The pages by which somebody lets in a device that shows a code (RFC 8628 §3.3).

#include "oauth/device_authorization.hpp"
#include "pages/house.hpp"

#include <boost/json/parse.hpp>

namespace symbolon::pages {
namespace {

class DevicePages : public House {
protected:
    DevicePages() {
        change_client([](auto& client) {
            client.name = "Living room <speaker>";
            client.extensions.grant_types =
                List<directory::shape::ExtensionWord, 0, 20>{std::string(oauth::device_grant_type)};
        });
    }
    boost::json::object post_form(const std::string& path, Pairs fields) {
        net::Request request;
        request.method = net::Method::post;
        request.path = std::string(site_path) + path;
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        fields.emplace_back("client_id", client_id.str());
        fields.emplace_back("client_secret", std::string(client_secret));
        request.body = encode(fields);
        return boost::json::parse(serve(std::move(request)).body).as_object();
    }
    /// A device that waits: its device code and its user code.
    std::pair<std::string, std::string> device() {
        const auto said = post_form("/oauth2/device_authorization", {{"scope", "openid"}});
        return {std::string(said.at("device_code").as_string()), std::string(said.at("user_code").as_string())};
    }
    boost::json::object ask(const std::string& device_code) {
        return post_form("/oauth2/token",
                         {{"grant_type", std::string(oauth::device_grant_type)}, {"device_code", device_code}});
    }
    /// From the code to the page that asks yes or no.
    std::string to_confirmation(const std::string& user_code) {
        const auto to_login = visitor.submit(page_url, {{"user_code", user_code}});
        EXPECT_NE(location(to_login).find("/login?device="), std::string::npos) << to_login.body;
        const auto to_code =
            visitor.submit(location(to_login), {{"username", std::string(jane)}, {"password", std::string(good)}});
        EXPECT_NE(location(to_code).find("/mfa?device="), std::string::npos) << to_code.body;
        return location(visitor.submit(location(to_code), {{"code", last_code()}}));
    }
    const std::string page_url = std::string(base_url) + std::string(site_path) + "/device";
    Visitor visitor{*this};
};

TEST_F(DevicePages, from_the_code_to_the_devices_tokens) {
    const auto [device_code, user_code] = device();
    const auto confirm = to_confirmation(user_code);
    ASSERT_TRUE(confirm.starts_with(page_url + "/confirm?device=")) << confirm;
    const auto asked = visitor.get(confirm).body;
    EXPECT_NE(asked.find("Living room &lt;speaker&gt;"), std::string::npos) << asked;
    EXPECT_NE(asked.find(user_code), std::string::npos);
    EXPECT_NE(asked.find("know who you are"), std::string::npos) << "what it may do, in plain words";
    EXPECT_NE(asked.find(std::string(jane)), std::string::npos);
    EXPECT_EQ(ask(device_code).at("error").as_string(), "authorization_pending");
    EXPECT_EQ(visitor.submit(confirm, {{"allow", "true"}}).status, 200);
    EXPECT_TRUE(ask(device_code).contains("access_token"));
    EXPECT_EQ(visitor.submit(confirm, {{"allow", "true"}}).status, 400);  // it is over
}

TEST_F(DevicePages, somebody_who_is_signed_in_only_says_yes_or_no) {
    visitor.sign_in();
    const auto [device_code, user_code] = device();
    const auto to_login = visitor.submit(page_url, {{"user_code", user_code}});
    const auto confirm = location(visitor.submit(location(to_login), {{"continue", "true"}}));
    ASSERT_TRUE(confirm.starts_with(page_url + "/confirm?")) << confirm;
    EXPECT_EQ(visitor.submit(confirm, {{"deny", "true"}}).status, 200);
    EXPECT_EQ(ask(device_code).at("error").as_string(), "access_denied");
}

// RFC 8628 §3.3.1: with the code in the address the person still sees it and goes on by hand.
TEST_F(DevicePages, a_code_in_the_address_is_shown_and_not_taken_for_an_answer) {
    visitor.sign_in();
    const auto [device_code, user_code] = device();
    const auto shown = visitor.get(page_url + "?user_code=" + user_code);
    EXPECT_EQ(shown.status, 200);
    EXPECT_NE(shown.body.find("value=\"" + user_code + "\""), std::string::npos);
    EXPECT_EQ(ask(device_code).at("error").as_string(), "authorization_pending");
    const auto odd = visitor.get(page_url + "?user_code=%22%3E%3Cscript%3E").body;
    EXPECT_EQ(odd.find("<script>"), std::string::npos);
}

TEST_F(DevicePages, there_is_a_picture_of_the_address_with_the_code) {
    const auto picture = visitor.get(page_url + "/qr?user_code=" + device().second);
    EXPECT_EQ(picture.status, 200);
    EXPECT_EQ(header(picture, "Content-Type"), "image/svg+xml");
    EXPECT_NE(picture.body.find("<path d=\"M4 4h7v1h-7z"), std::string::npos) << "the corner of a QR code";
    EXPECT_NE(visitor.get(page_url + "/qr?user_code=BBBB-BBBC").body, picture.body);
    for (const char* odd : {"", "?user_code=", "?user_code=%22%3E%3Cscript%3E", "?user_code=AAAA-AAAA"})
        EXPECT_EQ(visitor.get(page_url + "/qr" + odd).status, 404) << odd;
}

// The buttons of the client's identity providers go on with the device.
TEST_F(DevicePages, the_sign_in_offers_the_clients_providers) {
    change_client([](directory::Client& client) {
        client.settings.SupportedIdentityProviders = List<directory::shape::ProviderName>{"COGNITO", "Corp"};
    });
    const auto to_login = location(visitor.submit(page_url, {{"user_code", device().second}}));
    const auto body = visitor.get(to_login).body;
    EXPECT_NE(body.find("/login/provider?device="), std::string::npos) << body;
}

TEST_F(DevicePages, a_wrong_code_is_said_beside_the_field_and_a_hundredth_is_not_looked_at) {
    const auto wrong = visitor.submit(page_url, {{"user_code", "BBBB-BBBB"}});
    EXPECT_EQ(wrong.status, 400);
    EXPECT_NE(wrong.body.find("code-problem"), std::string::npos);
    EXPECT_EQ(visitor.submit(page_url, {{"user_code", "no code"}}).status, 400);
    for (int n = 0; n < 20; ++n) visitor.submit(page_url, {{"user_code", "BBBB-BBBC"}});
    const auto [device_code, user_code] = device();
    EXPECT_EQ(visitor.submit(page_url, {{"user_code", user_code}}).status, 400);
}

// Attack class 8: what was begun in one browser is approved in no other.
TEST_F(DevicePages, the_page_of_one_browser_is_of_no_use_in_another) {
    const auto [device_code, user_code] = device();
    Visitor attacker(*this);
    const auto theirs = location(attacker.submit(page_url, {{"user_code", user_code}}));
    visitor.sign_in();
    EXPECT_EQ(visitor.get(theirs).status, 400);
    const auto sealed = parameter_of(theirs, "device");
    EXPECT_EQ(visitor.get(page_url + "/confirm?device=" + sealed).status, 400);
    EXPECT_EQ(visitor.submit(page_url + "/confirm?device=" + sealed, {{"allow", "true"}}).status, 400);
    EXPECT_EQ(ask(device_code).at("error").as_string(), "authorization_pending");
}

TEST_F(DevicePages, a_form_of_another_page_answers_nothing) {
    const auto [device_code, user_code] = device();
    const auto confirm = to_confirmation(user_code);
    EXPECT_EQ(visitor.post(confirm, {{"allow", "true"}, {"_csrf", "guess"}}).status, 403);
    EXPECT_EQ(ask(device_code).at("error").as_string(), "authorization_pending");
}

// The page that asks yes or no sent the person back to the sign-in, for ever.
TEST_F(DevicePages, a_client_that_always_asks_for_a_sign_in_is_content_with_the_one_for_its_device) {
    change_pool([](directory::PoolSettings& settings) {
        settings.UserSessionTracking = directory::UserSessionTrackingType::ENABLED;
    });
    change_client([](directory::Client& client) { client.sso_session = directory::ClientSSOSessionConfigType{0}; });
    const auto [device_code, user_code] = device();
    const auto confirm = to_confirmation(user_code);
    EXPECT_EQ(visitor.get(confirm).status, 200);
    EXPECT_EQ(visitor.get(page_url + "/confirm?device=" + parameter_of(confirm, "device")).status, 302);
    EXPECT_EQ(visitor.submit(confirm, {{"allow", "true"}}).status, 200);
    EXPECT_TRUE(ask(device_code).contains("access_token"));
}

// It was taken for a device that waits: the person saw that it was too late.
TEST_F(DevicePages, an_apps_own_parameter_named_device_means_nothing) {
    const auto url = visitor.authorize({{"device", "kitchen"}});
    EXPECT_EQ(visitor.get(url).status, 200);
    const auto to_code = visitor.submit(url, {{"username", std::string(jane)}, {"password", std::string(good)}});
    const auto end = location(visitor.submit(location(to_code), {{"code", last_code()}}));
    EXPECT_NE(parameter_of(end, "code"), "") << end;
}

// Nobody gets a code or tokens of the client by the sign-in itself.
TEST_F(DevicePages, the_sign_in_gives_the_client_nothing) {
    const auto confirm = to_confirmation(device().second);
    EXPECT_EQ(confirm.find("code="), std::string::npos);
    EXPECT_EQ(confirm.find("token="), std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
