// From a sign-up into the first sign-in (cognito-api.md §3.2; attack rows 24 and 25).
#include "signin/sign_up_session.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class SignUpSession : public House {
protected:
    SignUpSession() {
        change_client([](directory::Client& changed) {
            changed.settings.ExplicitAuthFlows =
                List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_AUTH};
        });
    }
    SignUpResult sign_up_as(std::string_view login) {
        return run(sign_up.sign_up(pool, client, std::string(login), Password(good), {}, caller));
    }
    UserId confirm(std::string_view login = jane) {
        return run(sign_up.confirm(pool, client, std::string(login), OneTimeCode(last_code()), false, caller));
    }
    std::string begin(const UserId& id, const std::string& session) {
        return run(sign_up.begin_sign_in(pool, client, id, session));
    }
    /// The sub of who is let in; "" when nobody is.
    std::string use(const std::string& session, std::string_view login = jane) {
        return use_at(*client, session, login);
    }
    std::string use_at(const directory::Client& at, const std::string& session, std::string_view login = jane) {
        return run(db->write([&](db::Transaction& tx) {
            const auto found = use_confirmed(services, tx, *pool, at, session, login, clock.now());
            return found ? found->id.str() : std::string();
        }));
    }
    /// A session of a user who just confirmed.
    std::string confirmed(std::string_view login = jane) {
        const auto made = sign_up_as(login);
        return begin(confirm(login), made.session);
    }
};

TEST_F(SignUpSession, leads_into_the_first_sign_in_once) {
    const auto made = sign_up_as(jane);
    EXPECT_GE(made.session.size(), 20U);
    EXPECT_EQ(use(made.session), "") << "a sign-up alone opens nothing";
    const auto id = confirm();
    const auto session = begin(id, made.session);
    EXPECT_GE(session.size(), 20U);
    EXPECT_EQ(begin(id, made.session), "") << "given once";
    EXPECT_EQ(use(session), id.str());
    EXPECT_EQ(use(session), "") << "used once";
}

TEST_F(SignUpSession, is_not_given_before_the_confirmation) {
    const auto made = sign_up_as(jane);
    EXPECT_EQ(begin(made.user_id, made.session), "");
    EXPECT_NE(begin(confirm(), made.session), "");
}

TEST_F(SignUpSession, is_for_clients_that_sign_in_by_choice) {
    change_client([](directory::Client& changed) { changed.settings.ExplicitAuthFlows.reset(); });
    EXPECT_EQ(sign_up_as(jane).session, "");
}

TEST_F(SignUpSession, is_of_one_user_client_and_step) {
    const auto janes = confirmed();
    const auto johns = sign_up_as(john);
    const auto id = confirm(john);
    EXPECT_EQ(begin(id, janes), "") << "of another step";
    EXPECT_EQ(begin(user(jane).id, johns.session), "") << "of another user";
    EXPECT_EQ(use(janes, john), "") << "of another user";
    const auto other = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(use_at(*other, janes), "") << "of another client";
    auto changed = janes;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_EQ(use(changed), "");
    EXPECT_NE(use(janes), "") << "nothing used it up so far";
}

TEST_F(SignUpSession, lives_as_long_as_a_challenge) {
    const auto made = sign_up_as(jane);
    const auto id = confirm();
    clock.advance(client->challenge_life() - 1ms);
    const auto session = begin(id, made.session);
    EXPECT_NE(session, "");
    clock.advance(client->challenge_life());
    EXPECT_EQ(use(session), "");
    const auto late = sign_up_as(john);
    clock.advance(client->challenge_life());
    EXPECT_EQ(begin(confirm(john), late.session), "") << "a confirmation that took long is not refused for it";
}

TEST_F(SignUpSession, dies_with_the_password_and_with_the_user) {
    const auto before_change = confirmed();
    change_user(jane, [](directory::User& changed) { changed.password_hash = "another"; });
    EXPECT_EQ(use(before_change), "");
    const auto before_disabling = confirmed(john);
    change_user(john, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(use(before_disabling, john), "");
}

class WithoutPassword : public House {
protected:
    WithoutPassword() {
        change_pool([](directory::Pool& changed) {
            changed.settings.Policies->SignInPolicy = directory::SignInPolicyType{List<directory::AuthFactorType, 1, 4>{
                directory::AuthFactorType::PASSWORD, directory::AuthFactorType::SMS_OTP}};
        });
    }
    SignUpResult sign_up_without() {
        return run(sign_up.sign_up(pool, client, std::string(jane), Password(), {}, caller));
    }
};

TEST_F(WithoutPassword, one_signs_up_where_a_code_is_enough) {
    sign_up_without();
    EXPECT_EQ(user(jane).password_hash, "");
    run(sign_up.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), false, caller));
    EXPECT_EQ(user(jane).status, directory::UserStatus::CONFIRMED);
    EXPECT_EQ(refusal_of([&] { enter(jane, ""); }), wrong_password) << "no password is none that could be right";
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
}

TEST_F(WithoutPassword, nobody_signs_up_elsewhere) {
    change_pool([](directory::Pool& changed) {
        changed.settings.Policies->SignInPolicy = directory::SignInPolicyType{List<directory::AuthFactorType, 1, 4>{
            directory::AuthFactorType::PASSWORD, directory::AuthFactorType::EMAIL_OTP}};
    });
    EXPECT_EQ(refusal_of([&] { sign_up_without(); }),
              (Refused{Errc::invalid_password, "Password did not conform with policy: Password not long enough"}))
        << "the user has no address";
}

TEST_F(WithoutPassword, an_administrator_makes_users_who_are_confirmed_at_once) {
    const auto create = [&](std::string_view login, std::optional<std::string_view> temporary = std::nullopt) {
        NewUser request;
        request.username = login;
        if (temporary) request.temporary_password = Password(*temporary);
        return run(administration.create_user(pool, std::move(request)));
    };
    const auto made = create(jane);
    EXPECT_EQ(made.status, directory::UserStatus::CONFIRMED);
    EXPECT_EQ(made.password_hash, "");
    EXPECT_FALSE(made.is_verified("phone_number"));
    EXPECT_TRUE(messages().empty());
    EXPECT_EQ(refusal_of([&] { create(jane); }).code, Errc::username_exists);
    EXPECT_EQ(create(john, good).status, directory::UserStatus::FORCE_CHANGE_PASSWORD);
}

TEST_F(WithoutPassword, the_first_own_password_needs_no_former_one) {
    sign_up_without();
    const auto id = run(sign_up.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), false, caller));
    run(recovery.change(pool, id, std::nullopt, Password(good), client->id, caller));
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, good)));
    EXPECT_EQ(refusal_of([&] {
                  run(recovery.change(pool, id, std::nullopt, Password("Another-Horse-8"), client->id, caller));
              }),
              (Refused{Errc::invalid_parameter, "Missing required parameter PreviousPassword"}));
}

TEST_F(WithoutPassword, whoever_signs_in_elsewhere_gets_no_password_here) {
    const auto id = add_user();
    change_user(jane, [](directory::User& changed) {
        changed.status = directory::UserStatus::EXTERNAL_PROVIDER;
        changed.password_hash.clear();
    });
    EXPECT_EQ(refusal_of([&] { run(recovery.change(pool, id, std::nullopt, Password(good), client->id, caller)); }),
              wrong_password);
}

}  // namespace
}  // namespace symbolon::signin
