// Setting up an authenticator app (cognito-api.md §3.9; attack rows 18 and 20).
#include "signin/software_token.hpp"

#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"
#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
namespace totp = crypto::totp;

const Refused mismatch{Errc::software_token_mismatch, "Code mismatch"};

class SoftwareTokenTest : public House {
protected:
    SoftwareTokenTest() : id(add_user()) {
        change_pool([](directory::Pool& changed) {
            changed.settings.SoftwareTokenMfaConfiguration = directory::SoftwareTokenMfaConfigType{true};
        });
    }
    /// The secret that waits to be proven.
    std::string pending() {
        return run(db->read([&](db::Transaction& tx) {
            const auto token = directory::SoftwareTokens(tx, sealer).find_pending(pool->id, id);
            return token ? std::string(token->secret.reveal()) : std::string();
        }));
    }
    std::optional<std::string> verified() {
        return run(db->read([&](db::Transaction& tx) -> std::optional<std::string> {
            const auto token = directory::SoftwareTokens(tx, sealer).find(pool->id, id);
            if (!token) return std::nullopt;
            return std::string(token->secret.reveal());
        }));
    }
    std::string code(std::int64_t steps_away = 0) {
        return totp::make_code(bytes_of(secret_), totp::step_of(clock.now()) + steps_away);
    }
    std::string associate() {
        const auto setup = run(setups.associate(pool, id));
        secret_ = pending();
        return setup.secret_code;
    }
    void verify(std::string_view guess) { run(setups.verify(pool, id, OneTimeCode(guess), "phone")); }
    Refused refusal(std::string_view guess) {
        return refusal_of([&] { verify(guess); });
    }
    const UserId id;
    SoftwareTokenSetups setups{services};

private:
    std::string secret_;
};

TEST_F(SoftwareTokenTest, an_app_is_set_up_with_its_first_code) {
    EXPECT_EQ(refusal("123456").code, Errc::software_token_not_found);
    const auto shown = associate();
    EXPECT_EQ(shown.size(), 52U);
    EXPECT_EQ(shown, crypto::to_base32(bytes_of(pending())));
    EXPECT_FALSE(verified());
    EXPECT_EQ(refusal(other_than(code())), mismatch);
    const auto secret = pending();
    verify(code());
    EXPECT_EQ(verified(), secret);
    EXPECT_TRUE(user(id)->mfa.enabled.empty()) << "whether it is asked for is the user's preference";
}

TEST_F(SoftwareTokenTest, the_first_code_is_used_up_with_it) {
    associate();
    const auto step = totp::step_of(clock.now());
    verify(code());
    run(db->write([&](db::Transaction& tx) {
        directory::SoftwareTokens tokens(tx, sealer);
        EXPECT_FALSE(tokens.use_step(pool->id, id, step));
        EXPECT_TRUE(tokens.use_step(pool->id, id, step + 1));
    }));
    EXPECT_EQ(refusal(code()).code, Errc::software_token_not_found) << "nothing waits any more";
}

TEST_F(SoftwareTokenTest, a_code_is_of_the_present_step_or_its_neighbours) {
    associate();
    for (const int away : {-2, 2, 3}) EXPECT_EQ(refusal(code(away)), mismatch) << away;
    verify(code(-1));
    associate();
    verify(code(1));
}

TEST_F(SoftwareTokenTest, a_newer_secret_ends_the_one_that_waits) {
    associate();
    const auto of_first = code();
    associate();
    EXPECT_EQ(refusal(of_first), mismatch);
    EXPECT_NO_THROW(verify(code()));
}

TEST_F(SoftwareTokenTest, the_former_app_works_until_the_new_one_is_proven) {
    associate();
    verify(code());
    const auto former = verified();
    associate();
    EXPECT_EQ(verified(), former);
    verify(code());
    EXPECT_NE(verified(), former);
}

// Attack row 18.
TEST_F(SoftwareTokenTest, a_thousand_guesses_are_not_evaluated) {
    int evaluated = 0;
    for (int i = 0; i < 1000; ++i) {
        if (i % 5 == 0) associate();  // beginning anew gives no further guesses
        if (refusal(other_than(code())) == mismatch) ++evaluated;
    }
    EXPECT_EQ(evaluated, services.limits.software_token_guesses_per_hour);
    EXPECT_EQ(refusal(code()).code, Errc::software_token_mismatch) << "also the right one";
    EXPECT_FALSE(verified());
    clock.advance(1h);
    EXPECT_NO_THROW(verify(code()));
}

// Attack row 50.
TEST_F(SoftwareTokenTest, a_pool_without_apps_has_none) {
    associate();
    change_pool([](directory::Pool& changed) { changed.settings.SoftwareTokenMfaConfiguration.reset(); });
    const Refused none{Errc::software_token_not_found, "Software Token MFA has not been enabled by the userPool"};
    EXPECT_EQ(refusal_of([&] { run(setups.associate(pool, id)); }), none);
    EXPECT_EQ(refusal(code()), none);
}

TEST_F(SoftwareTokenTest, an_app_is_of_a_user_who_exists) {
    EXPECT_EQ(refusal_of([&] { run(setups.associate(pool, UserId("none"))); }).code, Errc::user_not_found);
}

TEST_F(SoftwareTokenTest, what_is_no_session_sets_up_nothing) {
    EXPECT_EQ(refusal_of([&] { run(setups.associate_in_session(std::string(40, 'x'), caller)); }), invalid_session);
    EXPECT_EQ(
        refusal_of([&] { run(setups.verify_in_session(std::string(40, 'x'), OneTimeCode("123456"), "", caller)); }),
        invalid_session);
}

}  // namespace
}  // namespace symbolon::signin
