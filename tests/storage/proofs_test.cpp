// One-time codes, spent proofs, attempts, authorization codes: what may be used once or tried a few times.

#include "directory/attempts.hpp"
#include "directory/codes.hpp"
#include "directory/grants.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::Attempts;
using directory::AuthorizationCode;
using directory::AuthorizationCodes;
using directory::CodePurpose;
using directory::OneTimeCodes;
using directory::SpentProofs;
using Result = OneTimeCodes::Result;

class CodesStore : public DirectoryTest {
protected:
    void save(const std::string& code, CodePurpose purpose = CodePurpose::sign_up,
              const std::string& binding = "phone") {
        write([&](db::Transaction& tx) {
            OneTimeCodes(tx, sealer_).save(pool_a, alice, purpose, binding, OneTimeCode(code), noon + 180s);
        });
    }
    Result guess(const std::string& code, Instant now = noon, const PoolId& pool = pool_a, const UserId& user = alice,
                 CodePurpose purpose = CodePurpose::sign_up, const std::string& binding = "phone") {
        return write([&](db::Transaction& tx) {
            return OneTimeCodes(tx, sealer_).consume(pool, user, purpose, binding, OneTimeCode(code), now, 5);
        });
    }
};

TEST_P(CodesStore, takes_a_right_code_once) {
    save("123456");
    EXPECT_EQ(guess("123456"), Result::right);
    EXPECT_EQ(guess("123456"), Result::expired);
}

// Attack row 20: a code dies at its time, after its use and when another is sent.
TEST_P(CodesStore, lets_a_code_die_at_its_time) {
    save("123456");
    EXPECT_EQ(guess("123456", noon + 180s), Result::expired);
    EXPECT_EQ(guess("123456", noon + 180s - 1ms), Result::right);
}

TEST_P(CodesStore, lets_a_code_die_when_another_is_sent) {
    save("123456");
    save("654321");
    EXPECT_EQ(guess("123456"), Result::wrong);
    EXPECT_EQ(guess("654321"), Result::right);
}

// Attack row 18: a thousand guesses, and the right one among the later ones is of no use.
TEST_P(CodesStore, locks_after_five_wrong_guesses_even_for_the_right_code) {
    save("123456");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(guess("00000" + std::to_string(i)), Result::wrong);
    for (int i = 0; i < 995; ++i) ASSERT_EQ(guess("123456"), Result::locked);
    save("777777");
    EXPECT_EQ(guess("777777"), Result::right) << "a new code has tries of its own";
}

TEST_P(CodesStore, binds_a_code_to_pool_user_purpose_and_step) {
    save("123456");
    EXPECT_EQ(guess("123456", noon, pool_b), Result::expired);
    EXPECT_EQ(guess("123456", noon, pool_a, UserId("id-2")), Result::expired);
    EXPECT_EQ(guess("123456", noon, pool_a, alice, CodePurpose::recovery), Result::expired);
    EXPECT_EQ(guess("123456", noon, pool_a, alice, CodePurpose::sign_up, "email"), Result::expired);
    EXPECT_EQ(guess("123456"), Result::right) << "and none of these tries was counted";
}

TEST_P(CodesStore, keeps_one_code_for_each_purpose) {
    save("111111", CodePurpose::sign_up);
    save("222222", CodePurpose::sms_mfa);
    EXPECT_EQ(guess("222222", noon, pool_a, alice, CodePurpose::sms_mfa), Result::right);
    EXPECT_EQ(guess("111111"), Result::right);
    save("333333");
    write([&](db::Transaction& tx) { OneTimeCodes(tx, sealer_).erase(pool_a, alice, CodePurpose::sign_up); });
    EXPECT_EQ(guess("333333"), Result::expired);
}

// Attack row 19.
TEST_P(CodesStore, evaluates_no_more_than_five_of_many_parallel_guesses) {
    save("123456");
    std::atomic<int> wrong = 0, locked = 0;
    run_in_parallel(200, [&] {
        const auto result = guess("000000");
        if (result == Result::wrong) ++wrong;
        if (result == Result::locked) ++locked;
    });
    EXPECT_EQ(wrong, 5);
    EXPECT_EQ(locked, 195);
}

TEST_P(CodesStore, gives_a_right_code_to_one_of_many_parallel_guesses) {
    save("123456");
    std::atomic<int> right = 0;
    run_in_parallel(50, [&] { right += guess("123456") == Result::right ? 1 : 0; });
    EXPECT_EQ(right, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, CodesStore, engines(), engine_name);

class AttemptsStore : public DirectoryTest {
protected:
    bool count(Instant now, const std::string& subject = "s", const PoolId& pool = pool_a,
               const std::string& kind = "k") {
        return write([&](db::Transaction& tx) { return Attempts(tx).count(pool, kind, subject, 3, 60s, now); });
    }
    bool begin_try(Instant now) {
        return write([&](db::Transaction& tx) { return Attempts(tx).begin_try(pool_a, "password", "s", now); });
    }
    void fail(Instant now) {
        write([&](db::Transaction& tx) { Attempts(tx).count_failure(pool_a, "password", "s", now); });
    }
    bool is_locked(Instant now) {
        return read([&](db::Transaction& tx) { return Attempts(tx).is_locked(pool_a, "password", "s", now); });
    }
    void forget() {
        write([&](db::Transaction& tx) { Attempts(tx).forget(pool_a, "password", "s"); });
    }
};

TEST_P(AttemptsStore, lets_a_few_through_in_a_window_that_began_with_the_first) {
    EXPECT_TRUE(count(noon));
    EXPECT_TRUE(count(noon + 30s));
    EXPECT_TRUE(count(noon + 59s));
    EXPECT_FALSE(count(noon + 59s + 999ms));
    EXPECT_TRUE(count(noon + 60s)) << "a new window";
    EXPECT_TRUE(count(noon + 61s));
    EXPECT_TRUE(count(noon + 62s));
    EXPECT_FALSE(count(noon + 119s));
}

TEST_P(AttemptsStore, counts_each_pool_kind_and_subject_alone) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(count(noon));
    EXPECT_FALSE(count(noon));
    EXPECT_TRUE(count(noon, "t"));
    EXPECT_TRUE(count(noon, "s", pool_b));
    EXPECT_TRUE(count(noon, "s", pool_a, "l"));
}

// Attack row 19.
TEST_P(AttemptsStore, lets_no_more_through_when_they_come_at_once) {
    std::atomic<int> through = 0;
    run_in_parallel(200, [&] { through += count(noon) ? 1 : 0; });
    EXPECT_EQ(through, 3);
}

TEST_P(AttemptsStore, locks_longer_with_every_failure_after_the_fifth) {
    Instant now = noon;
    for (int i = 0; i < 4; ++i) fail(now);
    EXPECT_FALSE(is_locked(now));
    for (int n = 5; n <= 17; ++n) {
        fail(now);
        const auto lock = n < 15 ? std::chrono::seconds(1 << (n - 5)) : 900s;
        EXPECT_TRUE(is_locked(now + lock - 1ms)) << n;
        fail(now + lock - 1ms);  // not counted
        EXPECT_FALSE(is_locked(now + lock)) << n;
        if (n >= 15) break;  // then the quarter of an hour has passed as well
        now += lock;
    }
}

TEST_P(AttemptsStore, forgets_failures_after_a_quarter_of_an_hour_or_when_told) {
    for (int i = 0; i < 4; ++i) fail(noon);
    fail(noon + 15min);
    EXPECT_FALSE(is_locked(noon + 15min));
    for (int i = 0; i < 4; ++i) fail(noon + 15min);
    EXPECT_TRUE(is_locked(noon + 15min));
    forget();
    EXPECT_FALSE(is_locked(noon + 15min));
}

TEST_P(AttemptsStore, begins_no_more_than_five_tries_when_they_come_at_once) {
    std::atomic<int> begun = 0;
    run_in_parallel(200, [&] { begun += begin_try(noon) ? 1 : 0; });
    EXPECT_EQ(begun, 5);
    EXPECT_TRUE(is_locked(noon));
    EXPECT_TRUE(begin_try(noon + 1s));
    EXPECT_FALSE(begin_try(noon + 1s));
}

INSTANTIATE_TEST_SUITE_P(Engines, AttemptsStore, engines(), engine_name);

class ProofsStore : public DirectoryTest {};

TEST_P(ProofsStore, lets_one_of_many_spend_a_proof) {
    std::atomic<int> first = 0;
    run_in_parallel(50, [&] {
        first += write([&](db::Transaction& tx) { return SpentProofs(tx).spend(pool_a, "p", noon); }) ? 1 : 0;
    });
    EXPECT_EQ(first, 1);
    read([&](db::Transaction& tx) {
        EXPECT_TRUE(SpentProofs(tx).is_spent(pool_a, "p"));
        EXPECT_FALSE(SpentProofs(tx).is_spent(pool_b, "p"));
        EXPECT_FALSE(SpentProofs(tx).is_spent(pool_a, "q"));
    });
    EXPECT_TRUE(write([&](db::Transaction& tx) { return SpentProofs(tx).spend(pool_b, "p", noon); }));
}

TEST_P(ProofsStore, lets_one_of_many_use_an_authorization_code_and_remembers_it) {
    AuthorizationCode code;
    code.pool_id = pool_a;
    code.code_hash = Bytes{1, 2, 3};
    code.client_id = ClientId("c");
    code.details = {.user_id = "id-1",
                    .redirect_uri = "https://ok.example/cb",
                    .redirect_uri_sent = true,
                    .scopes = {"openid", "phone"},
                    .nonce = "n",
                    .code_challenge = "cc",
                    .auth_ms = 5,
                    .username = "u"};
    code.grant_id = "g";
    code.expires = noon + 300s;
    write([&](db::Transaction& tx) { AuthorizationCodes(tx).create(code); });
    std::atomic<int> first = 0;
    run_in_parallel(50, [&] {
        first += write([&](db::Transaction& tx) { return AuthorizationCodes(tx).use(code, noon); }) ? 1 : 0;
    });
    EXPECT_EQ(first, 1);
    const auto found =
        read([&](db::Transaction& tx) { return AuthorizationCodes(tx).find(pool_a, code.code_hash).value(); });
    EXPECT_TRUE(found.used);
    EXPECT_EQ(found.details.used_ms, to_ms(noon));
    EXPECT_EQ(found.client_id, code.client_id);
    EXPECT_EQ(found.grant_id, "g");
    EXPECT_EQ(found.expires, code.expires);
    EXPECT_EQ(found.details.user_id, "id-1");
    EXPECT_EQ(found.details.redirect_uri, "https://ok.example/cb");
    EXPECT_TRUE(found.details.redirect_uri_sent);
    EXPECT_EQ(found.details.scopes, (std::vector<std::string>{"openid", "phone"}));
    EXPECT_EQ(found.details.nonce, "n");
    EXPECT_EQ(found.details.code_challenge, "cc");
    EXPECT_EQ(found.details.auth_ms, 5);
    EXPECT_EQ(found.details.username, "u");
}

TEST_P(ProofsStore, lets_one_of_many_revoke_a_grant) {
    directory::Grant grant;
    grant.pool_id = pool_a;
    grant.id = "g";
    grant.user_id = alice;
    write([&](db::Transaction& tx) { directory::Grants(tx).create(grant); });
    std::atomic<int> first = 0;
    run_in_parallel(50, [&] {
        first += write([&](db::Transaction& tx) { return directory::Grants(tx).revoke(pool_a, "g"); }) ? 1 : 0;
    });
    EXPECT_EQ(first, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, ProofsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
