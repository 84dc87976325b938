// Passwords that were the user's before (cognito-api.md §5.5).
#include "signin/password_history.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

const Refused used_before{Errc::password_used_before, "Password has previously been used"};

class PasswordHistoryTest : public House {
protected:
    PasswordHistoryTest() : id(add_user()) {
        services.limits.password_changes_per_hour = 1000;
        services.limits.recoveries_per_hour = services.limits.sends_per_destination = 1000;
        remember(2);
    }
    void remember(int size) {
        change_pool(
            [&](directory::Pool& changed) { changed.settings.Policies->PasswordPolicy->PasswordHistorySize = size; });
    }
    static std::string password(int number) { return "Correct-Horse-" + std::to_string(number); }
    void change(int from, int to) {
        run(recovery.change(pool, id, Password(password(from)), Password(password(to)), client->id, caller));
    }
    Refused refusal(int from, int to) {
        return refusal_of([&] { change(from, to); });
    }
    void recover(std::string_view code, int to) {
        run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(code), Password(password(to)), caller));
    }
    const UserId id;  // whose password is Correct-Horse-7
};

TEST_F(PasswordHistoryTest, the_last_passwords_cannot_be_changed_to) {
    EXPECT_EQ(refusal(7, 7), used_before);
    change(7, 8);
    EXPECT_EQ(refusal(8, 8), used_before);
    EXPECT_EQ(refusal(8, 7), used_before);
    change(8, 9);
    EXPECT_EQ(refusal(9, 8), used_before);
    EXPECT_NO_THROW(change(9, 7)) << "two are remembered";
}

TEST_F(PasswordHistoryTest, where_none_are_remembered_any_may_be_taken) {
    remember(0);
    EXPECT_NO_THROW(change(7, 7));
    EXPECT_NO_THROW(change(7, 8));
    EXPECT_NO_THROW(change(8, 7));
}

TEST_F(PasswordHistoryTest, an_administrator_cannot_set_one_either) {
    const auto set = [&](int number) {
        run(administration.set_password(pool, std::string(jane), Password(password(number)), true));
    };
    EXPECT_EQ(refusal_of([&] { set(7); }), used_before);
    set(8);
    EXPECT_EQ(refusal_of([&] { set(7); }), used_before);
    set(9);
    EXPECT_NO_THROW(set(7));
}

TEST_F(PasswordHistoryTest, a_recovery_does_not_bring_one_back_and_keeps_its_code) {
    change(7, 8);
    run(recovery.forgot(pool, client, std::string(jane), caller));
    EXPECT_EQ(refusal_of([&] { recover(last_code(), 7); }), used_before);
    EXPECT_NO_THROW(recover(last_code(), 9));
    EXPECT_EQ(refusal(9, 8), used_before) << "what a recovery replaces is remembered";
}

// A password's history is a secret: without the code nobody may find out what a user's password was.
TEST_F(PasswordHistoryTest, without_the_code_nothing_is_told) {
    change(7, 8);
    run(recovery.forgot(pool, client, std::string(jane), caller));
    EXPECT_EQ(refusal_of([&] { recover(other_than(last_code()), 8); }), wrong_code);
    EXPECT_EQ(refusal_of([&] { recover(other_than(last_code()), 5); }), wrong_code);
}

TEST_F(PasswordHistoryTest, without_the_old_password_nothing_is_told) {
    EXPECT_EQ(refusal(6, 7), wrong_password);
}

}  // namespace
}  // namespace symbolon::signin
