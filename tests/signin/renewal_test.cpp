// Password hashes that another system made, or this one at another cost: replaced at the first sign-in.
#include "signin/house.hpp"

#include <array>
#include <functional>
#include <utility>

namespace symbolon::signin {
namespace {

using directory::UserStatus;
using Mfa = directory::UserPoolMfaType;

// All of House::good.
constexpr std::string_view bcrypt_hash = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.m65cb65/mUCIk5iSh759DCb9.yc6hzW";
constexpr std::array foreign_hashes{
    bcrypt_hash,
    std::string_view("$pbkdf2-sha256$1000$c2Vhc2FsdHNlYXNhbHQxMg$OfbneaaPcadNUZrXTni0HxRvLdOwiQysCQAwrlSXE.M"),
    std::string_view("pbkdf2_sha256$1000$seasalt$FhlroWMXh5Nd6TSxBeHgz7rIZ3jih61kkcwqfeatGAk="),
    std::string_view("$scrypt$ln=10,r=8,p=1$c2Vhc2FsdHNlYXNhbHQxMg$7cccelQ+TmGY26hvoFn64LCm3kfTn6gXJvc5gW+evI4"),
    std::string_view("$argon2i$v=19$m=64,t=1,p=1$c2Vhc2FsdHNlYXNhbHQxMg$fGwuzRnrWcfAUCeW4pASF4HT2BUeqDW2INSZGIsuBkM"),
    std::string_view("$argon2id$v=19$m=64,t=3,p=4$c2Vhc2FsdHNlYXNhbHQxMg$H7NnqVpP/JzRkbm1yCZeMYb4sSquWexBF2e/H+/2drI")};

/// Lets a test in where a salt is drawn: between the check of a password and what becomes of it.
class HookedRandom final : public crypto::Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        if (const auto now = hook) now();  // a copy: it may take itself away
        chance_.fill(out);
    }
    std::function<void()> hook;

private:
    crypto::SeededRandom chance_{3};
};

class RenewalTest : public House {
protected:
    RenewalTest() {
        add_user();
        set_hash(bcrypt_hash);
    }

    void set_hash(std::string_view hash) {
        change_user(jane, [&](directory::User& changed) { changed.password_hash = hash; });
    }
    std::string hash() { return user(jane).password_hash; }
    bool is_ours() { return hash().starts_with("$argon2id$v=19$m=64,t=1,p=1$"); }

    /// Signs in while somebody else does something each time that a hash is being renewed.
    Outcome enter_hooked(std::string_view password) {
        return run(SignIn(other_services).with_password(pool, client, std::string(jane), Password(password), caller));
    }

    HookedRandom hooked;
    crypto::PasswordHasher other_hasher{hooked, 1, 10, crypto::Argon2Cost{64, 1}};
    Services other_services{*db, catalog, sealer, other_hasher, random, clock, outbox, triggers};
};

TEST_F(RenewalTest, the_first_sign_in_replaces_the_hash_and_goes_on) {
    for (const auto foreign : foreign_hashes) {
        SCOPED_TRACE(foreign);
        set_hash(foreign);
        clock.advance(std::chrono::seconds(1));  // messages are in order of their time
        const auto modified = user(jane).modified;
        const auto asked = challenge();
        EXPECT_TRUE(is_ours()) << hash();
        EXPECT_EQ(user(jane).modified, modified);
        EXPECT_TRUE(is_signed_in(answer(asked, last_code()))) << "the session is one of the new hash";

        const auto renewed = hash();
        EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
        clock.advance(std::chrono::seconds(1));
        const auto again = challenge();
        EXPECT_TRUE(is_signed_in(answer(again, last_code())));
        EXPECT_EQ(hash(), renewed) << "once";
    }
}

TEST_F(RenewalTest, a_wrong_password_replaces_nothing_and_is_counted) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked);
    EXPECT_EQ(hash(), bcrypt_hash);
}

TEST_F(RenewalTest, who_is_not_let_in_keeps_the_hash) {
    change_user(jane, [](directory::User& changed) { changed.status = UserStatus::UNCONFIRMED; });
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }).code, Errc::user_not_confirmed);
    EXPECT_EQ(hash(), bcrypt_hash);
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
    EXPECT_EQ(hash(), bcrypt_hash);
}

TEST_F(RenewalTest, a_hash_that_cannot_be_checked_is_nobodys_password) {
    for (const char* text :
         {"$2b$31$CCCCCCCCCCCCCCCCCCCCC.m65cb65/mUCIk5iSh759DCb9.yc6hzW", "Correct-Horse-7", "$2b$"}) {
        set_hash(text);
        EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password) << text;
        EXPECT_EQ(hash(), text);
    }
}

// Attack class 33: as many hashes are derived for nobody as for somebody with a wrong password.
TEST_F(RenewalTest, nobody_is_checked_as_often_as_somebody) {
    const auto runs_of = [&](std::string_view login) {
        const auto before = hasher.runs();
        EXPECT_EQ(refusal_of([&] { enter(login, bad); }), wrong_password);
        return hasher.runs() - before;
    };
    EXPECT_EQ(runs_of(jane), 1U);
    EXPECT_EQ(runs_of(nobody), 1U);
}

TEST_F(RenewalTest, of_two_who_sign_in_at_once_both_are_let_in) {
    require_mfa(Mfa::OFF);
    std::string first;
    hooked.hook = [&] {
        hooked.hook = {};
        EXPECT_TRUE(is_signed_in(enter(jane, good)));
        first = hash();
    };
    EXPECT_TRUE(is_signed_in(enter_hooked(good)));
    EXPECT_TRUE(is_ours());
    EXPECT_EQ(hash(), first) << "the second does not replace what the first has stored";
}

TEST_F(RenewalTest, a_password_that_is_changed_meanwhile_is_not_brought_back) {
    require_mfa(Mfa::OFF);
    hooked.hook = [&] {
        hooked.hook = {};
        run(administration.set_password(pool, std::string(jane), Password("Another-Horse-8"), true));
    };
    EXPECT_EQ(refusal_of([&] { enter_hooked(good); }), wrong_password);
    EXPECT_TRUE(is_signed_in(enter(jane, "Another-Horse-8")));
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
}

TEST_F(RenewalTest, a_hash_that_changes_under_every_check_is_refused) {
    int changes = 0;
    hooked.hook = [&] { set_hash(foreign_hashes.at(static_cast<std::size_t>(++changes))); };
    EXPECT_EQ(refusal_of([&] { enter_hooked(good); }), wrong_password);
    EXPECT_EQ(changes, 2);
    EXPECT_EQ(hash(), foreign_hashes[2]);
}

TEST_F(RenewalTest, a_temporary_password_of_another_system_leads_to_an_own_one) {
    require_mfa(Mfa::OFF);
    change_user(jane, [](directory::User& changed) { changed.status = UserStatus::FORCE_CHANGE_PASSWORD; });
    const auto asked = challenge();
    ASSERT_EQ(asked.kind, ChallengeKind::new_password_required);
    EXPECT_TRUE(is_ours());
    EXPECT_TRUE(is_signed_in(run(sign_in.with_new_password(pool, client, asked.session, std::string(jane),
                                                           Password("Another-Horse-8"), {}, caller))));
}

TEST_F(RenewalTest, a_password_is_changed_with_a_former_one_of_another_system) {
    const auto id = user(jane).id;
    EXPECT_EQ(refusal_of([&] {
                  run(recovery.change(pool, id, Password(bad), Password("Another-Horse-8"), client->id, caller));
              }),
              wrong_password);
    run(recovery.change(pool, id, Password(good), Password("Another-Horse-8"), client->id, caller));
    EXPECT_TRUE(is_ours());
    EXPECT_NO_THROW(enter(jane, "Another-Horse-8"));
}

}  // namespace
}  // namespace symbolon::signin
