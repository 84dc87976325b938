#pragma once

#include "crypto/web_authn/authenticator.hpp"
#include "directory/web_authn_credentials.hpp"
#include "pages/house.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace symbolon::pages {

namespace json = boost::json;
using crypto::web_authn::Authenticator;
using directory::AuthFactorType;

/// A pool whose people choose how they sign in, and an authenticator that they have.
class ByChoice : public House {
protected:
    ByChoice() {
        allow({AuthFactorType::PASSWORD, AuthFactorType::SMS_OTP, AuthFactorType::WEB_AUTHN});
        change_pool([](directory::PoolSettings& settings) {
            settings.MfaConfiguration = directory::UserPoolMfaType::OFF;
            settings.WebAuthnConfiguration.emplace().RelyingPartyId = "id.example";
        });
        change_client([](directory::Client& client) {
            client.settings.ExplicitAuthFlows =
                List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_AUTH};
        });
    }

    void allow(std::initializer_list<AuthFactorType> factors) {
        change_pool([&](directory::PoolSettings& settings) {
            if (!settings.Policies) settings.Policies.emplace();
            settings.Policies->SignInPolicy.emplace().AllowedFirstAuthFactors = List<AuthFactorType, 1, 4>(factors);
        });
    }

    /// Where a name leads.
    std::string after_name(Visitor& of, std::string_view name = jane) {
        return location(of.submit(of.authorize(), {{"username", std::string(name)}}));
    }
    std::string choose(Visitor& of, std::string_view factor) {
        const auto options = after_name(of);
        EXPECT_TRUE(is_page(options, "/login/options")) << options;
        return location(of.submit(options, {{"factor", std::string(factor)}}));
    }
    static bool is_page(const std::string& url, std::string_view path) {
        return url.find(std::string(path) + "?") != std::string::npos;
    }
    static bool has(const net::Response& response, std::string_view text) {
        return response.body.find(text) != std::string::npos;
    }
    static std::string password_page() { return page("/login/password"); }

    /// What the page hands to the browser's own dialogue.
    static json::object options_of(const std::string& body) {
        const std::string before = "data-options=\"";
        const auto begin = body.find(before);
        EXPECT_NE(begin, std::string::npos) << body;
        auto text = body.substr(begin + before.size());
        text = text.substr(0, text.find('"'));
        for (const auto& [escaped, plain] : {std::pair<std::string, std::string>{"&quot;", "\""}, {"&#x2F;", "/"}}) {
            for (auto at = text.find(escaped); at != std::string::npos; at = text.find(escaped))
                text.replace(at, escaped.size(), plain);
        }
        return json::parse(text).as_object();
    }

    void add_passkey(Visitor& of) {
        const auto shown = of.get(page("/passkeys/add"));
        ASSERT_EQ(shown.status, 200) << location(shown);
        const auto done = of.submit(page("/passkeys/add"),
                                    {{"credential", json::serialize(authenticator.create(options_of(shown.body)))}});
        ASSERT_TRUE(location(done).starts_with(callback)) << done.body;
    }
    std::size_t passkeys() {
        const auto user = find_user(jane);
        return run(db->read([&](db::Transaction& tx) {
                   return directory::WebAuthnCredentials(tx).of_user(pool_id, user->id);
               }))
            .size();
    }
    void sign_in_with_password(Visitor& of) {
        const auto to_password = choose_password(of);
        EXPECT_TRUE(to_client(of, of.submit(to_password, {{"password", std::string(good)}})).starts_with(callback));
    }
    /// Where a sign-in ends, for somebody who makes no passkey now.
    static std::string to_client(Visitor& of, const net::Response& signed_in) {
        const auto offer = location(signed_in);
        return is_page(offer, "/passkeys/add") ? location(of.submit(offer, {{"skip", "true"}})) : offer;
    }
    std::string choose_password(Visitor& of) { return choose(of, "PASSWORD"); }

    Authenticator make_authenticator() {
        Authenticator made;
        made.relying_party = "id.example";
        made.origin = "https://id.example";
        return made;
    }
    Authenticator authenticator = make_authenticator();
    Visitor visitor{*this};
};

}  // namespace symbolon::pages
