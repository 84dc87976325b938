// What people change about their own accounts; the pages that let them are in tests/pages/account_test.cpp.
#include "signin/own_account.hpp"

#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"
#include "directory/user_sessions.hpp"
#include "signin/house.hpp"
#include "signin/software_token.hpp"

namespace symbolon::signin {
namespace {

class OwnAccountTest : public House {
protected:
    OwnAccountTest() {
        change_pool([](directory::Pool& changed) {
            changed.settings.SoftwareTokenMfaConfiguration = directory::SoftwareTokenMfaConfigType{true};
        });
    }
    /// The id of a browser's session.
    std::string begin_session(const UserId& owner) {
        run(sessions.begin(pool, {pool->id, client->id, owner, owner.str(), clock.now()}, "Test/1"));
        return list(owner).front().id;
    }
    std::vector<directory::UserSession> list(const UserId& owner) {
        const auto found = *user(owner);
        return run(db->read([&](db::Transaction& tx) {
            return directory::UserSessions(tx, sealer).list(found, std::nullopt, 10, clock.now());
        }));
    }
    const UserId id = add_user();
    OwnAccount account{services};
};

TEST_F(OwnAccountTest, a_session_is_ended_by_its_owner_alone) {
    const auto johns = add_user(john);
    const auto session = begin_session(id);
    run(account.end_session(pool, johns, session));
    EXPECT_EQ(list(id).size(), 1U);
    run(account.end_session(pool, id, session));
    EXPECT_TRUE(list(id).empty());
    run(account.end_session(pool, id, session));  // pressed twice
}

TEST_F(OwnAccountTest, who_is_gone_changes_nothing) {
    const UserId gone("11111111-2222-4333-8444-555555555555");
    run(account.end_session(pool, gone, "x"));
    MfaChange change;
    change.sms = FactorSetting{true, true};
    run(account.set_factors(pool, gone, change));
}

TEST_F(OwnAccountTest, the_last_factor_stays_where_the_pool_wants_one) {
    MfaChange change;
    change.sms = FactorSetting{true, std::nullopt};
    run(account.set_factors(pool, id, change));
    EXPECT_TRUE(user(id)->mfa.has(directory::MfaFactor::SMS_MFA));
    change.sms = FactorSetting{false, std::nullopt};
    EXPECT_EQ(refusal_of([&] { run(account.set_factors(pool, id, change)); }).code, Errc::invalid_parameter);
}

TEST_F(OwnAccountTest, an_app_is_asked_first_once_it_gave_a_right_code) {
    SoftwareTokenSetups setups(services);
    run(setups.associate(pool, id));
    const auto secret = run(db->read([&](db::Transaction& tx) {
        return std::string(directory::SoftwareTokens(tx, sealer).find_pending(pool->id, id)->secret.reveal());
    }));
    const auto right = crypto::totp::make_code(bytes_of(secret), crypto::totp::step_of(clock.now()));
    EXPECT_EQ(refusal_of([&] { run(account.adopt_software_token(pool, id, OneTimeCode(other_than(right)), "")); }).code,
              Errc::software_token_mismatch);
    EXPECT_FALSE(user(id)->mfa.preferred);
    run(account.adopt_software_token(pool, id, OneTimeCode(right), "phone"));
    EXPECT_EQ(user(id)->mfa.preferred, directory::MfaFactor::SOFTWARE_TOKEN_MFA);
}

}  // namespace
}  // namespace symbolon::signin
