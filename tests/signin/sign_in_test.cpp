#include "signin/sign_in.hpp"

#include "directory/auth_events.hpp"

#include "signin/house.hpp"

#include <atomic>
#include <thread>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using Mfa = directory::UserPoolMfaType;

class SignInTest : public House {};

TEST_F(SignInTest, password_and_code_sign_in) {
    const auto id = add_user();
    const auto asked = challenge();
    EXPECT_EQ(asked.kind, ChallengeKind::sms_mfa);
    EXPECT_EQ(asked.username, id.str());
    EXPECT_EQ(asked.expires, clock.now() + 3min);
    ASSERT_TRUE(asked.delivery);
    EXPECT_EQ(asked.delivery->medium, "SMS");
    EXPECT_EQ(asked.delivery->attribute, "phone_number");
    EXPECT_EQ(asked.delivery->destination, "+*******0123");
    const auto text = last_message();
    EXPECT_EQ(text.to, jane);
    EXPECT_EQ(text.purpose, "sms_mfa");
    EXPECT_EQ(text.text, "Your authentication code is " + text.code + ". ");
    EXPECT_EQ(text.code.size(), 6U);

    clock.advance(1s);
    const auto outcome = answer(asked, text.code);
    ASSERT_TRUE(is_signed_in(outcome));
    const auto& done = std::get<SignedIn>(outcome);
    EXPECT_EQ(done.user_id, id);
    EXPECT_EQ(done.pool_id, pool->id);
    EXPECT_EQ(done.client_id, client->id);
    EXPECT_EQ(done.auth_time, clock.now());
}

TEST_F(SignInTest, without_a_second_factor_the_password_signs_in) {
    require_mfa(Mfa::OFF);
    add_user();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
}

TEST_F(SignInTest, an_optional_second_factor_is_the_users_choice) {
    require_mfa(Mfa::OPTIONAL);
    add_user();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    change_user(jane, [](directory::User& changed) { changed.mfa.enabled = {directory::MfaFactor::SMS_MFA}; });
    EXPECT_EQ(challenge().kind, ChallengeKind::sms_mfa);
}

TEST_F(SignInTest, every_refusal_has_its_words) {
    add_user();
    hide_users(false);
    const auto enter_wrong = [&] { enter(jane, bad); };
    EXPECT_EQ(refusal_of(enter_wrong), wrong_password);
    EXPECT_EQ(refusal_of([&] { enter(nobody, bad); }), (Refused{Errc::user_not_found, "User does not exist."}));
    change_user(jane, [](directory::User& changed) { changed.status = directory::UserStatus::UNCONFIRMED; });
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), (Refused{Errc::user_not_confirmed, "User is not confirmed."}));
    change_user(jane, [](directory::User& changed) { changed.status = directory::UserStatus::RESET_REQUIRED; });
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }),
              (Refused{Errc::password_reset_required, "Password reset required for the user"}));
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), (Refused{Errc::not_authorized, "User is disabled."}));
}

// Attack class 32: one person, one counter, however the number is spelled.
TEST_F(SignInTest, spellings_of_a_number_share_one_user_and_one_lock) {
    add_user();
    EXPECT_NO_THROW(challenge("+1 (415) 555-0123"));
    EXPECT_NO_THROW(challenge("+１４１５５５５０１２３"));
    for (const auto* spelling :
         {"+14155550123", "+1 415 555 0123", "+1-415-555-0123", "+1 (415) 5550123", "\u200b+14155550123"}) {
        EXPECT_EQ(refusal_of([&] { enter(spelling, bad); }), wrong_password) << spelling;
    }
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked);

    for (const auto* spelling :
         {"+14155550177", "+1 415 555 0177", "+1-415-555-0177", "+1 (415) 5550177", "\u200b+14155550177"}) {
        EXPECT_EQ(refusal_of([&] { enter(spelling, bad); }), wrong_password) << spelling;
    }
    EXPECT_EQ(refusal_of([&] { enter(nobody, good); }), locked) << "and nobody is counted like somebody";
}

TEST_F(SignInTest, five_wrong_passwords_lock_for_growing_times) {
    add_user();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked) << "even the right one";
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked) << "two seconds now";
    clock.advance(1s);
    EXPECT_NO_THROW(challenge());
    for (int i = 0; i < 4; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_NO_THROW(challenge()) << "a right password forgets the wrong ones";
}

// Attack class 19: guesses at the same time.
TEST_F(SignInTest, of_two_hundred_parallel_guesses_five_are_evaluated) {
    add_user();
    std::atomic<int> evaluated = 0;
    std::atomic<int> entered = 0;
    std::vector<std::thread> guessers;
    for (int guesser = 0; guesser < 8; ++guesser) {
        guessers.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                const auto refused = refusal_of([&] {
                    enter(jane, bad);
                    ++entered;
                });
                if (refused == wrong_password) ++evaluated;
            }
        });
    }
    for (auto& guesser : guessers) guesser.join();
    EXPECT_EQ(evaluated, 5);
    EXPECT_EQ(entered, 0);
}

// Attack class 21: whoever locks the password path does not lock the owner out.
TEST_F(SignInTest, a_locked_password_leaves_recovery_open_and_recovery_unlocks) {
    add_user();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked);
    run(recovery.forgot(pool, client, std::string(jane), caller));
    run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), Password("Another-Horse-8"),
                         caller));
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, "Another-Horse-8")));
}

// Attack class 33.
TEST_F(SignInTest, an_unknown_user_looks_and_costs_like_a_known_one) {
    add_user();
    const auto cost_of = [&](std::string_view login) {
        const auto before = hasher.runs();
        EXPECT_EQ(refusal_of([&] { enter(login, bad); }), wrong_password);
        return hasher.runs() - before;
    };
    EXPECT_EQ(cost_of(jane), 1U);
    EXPECT_EQ(cost_of(nobody), 1U);
    for (int i = 0; i < 4; ++i) {
        cost_of(jane);
        cost_of(nobody);
    }
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), locked);
    EXPECT_EQ(refusal_of([&] { enter(nobody, bad); }), locked);
}

TEST_F(SignInTest, threat_protection_is_told_of_sign_ins_and_of_those_that_failed) {
    using directory::EventResponseType;
    change_pool([](directory::Pool& changed) {
        changed.settings.UserPoolAddOns.emplace().AdvancedSecurityMode = directory::AdvancedSecurityModeType::AUDIT;
    });
    const auto id = add_user();
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    clock.advance(1s);
    const auto asked = challenge();
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { answer(asked, other_than(last_code())); }), wrong_mfa_code);
    clock.advance(1s);
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
    const auto events =
        run(db->read([&](db::Transaction& tx) { return directory::AuthEvents(tx).list(pool->id, id, "", 3); }));
    std::vector<EventResponseType> responses;
    for (const auto& event : events) {
        EXPECT_EQ(event.details.EventType, directory::EventType::SignIn);
        responses.push_back(event.details.EventResponse);
    }
    EXPECT_EQ(responses, (std::vector{EventResponseType::Fail, EventResponseType::Pass, EventResponseType::Fail}))
        << "a sign-in is one event, from its password on";
    EXPECT_EQ(events.at(1).details.ChallengeResponses.size(), 2U);
}

TEST_F(SignInTest, a_disabled_user_looks_unknown_where_users_are_hidden) {
    add_user();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked) << "the lock does not tell that the password was right";
}

TEST_F(SignInTest, a_required_factor_that_is_missing_is_to_be_set_up) {
    change_pool([](directory::Pool& changed) { changed.settings.UsernameAttributes.reset(); });
    NewUser request;
    request.username = "jane";
    request.temporary_password = Password("Temporary-1");
    run(administration.create_user(pool, std::move(request)));
    run(administration.set_password(pool, "jane", Password(good), true));
    const auto asked = std::get<Challenge>(enter("jane", good));
    EXPECT_EQ(asked.kind, ChallengeKind::mfa_setup);
    EXPECT_EQ(refusal_of([&] { answer(asked, "123456"); }), invalid_session);
}

}  // namespace
}  // namespace symbolon::signin
