// Passkeys that the browser offers in the field for the name, and the offer to make one after a sign-in.
// Spec: WebAuthn Level 3 §5.1.4; cognito-api.md §3.12.
#include "pages/by_choice.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <utility>

namespace symbolon::pages {
namespace {

using namespace std::chrono_literals;

class OfferedPasskeys : public ByChoice {
protected:
    /// Jane has a passkey.
    void register_passkey() {
        Visitor first(*this);
        sign_in_with_password(first);
        add_passkey(first);
        ASSERT_EQ(passkeys(), 1U);
    }
    /// The sign-in page as a browser has it.
    net::Response sign_in_page(Visitor& of) { return of.get(of.authorize()); }
    static std::string field_of(const std::string& body, const std::string& name) {
        const std::string before = "name=\"" + name + "\" value=\"";
        const auto begin = body.find(before);
        if (begin == std::string::npos) return {};
        const auto text = body.substr(begin + before.size());
        return text.substr(0, text.find('"'));
    }
    std::string proof_for(const net::Response& shown, std::string_view handle) {
        return json::serialize(authenticator.get(options_of(shown.body), handle));
    }
    net::Response give(Visitor& of, const net::Response& shown, const std::string& credential) {
        return of.submit(page("/login"), {{"username", ""},
                                          {"passkey_session", field_of(shown.body, "passkey_session")},
                                          {"credential", credential}});
    }
    static bool is_refused(const net::Response& answer) {
        return answer.status == 400 && has(answer, "This passkey was not accepted.");
    }
    std::string sub() { return find_user(jane)->id.str(); }
};

TEST_F(OfferedPasskeys, sign_in_without_a_name) {
    register_passkey();
    const auto shown = sign_in_page(visitor);
    EXPECT_TRUE(has(shown, "autocomplete=\"username webauthn\"")) << shown.body;
    EXPECT_TRUE(has(shown, "passkeys.js") && has(shown, "data-passkey=\"offer\""));
    const auto options = options_of(shown.body);
    EXPECT_EQ(options.at("rpId").as_string(), "id.example");
    EXPECT_FALSE(options.contains("allowCredentials")) << "it does not tell who is known here";
    const auto done = give(visitor, shown, proof_for(shown, sub()));
    ASSERT_TRUE(location(done).starts_with(callback)) << done.body;
    EXPECT_EQ(subject_of(parameter_of(location(done), "code")), sub());
}

// Attack row 42: an answer is to one question, once, of one browser, and of the user whose passkey it is.
TEST_F(OfferedPasskeys, are_asked_once_and_of_one_browser) {
    register_passkey();
    const auto shown = sign_in_page(visitor);
    const auto proof = proof_for(shown, sub());
    Visitor thief(*this);
    sign_in_page(thief);
    EXPECT_TRUE(is_refused(give(thief, shown, proof))) << "another browser's";
    ASSERT_TRUE(location(give(visitor, shown, proof)).starts_with(callback));
    Visitor again(*this);
    again.cookies["XSRF-TOKEN"] = visitor.cookies.at("XSRF-TOKEN");
    EXPECT_TRUE(is_refused(give(again, shown, proof))) << "used";

    Visitor slow(*this);
    const auto old = sign_in_page(slow);
    clock.advance(30min);
    EXPECT_TRUE(is_refused(give(slow, old, proof_for(old, sub())))) << "over";
}

TEST_F(OfferedPasskeys, of_somebody_else_or_of_nobody_are_refused) {
    register_passkey();
    const auto refused = [&](const std::function<std::string(const net::Response&)>& make) {
        Visitor fresh(*this);
        const auto shown = sign_in_page(fresh);
        return is_refused(give(fresh, shown, make(shown)));
    };
    EXPECT_TRUE(refused([&](const auto& shown) { return proof_for(shown, ""); })) << "no user handle";
    EXPECT_TRUE(refused([&](const auto& shown) { return proof_for(shown, find_user(jane)->username + "x"); }));
    EXPECT_TRUE(refused([&](const auto& shown) { return proof_for(shown, "\xff\xfe not text"); }));
    EXPECT_TRUE(refused([&](const auto&) { return std::string("nonsense"); }));
    const auto origin = std::exchange(authenticator.origin, "https://evil.example");
    EXPECT_TRUE(refused([&](const auto& shown) { return proof_for(shown, sub()); })) << "another site's";
    authenticator.origin = origin;
    auto key = std::exchange(authenticator.key, crypto::web_authn::CredentialKey(-7));
    EXPECT_TRUE(refused([&](const auto& shown) { return proof_for(shown, sub()); })) << "signed with another key";
    authenticator.key = std::move(key);
    // A proof for the question under her name is none for the question to anybody.
    Visitor named(*this);
    const auto options = after_name(named);
    const auto asked = named.submit(options, {{"factor", "WEB_AUTHN"}});
    Visitor fresh(*this);
    const auto shown = sign_in_page(fresh);
    EXPECT_TRUE(is_refused(give(fresh, shown, proof_for(asked, sub()))));
}

TEST_F(OfferedPasskeys, of_a_disabled_user_are_refused) {
    register_passkey();
    run(db->write([&](db::Transaction& tx) {
        const auto pool = directory::Pools(tx).get(pool_id);
        auto user = directory::Users(tx).get_by_login(pool, jane);
        user.enabled = false;
        directory::Users(tx).save(pool, user);
    }));
    const auto shown = sign_in_page(visitor);
    EXPECT_TRUE(is_refused(give(visitor, shown, proof_for(shown, sub()))));
}

TEST_F(OfferedPasskeys, do_not_stand_for_the_second_factor_that_is_due) {
    register_passkey();
    change_pool([](directory::PoolSettings& settings) { settings.MfaConfiguration = directory::UserPoolMfaType::ON; });
    const auto shown = sign_in_page(visitor);
    EXPECT_TRUE(is_refused(give(visitor, shown, proof_for(shown, sub()))));
}

TEST_F(OfferedPasskeys, are_not_asked_for_where_nobody_can_use_them) {
    const auto asks = [&] {
        Visitor fresh(*this);
        const auto shown = sign_in_page(fresh);
        return has(shown, "webauthn") || has(shown, "passkeys.js");
    };
    EXPECT_TRUE(asks());
    allow({AuthFactorType::PASSWORD, AuthFactorType::SMS_OTP});
    EXPECT_FALSE(asks()) << "the pool has none";
    allow({AuthFactorType::PASSWORD, AuthFactorType::WEB_AUTHN});
    change_client([](directory::Client& client) { client.settings.ExplicitAuthFlows.reset(); });
    EXPECT_FALSE(asks()) << "the client does not let people choose";
}

class PasskeyOffer : public ByChoice {
protected:
    /// Where Jane's password leads.
    std::string after_password(Visitor& of) {
        return location(of.submit(choose_password(of), {{"password", std::string(good)}}));
    }
};

TEST_F(PasskeyOffer, comes_after_a_sign_in_without_one_and_goes_on_with_it) {
    const auto offer = after_password(visitor);
    ASSERT_TRUE(is_page(offer, "/passkeys/add")) << offer;
    const auto shown = visitor.get(offer);
    EXPECT_TRUE(has(shown, "Sign in faster next time") && has(shown, "Not now")) << shown.body;
    const auto done =
        visitor.submit(offer, {{"credential", json::serialize(authenticator.create(options_of(shown.body)))}});
    ASSERT_TRUE(location(done).starts_with(callback)) << done.body;
    EXPECT_EQ(passkeys(), 1U);
    Visitor other(*this);
    EXPECT_TRUE(after_password(other).starts_with(callback)) << "who has one is not asked";
}

TEST_F(PasskeyOffer, is_put_off_for_that_person_in_that_browser_for_a_while) {
    const auto offer = after_password(visitor);
    ASSERT_TRUE(location(visitor.submit(offer, {{"skip", "true"}})).starts_with(callback));
    const auto again = [&](Visitor& of) {
        of.cookies.erase("cognito");
        return after_password(of);
    };
    EXPECT_TRUE(again(visitor).starts_with(callback)) << "not asked again";
    EXPECT_EQ(visitor.cookies.at("passkey_later").find(find_user(jane)->id.str()), std::string::npos);
    Visitor elsewhere(*this);
    EXPECT_TRUE(is_page(after_password(elsewhere), "/passkeys/add")) << "another browser may have what it takes";
    visitor.cookies["passkey_later"] = "of-somebody-else";
    EXPECT_TRUE(is_page(again(visitor), "/passkeys/add"));
}

TEST_F(PasskeyOffer, is_not_made_where_a_passkey_would_not_let_them_in) {
    change_pool([](directory::PoolSettings& settings) { settings.MfaConfiguration = directory::UserPoolMfaType::ON; });
    const auto to_password = after_name(visitor);
    const auto to_code = location(visitor.submit(to_password, {{"password", std::string(good)}}));
    EXPECT_TRUE(location(visitor.submit(to_code, {{"code", last_code()}})).starts_with(callback));
}

TEST_F(PasskeyOffer, is_not_made_under_an_address_where_no_browser_makes_one) {
    change_pool([](directory::PoolSettings& settings) { settings.WebAuthnConfiguration.reset(); });
    services.names.base_url = "http://192.0.2.1:8400";
    EXPECT_TRUE(after_password(visitor).starts_with(callback));
    const auto missing = visitor.get(page("/passkeys/add"));
    EXPECT_EQ(missing.status, 404);
    EXPECT_TRUE(has(missing, "RelyingPartyId")) << missing.body;
}

// The pool's passkeys are those of an app under a domain of its own: every sign-in here led to a page that could do
// nothing.
TEST_F(PasskeyOffer, is_not_made_where_passkeys_are_of_another_domain) {
    ASSERT_TRUE(is_page(after_password(visitor), "/passkeys/add"));
    const auto offered_by_account = [&] { return has(visitor.get("/testaccountlinking/account"), "Create a passkey"); };
    EXPECT_TRUE(offered_by_account());
    change_pool([](directory::PoolSettings& settings) {
        settings.WebAuthnConfiguration.emplace().RelyingPartyId = "app.example";
    });
    EXPECT_FALSE(offered_by_account());
    Visitor other(*this);
    EXPECT_TRUE(after_password(other).starts_with(callback));
}

}  // namespace
}  // namespace symbolon::pages
