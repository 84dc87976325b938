// What administrators do to users beyond making them (cognito-api.md §2.7, §3.11, §4.6; attack row 16).
#include "signin/administration.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::UserStatus;

const Refused not_in_this_state{Errc::not_authorized, "User password cannot be reset in the current state."};
const Refused no_contact{Errc::invalid_parameter,
                         "Cannot reset password for the user as there is no registered/verified email or "
                         "phone_number"};

class AdministratedUser : public House {
protected:
    AdministratedUser() : id(add_user()) { hide_users(false); }
    void reset() { run(administration.reset_password(pool, std::string(jane), caller)); }
    void set_status(UserStatus status) {
        change_user(jane, [&](directory::User& changed) { changed.status = status; });
    }
    const UserId id;
};

TEST_F(AdministratedUser, whose_password_is_reset_sets_another_one_with_a_code) {
    reset();
    EXPECT_EQ(user(id)->status, UserStatus::RESET_REQUIRED);
    EXPECT_EQ(last_message().purpose, "recovery");
    EXPECT_EQ(last_message().to, jane);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }).code, Errc::password_reset_required);
    run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), Password("Another-Horse-8"),
                         caller));
    EXPECT_EQ(user(id)->status, UserStatus::CONFIRMED);
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, "Another-Horse-8")));
}

TEST_F(AdministratedUser, can_be_reset_only_with_a_password_and_a_verified_contact) {
    const auto sent = messages().size();
    for (const auto status : {UserStatus::FORCE_CHANGE_PASSWORD, UserStatus::EXTERNAL_PROVIDER}) {
        set_status(status);
        EXPECT_EQ(refusal_of([&] { reset(); }), not_in_this_state);
        EXPECT_EQ(user(id)->status, status);
    }
    set_status(UserStatus::UNCONFIRMED);
    EXPECT_EQ(refusal_of([&] { reset(); }), no_contact);
    set_status(UserStatus::CONFIRMED);
    change_user(jane, [](directory::User& changed) { changed.attributes["phone_number_verified"] = "false"; });
    EXPECT_EQ(refusal_of([&] { reset(); }), no_contact);
    EXPECT_EQ(user(id)->status, UserStatus::CONFIRMED);
    EXPECT_EQ(messages().size(), sent);
}

TEST_F(AdministratedUser, who_is_disabled_gets_nowhere_until_enabled) {
    const auto asked = challenge();
    const auto code = last_code();
    run(administration.disable(pool, std::string(jane)));
    EXPECT_FALSE(user(id)->enabled);
    EXPECT_EQ(refusal_of([&] { answer(asked, code); }).code, Errc::not_authorized) << "also in the middle of a sign-in";
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), (Refused{Errc::not_authorized, "User is disabled."}));
    EXPECT_EQ(refusal_of([&] { reset(); }), (Refused{Errc::not_authorized, "User is disabled."}));
    run(administration.enable(pool, std::string(jane)));
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, good)));
}

TEST_F(AdministratedUser, who_is_disabled_or_signed_out_loses_every_sign_in_there_is) {
    const auto sign_in_and = [&](auto end) {
        const auto asked = challenge();
        const auto signed_in = std::get<SignedIn>(answer(asked, last_code()));
        const auto handle = run(sessions.begin(pool, signed_in, "")).handle;
        EXPECT_TRUE(run(sessions.find(pool, client, handle)));
        clock.advance(1s);
        end();
        EXPECT_FALSE(run(sessions.find(pool, client, handle)));
        EXPECT_EQ(user(id)->tokens_from, clock.now());
        return handle;
    };
    sign_in_and([&] { run(administration.sign_out(pool, std::string(jane))); });
    clock.advance(1s);
    const auto handle = sign_in_and([&] { run(administration.disable(pool, std::string(jane))); });
    run(administration.enable(pool, std::string(jane)));
    EXPECT_FALSE(run(sessions.find(pool, client, handle))) << "and does not get them back";
}

TEST_F(AdministratedUser, has_to_be_there) {
    const std::string login(nobody);
    const auto refuse = [&](Task<void> call) {
        EXPECT_EQ(refusal_of([&] { run(std::move(call)); }).code, Errc::user_not_found);
    };
    refuse(administration.disable(pool, login));
    refuse(administration.enable(pool, login));
    refuse(administration.sign_out(pool, login));
    refuse(administration.reset_password(pool, login, caller));
}

}  // namespace
}  // namespace symbolon::signin
