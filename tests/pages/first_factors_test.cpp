// Sign-in by choice on the hosted pages: the name first, then a password, a code or a passkey; and a passkey registered
// after it. Spec: oauth-and-hosted-ui.md §3.2, pages 1, 4, 7, 12 to 14; cognito-api.md §3.6.
#include "pages/by_choice.hpp"

#include <chrono>

namespace symbolon::pages {
namespace {

using namespace std::chrono_literals;

class FirstFactors : public ByChoice {};

TEST_F(FirstFactors, the_name_alone_is_asked_for_first) {
    const auto login = visitor.get(visitor.authorize());
    EXPECT_TRUE(has(login, "name=\"username\"")) << login.body;
    EXPECT_FALSE(has(login, "name=\"password\""));
}

TEST_F(FirstFactors, a_client_without_the_flow_and_a_pool_of_passwords_ask_for_both_at_once) {
    change_client([](directory::Client& client) { client.settings.ExplicitAuthFlows.reset(); });
    EXPECT_TRUE(has(visitor.get(visitor.authorize()), "name=\"password\""));
    change_client([](directory::Client& client) {
        client.settings.ExplicitAuthFlows =
            List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_AUTH};
    });
    allow({AuthFactorType::PASSWORD});
    EXPECT_TRUE(has(visitor.get(visitor.authorize()), "name=\"password\""));
}

TEST_F(FirstFactors, a_person_is_offered_what_they_have) {
    const auto options = after_name(visitor);
    ASSERT_TRUE(is_page(options, "/login/options")) << options;
    const auto shown = visitor.get(options);
    EXPECT_TRUE(has(shown, "value=\"PASSWORD\"") && has(shown, "value=\"SMS_OTP\"")) << shown.body;
    EXPECT_FALSE(has(shown, "value=\"WEB_AUTHN\"")) << "she has none";
    EXPECT_TRUE(has(shown, jane));
    EXPECT_EQ(visitor.submit(options, {{"factor", "WEB_AUTHN"}}).status, 200) << "not on offer: the page again";
    EXPECT_EQ(visitor.submit(options, {{"factor", "anything"}}).status, 200);
}

TEST_F(FirstFactors, a_password_signs_in) {
    const auto to_password = choose_password(visitor);
    ASSERT_TRUE(is_page(to_password, "/login/password")) << to_password;
    const auto shown = visitor.get(to_password);
    EXPECT_TRUE(has(shown, "autocomplete=\"current-password\"") && has(shown, "/login/options?")) << shown.body;
    const auto wrong = visitor.submit(to_password, {{"password", "Wrong-Horse-7"}});
    EXPECT_EQ(wrong.status, 400);
    EXPECT_TRUE(has(wrong, "Incorrect username or password.")) << wrong.body;
    EXPECT_EQ(visitor.submit(to_password, {{"password", ""}}).status, 400);
    const auto done = visitor.submit(to_password, {{"password", std::string(good)}});
    const auto end = to_client(visitor, done);
    ASSERT_TRUE(end.starts_with(callback)) << done.body;
    EXPECT_EQ(subject_of(parameter_of(end, "code")), find_user(jane)->id.str());
}

TEST_F(FirstFactors, who_takes_long_over_the_password_is_not_told_that_it_is_wrong) {
    const auto to_password = choose_password(visitor);
    clock.advance(10min);  // the choice's own session is over
    EXPECT_TRUE(
        to_client(visitor, visitor.submit(to_password, {{"password", std::string(good)}})).starts_with(callback));
}

TEST_F(FirstFactors, where_a_password_is_all_there_is_it_is_asked_for_at_once) {
    allow({AuthFactorType::PASSWORD, AuthFactorType::WEB_AUTHN});
    const auto to_password = after_name(visitor);
    ASSERT_TRUE(is_page(to_password, "/login/password")) << to_password;
    EXPECT_FALSE(has(visitor.get(to_password), "/login/options?")) << "no other way is offered";
}

TEST_F(FirstFactors, a_code_signs_in_and_can_be_sent_again) {
    const auto to_code = choose(visitor, "SMS_OTP");
    ASSERT_TRUE(is_page(to_code, "/login/code")) << to_code;
    const auto shown = visitor.get(to_code);
    EXPECT_TRUE(has(shown, "data-code-length=\"8\"") && has(shown, "0123")) << shown.body;
    const auto first = last_code();
    EXPECT_EQ(first.size(), 8U);
    EXPECT_EQ(visitor.submit(to_code, {{"code", "00000000"}}).status, 400);
    clock.advance(31s);
    const auto again = location(visitor.submit(to_code, {{"resend", "true"}}));
    ASSERT_TRUE(is_page(again, "/login/code")) << again;
    EXPECT_TRUE(has(visitor.get(again), "A new code is on its way"));
    ASSERT_NE(last_code(), first);
    EXPECT_EQ(visitor.submit(again, {{"code", first}}).status, 400) << "the former code is over";
    EXPECT_TRUE(to_client(visitor, visitor.submit(again, {{"code", last_code()}})).starts_with(callback));
}

TEST_F(FirstFactors, another_way_is_one_step_back) {
    choose(visitor, "SMS_OTP");
    const auto back = visitor.get(page("/login/options"));
    EXPECT_TRUE(has(back, "value=\"PASSWORD\"")) << back.body;
    const auto to_password = location(visitor.submit(page("/login/options"), {{"factor", "PASSWORD"}}));
    EXPECT_TRUE(
        to_client(visitor, visitor.submit(to_password, {{"password", std::string(good)}})).starts_with(callback));
}

TEST_F(FirstFactors, a_second_factor_follows_the_password) {
    change_pool([](directory::PoolSettings& settings) { settings.MfaConfiguration = directory::UserPoolMfaType::ON; });
    const auto to_password = after_name(visitor);
    ASSERT_TRUE(is_page(to_password, "/login/password")) << "a code cannot be both factors: " << to_password;
    const auto to_code = location(visitor.submit(to_password, {{"password", std::string(good)}}));
    ASSERT_TRUE(is_page(to_code, "/mfa")) << to_code;
    EXPECT_TRUE(location(visitor.submit(to_code, {{"code", last_code()}})).starts_with(callback));
}

// Attack rows on enumeration: whatever the client says, a name that names nobody leads where Jane's does.
TEST_F(FirstFactors, nobody_is_asked_what_somebody_is) {
    for (const auto hides :
         {directory::PreventUserExistenceErrorTypes::ENABLED, directory::PreventUserExistenceErrorTypes::LEGACY}) {
        change_client([&](directory::Client& client) { client.settings.PreventUserExistenceErrors = hides; });
        Visitor stranger(*this);
        const auto options = after_name(stranger, nobody);
        ASSERT_TRUE(is_page(options, "/login/options")) << options;
        const auto with = [](std::string body, std::string_view who) {
            for (auto at = body.find(who); at != std::string::npos; at = body.find(who)) body.erase(at, who.size());
            const auto csrf = body.find("name=\"_csrf\" value=\"");
            return csrf == std::string::npos ? body : body.erase(csrf, 20 + 36);
        };
        Visitor somebody(*this);
        EXPECT_EQ(with(stranger.get(options).body, nobody), with(somebody.get(after_name(somebody)).body, jane));

        const auto to_password = location(stranger.submit(options, {{"factor", "PASSWORD"}}));
        const auto wrong = stranger.submit(to_password, {{"password", std::string(good)}});
        EXPECT_EQ(wrong.status, 400);
        EXPECT_TRUE(has(wrong, "Incorrect username or password.")) << wrong.body;
        const auto before = texts().size();
        const auto to_code = location(stranger.submit(options, {{"factor", "SMS_OTP"}}));
        ASSERT_TRUE(is_page(to_code, "/login/code")) << to_code;
        EXPECT_EQ(texts().size(), before) << "nobody is written to";
        EXPECT_EQ(stranger.submit(to_code, {{"code", "00000000"}}).status, 400);
        clock.advance(1h);
    }
}

TEST_F(FirstFactors, the_pages_begin_with_a_name) {
    for (const auto* path : {"/login/options", "/login/password", "/login/code", "/login/passkey"}) {
        Visitor fresh(*this);
        EXPECT_TRUE(is_page(location(fresh.get(page(path))), "/login")) << path;
        EXPECT_TRUE(is_page(location(fresh.submit(page(path), {{"code", "1"}, {"password", "x"}})), "/login")) << path;
    }
}

TEST_F(FirstFactors, what_one_browser_began_is_worth_nothing_in_another) {
    const auto to_code = choose(visitor, "SMS_OTP");
    Visitor thief(*this);
    thief.get(thief.authorize());
    const auto own = thief.cookies.at("XSRF-TOKEN");
    thief.cookies = visitor.cookies;
    thief.cookies["XSRF-TOKEN"] = own;
    EXPECT_TRUE(is_page(location(thief.submit(to_code, {{"code", last_code()}})), "/login"));
}

TEST_F(FirstFactors, an_account_that_was_never_confirmed_goes_to_its_confirmation) {
    run(db->write([&](db::Transaction& tx) {
        const auto pool = directory::Pools(tx).get(pool_id);
        auto user = directory::Users(tx).get_by_login(pool, jane);
        user.status = directory::UserStatus::UNCONFIRMED;
        directory::Users(tx).save(pool, user);
    }));
    const auto to_password = choose_password(visitor);
    const auto detour = location(visitor.submit(to_password, {{"password", std::string(good)}}));
    EXPECT_TRUE(is_page(detour, "/confirm")) << detour;
}

TEST_F(FirstFactors, a_passkey_is_added_after_the_sign_in_and_signs_in) {
    sign_in_with_password(visitor);
    add_passkey(visitor);
    EXPECT_EQ(passkeys(), 1U);

    Visitor other(*this);
    const auto options = after_name(other);
    ASSERT_TRUE(has(other.get(options), "value=\"WEB_AUTHN\""));
    const auto shown = other.submit(options, {{"factor", "WEB_AUTHN"}});
    ASSERT_EQ(shown.status, 200) << location(shown);
    EXPECT_TRUE(has(shown, "passkeys.js") && has(shown, "<noscript>") && has(shown, "/login/passkey?"));
    const auto asked = options_of(shown.body);
    EXPECT_EQ(asked.at("rpId").as_string(), "id.example");
    const auto proof = json::serialize(authenticator.get(asked));
    const auto done = other.submit(page("/login/passkey"), {{"credential", proof}});
    ASSERT_TRUE(location(done).starts_with(callback)) << done.body;
    EXPECT_EQ(subject_of(parameter_of(location(done), "code")), find_user(jane)->id.str());

    Visitor third(*this);  // attack row 42: a proof is of one challenge
    third.submit(after_name(third), {{"factor", "WEB_AUTHN"}});
    const auto replayed = third.submit(page("/login/passkey"), {{"credential", proof}});
    ASSERT_TRUE(is_page(location(replayed), "/login/options")) << location(replayed);
    EXPECT_TRUE(has(third.get(location(replayed)), "This passkey was not accepted."));
    EXPECT_TRUE(is_page(location(third.get(page("/login/passkey"))), "/login/options")) << "looked at again";
}

TEST_F(FirstFactors, a_passkey_of_another_site_is_not_accepted) {
    sign_in_with_password(visitor);
    add_passkey(visitor);
    Visitor other(*this);
    const auto shown = other.submit(after_name(other), {{"factor", "WEB_AUTHN"}});
    authenticator.origin = "https://evil.example";
    const auto proof = json::serialize(authenticator.get(options_of(shown.body)));
    EXPECT_TRUE(is_page(location(other.submit(page("/login/passkey"), {{"credential", proof}})), "/login/options"));
    EXPECT_TRUE(
        is_page(location(other.submit(page("/login/passkey"), {{"credential", "nonsense"}})), "/login/options"));
}

TEST_F(FirstFactors, nobody_adds_a_passkey_who_did_not_sign_in_a_moment_ago) {
    EXPECT_TRUE(is_page(location(visitor.get(page("/passkeys/add"))), "/login"));
    Visitor other(*this);
    sign_in_with_password(other);
    clock.advance(6min);
    const auto to_login = location(other.get(page("/passkeys/add")));
    ASSERT_TRUE(is_page(to_login, "/login")) << to_login;
    EXPECT_TRUE(has(other.get(to_login), "name=\"username\"")) << "not: continue as";
    const auto to_options = location(other.submit(to_login, {{"username", std::string(jane)}}));
    const auto to_password = location(other.submit(to_options, {{"factor", "PASSWORD"}}));
    const auto back = location(other.submit(to_password, {{"password", std::string(good)}}));
    ASSERT_TRUE(is_page(back, "/passkeys/add")) << back;
    add_passkey(other);
    EXPECT_EQ(passkeys(), 1U);
}

// They had to sign in twice: the page for passkeys did not know that the new sign-in was for this request.
TEST_F(FirstFactors, a_new_sign_in_that_a_request_wants_is_good_enough_after_a_passkey) {
    const auto wanted = page("/passkeys/add", {{"prompt", "login"}});
    const auto to_login = location(visitor.get(wanted));
    const auto to_options = location(visitor.submit(to_login, {{"username", std::string(jane)}}));
    const auto to_password = location(visitor.submit(to_options, {{"factor", "PASSWORD"}}));
    const auto back = location(visitor.submit(to_password, {{"password", std::string(good)}}));
    ASSERT_TRUE(is_page(back, "/passkeys/add")) << back;
    EXPECT_TRUE(is_page(location(visitor.submit(wanted, {{"skip", "true"}})), "/login")) << "without the proof of it";
    EXPECT_TRUE(location(visitor.submit(back, {{"skip", "true"}})).starts_with(callback));
}

TEST_F(FirstFactors, adding_a_passkey_can_be_left_out_and_refuses_nonsense) {
    sign_in_with_password(visitor);
    const auto nonsense = visitor.submit(page("/passkeys/add"), {{"credential", "{\"id\":1}"}});
    EXPECT_EQ(nonsense.status, 400);
    EXPECT_TRUE(has(nonsense, "The passkey could not be saved.")) << nonsense.body;
    EXPECT_TRUE(location(visitor.submit(page("/passkeys/add"), {{"skip", "true"}})).starts_with(callback));
    EXPECT_EQ(passkeys(), 0U);
    EXPECT_EQ(visitor.post(page("/passkeys/add"), {{"credential", "{}"}}).status, 403)
        << "not without the form's token";
}

TEST_F(FirstFactors, a_pool_without_passkeys_has_no_page_to_add_one) {
    allow({AuthFactorType::PASSWORD, AuthFactorType::SMS_OTP});
    EXPECT_EQ(visitor.get(page("/passkeys/add")).status, 404);
}

}  // namespace
}  // namespace symbolon::pages
