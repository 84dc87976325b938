// A hook is asked of what comes to be: everything else is refused before it (cognito-api.md §3, §6).
#include "signin/attributes.hpp"
#include "signin/hooks_house.hpp"

namespace symbolon::signin {
namespace {

/// Nobody is asked about what comes to nothing, whichever rule refuses it.
class RefusedBeforeHooks : public HooksTest {
protected:
    RefusedBeforeHooks() {
        change_pool([](directory::Pool& changed) {
            changed.settings.AutoVerifiedAttributes = List<directory::VerifiedAttributeType>{
                directory::VerifiedAttributeType::phone_number, directory::VerifiedAttributeType::email};
        });
        add_user();
        set_hook(&LambdaConfig::CustomMessage, {{"smsMessage", "Welcome, {####}!"}});
        set_hooks([](LambdaConfig& config) { config.PreSignUp = "f"; });
        hide_users(false);
    }
    template <class F>
    Errc refused_unasked(F call) {
        functions.seen.clear();
        const auto refused = refusal_of(call);
        EXPECT_TRUE(functions.seen.empty()) << functions.sources().front() << " was asked, then: " << refused.message;
        return refused.code;
    }
    NewUser wanted(std::string_view username) const {
        NewUser out;
        out.username = username;
        return out;
    }
    void update(const directory::Attributes& given) {
        run(Profile(services).update(pool, client, user(jane).id, given, caller));
    }
    void send_code(const std::string& attribute) {
        run(Profile(services).send_code(pool, client, user(jane).id, attribute, caller));
    }
};

TEST_F(RefusedBeforeHooks, a_name_that_is_taken) {
    EXPECT_EQ(refused_unasked([&] { sign_up_jane(); }), Errc::username_exists);
    EXPECT_EQ(refused_unasked([&] { run(administration.create_user(pool, wanted(jane))); }), Errc::username_exists);
    functions.add_answer("f", {});
    run(sign_up.sign_up(pool, client, std::string(john), Password(good), {}, caller));
    EXPECT_EQ(refused_unasked([&] { update({{"phone_number", std::string(john)}}); }), Errc::alias_exists);
}

TEST_F(RefusedBeforeHooks, a_password_that_breaks_the_policy) {
    auto weak = wanted(john);
    weak.temporary_password = Password("weak");
    EXPECT_EQ(refused_unasked([&] { run(administration.create_user(pool, std::move(weak))); }), Errc::invalid_password);
}

TEST_F(RefusedBeforeHooks, a_user_whose_state_forbids_it) {
    EXPECT_EQ(refused_unasked([&] { run(sign_up.resend(pool, client, std::string(jane), caller)); }),
              Errc::invalid_parameter);
    auto again = wanted(jane);
    again.resend = true;
    EXPECT_EQ(refused_unasked([&] { run(administration.create_user(pool, std::move(again))); }),
              Errc::unsupported_user_state);
    change_user(jane, [](directory::User& changed) { changed.status = UserStatus::FORCE_CHANGE_PASSWORD; });
    EXPECT_EQ(refused_unasked([&] { run(recovery.forgot(pool, client, std::string(jane), caller)); }),
              Errc::not_authorized);
    EXPECT_EQ(refused_unasked([&] { run(administration.reset_password(pool, std::string(jane), caller)); }),
              Errc::not_authorized);
    EXPECT_EQ(refused_unasked([&] { send_code("email"); }), Errc::invalid_parameter) << "there is none";
}

TEST_F(RefusedBeforeHooks, what_passes_a_limit) {
    services.limits.sends_per_destination = 0;
    EXPECT_EQ(refused_unasked([&] { run(recovery.forgot(pool, client, std::string(jane), caller)); }),
              Errc::limit_exceeded);
    EXPECT_EQ(refused_unasked([&] { update({{"email", "jane@example.com"}}); }), Errc::limit_exceeded);
    EXPECT_EQ(refused_unasked([&] { send_code("phone_number"); }), Errc::limit_exceeded);
    set_hooks([](LambdaConfig& config) { config.PreSignUp.reset(); });
    EXPECT_EQ(
        refused_unasked([&] { run(sign_up.sign_up(pool, client, std::string(john), Password(good), {}, caller)); }),
        Errc::limit_exceeded);
    services.limits.mfa_sends_per_destination = 0;
    EXPECT_EQ(refused_unasked([&] { enter(jane, good); }), Errc::limit_exceeded);
}

TEST_F(RefusedBeforeHooks, a_code_that_was_sent_again_too_often) {
    functions.add_answer("f", {});
    run(sign_up.sign_up(pool, client, std::string(john), Password(good), {}, caller));
    services.limits.resends_per_hour = 0;
    EXPECT_EQ(refused_unasked([&] { run(sign_up.resend(pool, client, std::string(john), caller)); }),
              Errc::limit_exceeded);
    const auto asked = challenge();
    EXPECT_EQ(refused_unasked([&] { run(sign_in.resend(pool, client, asked.session, caller)); }), Errc::limit_exceeded);
}

TEST_F(RefusedBeforeHooks, a_look_counts_nothing) {
    services.limits.recoveries_per_hour = 1;
    run(recovery.forgot(pool, client, std::string(jane), caller));
    EXPECT_EQ(functions.seen.size(), 1U);
    EXPECT_EQ(refused_unasked([&] { run(recovery.forgot(pool, client, std::string(jane), caller)); }),
              Errc::limit_exceeded);
}

}  // namespace
}  // namespace symbolon::signin
