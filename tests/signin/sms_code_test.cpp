#include "signin/house.hpp"

#include <atomic>
#include <thread>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class SmsCodeTest : public House {
protected:
    SmsCodeTest() : id(add_user()) {}
    Refused guess(const Challenge& asked, std::string_view code) {
        return refusal_of([&] { answer(asked, code); });
    }
    const UserId id;
};

TEST_F(SmsCodeTest, a_wrong_code_leaves_the_session_usable_and_a_right_one_uses_it_up) {
    const auto asked = challenge();
    const auto code = last_code();
    EXPECT_EQ(guess(asked, other_than(code)), wrong_mfa_code);
    EXPECT_EQ(guess(asked, ""), wrong_mfa_code);
    EXPECT_TRUE(is_signed_in(answer(asked, code)));
    EXPECT_EQ(guess(asked, code), used_session);
}

TEST_F(SmsCodeTest, a_session_names_its_user_or_is_invalid) {
    add_user(john);
    const auto asked = challenge(jane);
    const auto code = last_code();
    EXPECT_EQ(refusal_of([&] { answer(asked, code, std::string(john)); }), invalid_session);
    EXPECT_EQ(refusal_of([&] { answer(asked, code, std::string(nobody)); }), invalid_session);
    EXPECT_TRUE(is_signed_in(answer(asked, code, "+1 415 555 0123")));
}

TEST_F(SmsCodeTest, another_client_or_browser_cannot_answer) {
    const auto asked = challenge();
    const auto code = last_code();
    const auto own = client;
    client = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(guess(asked, code), invalid_session);
    client = own;
    caller.browser = "browser-b";
    EXPECT_EQ(guess(asked, code), invalid_session);
    caller.browser = "browser-a";
    caller.address = "198.51.100.9";
    EXPECT_TRUE(is_signed_in(answer(asked, code))) << "an address may change on the way";
}

// Attack class 20.
TEST_F(SmsCodeTest, code_and_session_live_as_long_as_the_client_says) {
    const auto asked = challenge();
    const auto code = last_code();
    clock.advance(3min - 1ms);
    EXPECT_EQ(guess(asked, other_than(code)), wrong_mfa_code);
    clock.advance(1ms);
    EXPECT_EQ(guess(asked, code), expired_session);
}

TEST_F(SmsCodeTest, a_code_of_one_sign_in_does_not_finish_another) {
    const auto first = challenge();
    const auto first_code = last_code();
    const auto second = challenge();
    const auto second_code = last_code();
    EXPECT_EQ(guess(first, first_code), expired_code) << "the newer code ended it";
    EXPECT_EQ(guess(first, second_code), expired_code) << "and does not stand in for it";
    if (first_code != second_code) {
        EXPECT_EQ(guess(second, first_code), wrong_mfa_code);
    }
    EXPECT_TRUE(is_signed_in(answer(second, second_code)));
}

TEST_F(SmsCodeTest, a_resent_code_ends_the_former_and_prolongs_the_session) {
    const auto asked = challenge();
    const auto former = last_code();
    clock.advance(2min);
    const auto again = run(sign_in.resend(pool, client, asked.session, caller));
    const auto code = last_code();
    EXPECT_EQ(again.expires, clock.now() + 3min);
    ASSERT_TRUE(again.delivery);
    EXPECT_NE(former, code);
    EXPECT_EQ(guess(asked, former), wrong_mfa_code);
    clock.advance(2min);
    EXPECT_EQ(guess(asked, code), expired_session);
    EXPECT_TRUE(is_signed_in(answer(again, code)));
    EXPECT_EQ(refusal_of([&] { run(sign_in.resend(pool, client, again.session, caller)); }), used_session);
}

TEST_F(SmsCodeTest, the_right_code_ends_every_session_of_its_challenge) {
    const auto asked = challenge();
    const auto again = run(sign_in.resend(pool, client, asked.session, caller));
    EXPECT_TRUE(is_signed_in(answer(asked, last_code()))) << "pressing twice does no harm";
    EXPECT_EQ(guess(again, last_code()), used_session);
}

TEST_F(SmsCodeTest, five_resends_an_hour) {
    auto asked = challenge();
    for (int i = 0; i < 5; ++i) asked = run(sign_in.resend(pool, client, asked.session, caller));
    EXPECT_EQ(refusal_of([&] { run(sign_in.resend(pool, client, asked.session, caller)); }), limit);
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
}

// Attack class 18: guesses are counted for the user, not for the session.
TEST_F(SmsCodeTest, a_thousand_guesses_are_not_evaluated_however_often_one_begins_anew) {
    int evaluated = 0;
    int dead = 0;
    int over = 0;
    for (int round = 0; round < 20; ++round) {
        const auto asked = challenge();
        const auto wrong = other_than(last_code());
        for (int i = 0; i < 50; ++i) {
            const auto refused = guess(asked, wrong);
            if (refused == wrong_mfa_code) ++evaluated;
            if (refused == expired_code) ++dead;
            if (refused.code == Errc::too_many_attempts) ++over;
        }
    }
    EXPECT_LE(evaluated, services.limits.mfa_guesses_per_hour);
    EXPECT_GT(evaluated, 0);
    EXPECT_EQ(evaluated + dead + over, 1000);
    const auto asked = challenge();
    EXPECT_EQ(guess(asked, last_code()).code, Errc::too_many_attempts) << "the right one, too";
    clock.advance(1h);
    const auto later = challenge();
    EXPECT_TRUE(is_signed_in(answer(later, last_code())));
}

TEST_F(SmsCodeTest, after_five_wrong_guesses_the_right_code_is_dead) {
    const auto asked = challenge();
    const auto code = last_code();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(guess(asked, other_than(code)), wrong_mfa_code);
    EXPECT_EQ(guess(asked, code), expired_code);
}

// Attack class 19.
TEST_F(SmsCodeTest, of_two_hundred_parallel_guesses_five_are_evaluated) {
    const auto asked = challenge();
    const auto wrong = other_than(last_code());
    std::atomic<int> evaluated = 0;
    std::vector<std::thread> guessers;
    for (int guesser = 0; guesser < 8; ++guesser) {
        guessers.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                if (guess(asked, wrong) == wrong_mfa_code) ++evaluated;
            }
        });
    }
    for (auto& guesser : guessers) guesser.join();
    EXPECT_EQ(evaluated, 5);
}

TEST_F(SmsCodeTest, of_parallel_right_answers_one_signs_in) {
    const auto asked = challenge();
    const auto code = last_code();
    services.limits.mfa_guesses_per_hour = 1000;
    std::atomic<int> entered = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&] {
            try {
                if (is_signed_in(answer(asked, code))) ++entered;
            } catch (const Error&) {  // the others
            }
        });
    }
    for (auto& one : callers) one.join();
    EXPECT_EQ(entered, 1);
}

// Attack class 53: the code proves the number it went to.
TEST_F(SmsCodeTest, a_code_does_not_verify_a_number_that_was_changed_meanwhile) {
    const auto asked = challenge();
    const auto code = last_code();
    change_user(jane, [](directory::User& changed) {
        changed.attributes["phone_number"] = "+14155550142";
        changed.attributes["phone_number_verified"] = "false";
    });
    EXPECT_EQ(guess(asked, code), expired_code);
    EXPECT_FALSE(user(id)->is_verified("phone_number"));
}

TEST_F(SmsCodeTest, the_code_verifies_the_number_it_went_to) {
    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number_verified"] = "false"; });
    const auto asked = challenge();
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
    EXPECT_TRUE(user(id)->is_verified("phone_number"));
}

TEST_F(SmsCodeTest, who_is_disabled_or_changes_the_password_on_the_way_does_not_arrive) {
    const auto asked = challenge();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(guess(asked, last_code()), (Refused{Errc::not_authorized, "User is disabled."}));
    change_user(jane, [](directory::User& changed) { changed.enabled = true; });
    const auto second = challenge();
    const auto code = last_code();
    run(recovery.change(pool, id, Password(good), Password("Another-Horse-8"), client->id, caller));
    EXPECT_EQ(guess(second, code), invalid_session);
}

// Attack class 54.
TEST_F(SmsCodeTest, a_right_password_does_not_pump_texts_for_ever) {
    services.limits.mfa_sends_per_destination = 3;
    for (int i = 0; i < 3; ++i) challenge();
    const auto sent = messages().size();
    EXPECT_EQ(refusal_of([&] { challenge(); }), limit);
    EXPECT_EQ(messages().size(), sent);
    clock.advance(1h);
    EXPECT_NO_THROW(challenge());
}

}  // namespace
}  // namespace symbolon::signin
