#include "directory/cleaning.hpp"
#include "directory/web_authn_credentials.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

const ClientId app("app");

Bytes id(int number) {
    return Bytes{0xC0, static_cast<std::uint8_t>(number), 0x00};
}

class PasskeysStore : public DirectoryTest {
protected:
    static WebAuthnCredential make(int number, const UserId& user = alice, const PoolId& pool = pool_a) {
        return {.pool_id = pool,
                .user_id = user,
                .id = id(number),
                .friendly_name = "Passkey",
                .relying_party_id = "example.com",
                .attachment = "platform",
                .transports = {"internal", "hybrid"},
                .public_key = Bytes{1, 2, 3},
                .sign_count = 4'000'000'000,
                .created = noon + std::chrono::seconds(-number)};
    }
    bool create(const WebAuthnCredential& credential) {
        return write([&](db::Transaction& tx) { return WebAuthnCredentials(tx).create(credential); });
    }
    std::optional<WebAuthnCredential> find(int number, const UserId& user = alice, const PoolId& pool = pool_a) {
        return read([&](db::Transaction& tx) { return WebAuthnCredentials(tx).find(pool, user, id(number)); });
    }
    bool move(const WebAuthnCredential& credential, std::uint32_t count) {
        return write([&](db::Transaction& tx) { return WebAuthnCredentials(tx).move_sign_count(credential, count); });
    }
    bool erase(int number, const UserId& user = alice, const PoolId& pool = pool_a) {
        return write([&](db::Transaction& tx) { return WebAuthnCredentials(tx).erase(pool, user, id(number)); });
    }
};

TEST_P(PasskeysStore, keeps_a_passkey_as_it_is) {
    EXPECT_TRUE(create(make(1)));
    const auto kept = find(1);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->id, id(1));
    EXPECT_EQ(kept->friendly_name, "Passkey");
    EXPECT_EQ(kept->relying_party_id, "example.com");
    EXPECT_EQ(kept->attachment, "platform");
    EXPECT_EQ(kept->transports, (std::vector<std::string>{"internal", "hybrid"}));
    EXPECT_EQ(kept->public_key, (Bytes{1, 2, 3}));
    EXPECT_EQ(kept->sign_count, 4'000'000'000U);
    EXPECT_EQ(kept->created, noon - 1s);
}

TEST_P(PasskeysStore, an_id_is_unique_within_the_pool) {
    EXPECT_TRUE(create(make(1)));
    EXPECT_FALSE(create(make(1)));
    EXPECT_FALSE(create(make(1, bob))) << "of whomever";
    EXPECT_TRUE(create(make(1, alice, pool_b)));
    EXPECT_FALSE(find(1, bob));
}

TEST_P(PasskeysStore, lists_the_oldest_first) {
    for (const int number : {1, 3, 2}) EXPECT_TRUE(create(make(number)));
    EXPECT_TRUE(create(make(9, bob)));
    const auto all = read([](db::Transaction& tx) { return WebAuthnCredentials(tx).of_user(pool_a, alice); });
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].id, id(3));
    EXPECT_EQ(all[1].id, id(2));
    EXPECT_EQ(all[2].id, id(1));
}

TEST_P(PasskeysStore, says_whether_there_is_any) {
    const auto has = [&](const UserId& user) {
        return read([&](db::Transaction& tx) { return WebAuthnCredentials(tx).has_any(pool_a, user); });
    };
    EXPECT_TRUE(create(make(1)));
    EXPECT_TRUE(has(alice));
    EXPECT_FALSE(has(bob));
}

TEST_P(PasskeysStore, a_user_has_twenty_at_most) {
    for (int number = 0; number < 20; ++number) EXPECT_TRUE(create(make(number)));
    EXPECT_EQ(refusal_of([&] { create(make(20)); }), Errc::limit_exceeded);
    EXPECT_TRUE(create(make(21, bob)));
    EXPECT_TRUE(erase(7));
    EXPECT_TRUE(create(make(20)));
}

TEST_P(PasskeysStore, moves_a_counter_once) {
    auto credential = make(1);
    credential.sign_count = 5;
    EXPECT_TRUE(create(credential));
    EXPECT_TRUE(move(credential, 6));
    EXPECT_FALSE(move(credential, 7)) << "it was checked against a counter that is gone";
    EXPECT_EQ(find(1)->sign_count, 6U);
}

TEST_P(PasskeysStore, removes_one_of_its_owner) {
    EXPECT_TRUE(create(make(1)));
    EXPECT_FALSE(erase(1, bob));
    EXPECT_FALSE(erase(1, alice, pool_b));
    EXPECT_FALSE(erase(2));
    EXPECT_TRUE(erase(1));
    EXPECT_FALSE(erase(1));
    EXPECT_FALSE(find(1));
}

class ChallengesStore : public DirectoryTest {
protected:
    void save(std::uint8_t byte, const UserId& user = alice) {
        write(
            [&](db::Transaction& tx) { WebAuthnChallenges(tx).save(pool_a, user, app, Bytes(32, byte), noon + 300s); });
    }
    std::optional<WebAuthnChallenges::Challenge> find(Instant now = noon, const UserId& user = alice,
                                                      const PoolId& pool = pool_a) {
        return read([&](db::Transaction& tx) { return WebAuthnChallenges(tx).find(pool, user, now); });
    }
    bool spend(const WebAuthnChallenges::Challenge& challenge) {
        return write([&](db::Transaction& tx) { return WebAuthnChallenges(tx).spend(pool_a, alice, challenge); });
    }
};

// Attack row 42.
TEST_P(ChallengesStore, is_good_once_and_until_its_time) {
    save(1);
    const auto challenge = find();
    ASSERT_TRUE(challenge);
    EXPECT_EQ(challenge->challenge, Bytes(32, 1));
    EXPECT_EQ(challenge->client, app);
    EXPECT_TRUE(find(noon + 300s - 1ms));
    EXPECT_FALSE(find(noon + 300s));
    EXPECT_FALSE(find(noon, bob));
    EXPECT_FALSE(find(noon, alice, pool_b));
    EXPECT_TRUE(spend(*challenge));
    EXPECT_FALSE(spend(*challenge));
    EXPECT_FALSE(find());
}

TEST_P(ChallengesStore, is_good_once_for_many_at_a_time) {
    save(1);
    const auto challenge = find();
    ASSERT_TRUE(challenge);
    std::atomic<int> spent = 0;
    run_in_parallel(16, [&] {
        if (spend(*challenge)) ++spent;
    });
    EXPECT_EQ(spent, 1);
}

TEST_P(ChallengesStore, a_new_one_ends_the_former) {
    save(1);
    const auto former = find();
    save(2);
    EXPECT_FALSE(spend(*former));
    EXPECT_EQ(find()->challenge, Bytes(32, 2)) << "the new one stays";
}

TEST_P(ChallengesStore, is_removed_when_its_time_has_passed) {
    save(1);
    const auto clean = [&](Instant now) {
        return write([&](db::Transaction& tx) { return remove_expired(tx, now, 100); });
    };
    EXPECT_EQ(clean(noon + 299s), 0);
    EXPECT_TRUE(read([](db::Transaction& tx) { return any_expired(tx, noon + 300s); }));
    EXPECT_EQ(clean(noon + 300s), 1);
    EXPECT_FALSE(read([](db::Transaction& tx) { return any_expired(tx, noon + 300s); }));
}

TEST_P(ChallengesStore, goes_with_its_user_as_passkeys_do) {
    const auto pool = create_pool("us-east-1_a");
    const auto user = create_user(pool, "id-1", "alice");
    save(1);
    const auto credential = WebAuthnCredential{.pool_id = pool.id, .user_id = user.id, .id = id(1), .created = noon};
    write([&](db::Transaction& tx) {
        EXPECT_TRUE(WebAuthnCredentials(tx).create(credential));
        Users(tx).erase(pool, user.id);
    });
    EXPECT_FALSE(find());
    EXPECT_FALSE(read([&](db::Transaction& tx) { return WebAuthnCredentials(tx).has_any(pool.id, user.id); }));
}

INSTANTIATE_TEST_SUITE_P(Engines, PasskeysStore, engines(), engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, ChallengesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
