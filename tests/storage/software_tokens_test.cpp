#include "directory/software_tokens.hpp"

#include "directory/deleted_pools.hpp"
#include "directory/password_history.hpp"
#include "directory/pending_attributes.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;

constexpr int many = 40;

class SoftwareTokensStore : public DirectoryTest {
protected:
    const Pool pool = create_pool("us-east-1_A");
    const User jane = create_user(pool, "jane-id", "jane");
    const User john = create_user(pool, "john-id", "john");

    void save_pending(const User& user, std::string_view secret) {
        write([&](db::Transaction& tx) {
            SoftwareTokens(tx, sealer_).save_pending(pool.id, user.id, SoftwareTokenSecret(secret), noon);
        });
    }
    bool verify(const User& user, std::int64_t step, std::string_view name = "phone") {
        return write([&](db::Transaction& tx) {
            return SoftwareTokens(tx, sealer_).verify_pending(pool.id, user.id, name, step);
        });
    }
    bool use(const User& user, std::int64_t step) {
        return write([&](db::Transaction& tx) { return SoftwareTokens(tx, sealer_).use_step(pool.id, user.id, step); });
    }
    std::optional<SoftwareToken> find(const User& user) {
        return read([&](db::Transaction& tx) { return SoftwareTokens(tx, sealer_).find(pool.id, user.id); });
    }
    std::optional<SoftwareToken> find_pending(const User& user) {
        return read([&](db::Transaction& tx) { return SoftwareTokens(tx, sealer_).find_pending(pool.id, user.id); });
    }
    std::int64_t count(std::string_view sql) {
        return read([&](db::Transaction& tx) { return tx.row<Count>(sql)->rows; });
    }
    std::int64_t rows() { return count("SELECT COUNT(*) AS rows FROM software_tokens"); }
};

TEST_P(SoftwareTokensStore, an_app_that_is_set_up_counts_once_it_is_verified) {
    EXPECT_FALSE(find_pending(jane));
    EXPECT_FALSE(verify(jane, 7)) << "there is nothing to verify";
    save_pending(jane, std::string_view("secret\0one", 10));
    EXPECT_FALSE(find(jane));
    EXPECT_EQ(find_pending(jane)->secret.reveal(), std::string_view("secret\0one", 10));
    EXPECT_FALSE(use(jane, 7)) << "a pending app opens nothing";

    EXPECT_TRUE(verify(jane, 7));
    EXPECT_FALSE(find_pending(jane));
    const auto token = find(jane);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->secret.reveal(), std::string_view("secret\0one", 10));
    EXPECT_EQ(token->friendly_name, "phone");
    EXPECT_EQ(token->last_step, 7);
    EXPECT_TRUE(read([&](db::Transaction& tx) { return SoftwareTokens(tx, sealer_).has(pool.id, jane.id); }));
    EXPECT_FALSE(find(john));
}

TEST_P(SoftwareTokensStore, a_new_app_takes_over_when_it_is_verified_and_not_before) {
    save_pending(jane, "first");
    ASSERT_TRUE(verify(jane, 7));
    save_pending(jane, "second");
    save_pending(jane, "third");
    EXPECT_EQ(find(jane)->secret.reveal(), "first");
    EXPECT_EQ(find_pending(jane)->secret.reveal(), "third") << "a newer secret takes the place of a pending one";
    EXPECT_TRUE(verify(jane, 3, "tablet"));
    EXPECT_EQ(find(jane)->secret.reveal(), "third");
    EXPECT_EQ(find(jane)->last_step, 3) << "time steps are of one secret";
    EXPECT_EQ(rows(), 1);
}

// Attack class 20.
TEST_P(SoftwareTokensStore, a_time_step_is_used_once_and_none_before_it) {
    save_pending(jane, "secret");
    ASSERT_TRUE(verify(jane, 7));
    EXPECT_FALSE(use(jane, 7)) << "used when the app was verified";
    EXPECT_FALSE(use(jane, 6));
    EXPECT_TRUE(use(jane, 8));
    EXPECT_FALSE(use(jane, 8));
    EXPECT_FALSE(use(jane, 7));
    EXPECT_TRUE(use(jane, 10));
    EXPECT_FALSE(use(jane, 9));
    EXPECT_FALSE(use(john, 11)) << "of who has none";
}

// Attack class 19.
TEST_P(SoftwareTokensStore, of_many_who_use_one_time_step_at_once_one_succeeds) {
    save_pending(jane, "secret");
    ASSERT_TRUE(verify(jane, 7));
    std::atomic<int> succeeded = 0;
    run_in_parallel(many, [&] { succeeded += use(jane, 8) ? 1 : 0; });
    EXPECT_EQ(succeeded, 1);
}

TEST_P(SoftwareTokensStore, of_many_who_verify_one_app_at_once_one_succeeds) {
    save_pending(jane, "secret");
    std::atomic<int> succeeded = 0;
    run_in_parallel(many, [&] { succeeded += verify(jane, 7) ? 1 : 0; });
    EXPECT_EQ(succeeded, 1);
    EXPECT_EQ(find(jane)->last_step, 7);
}

TEST_P(SoftwareTokensStore, a_secret_opens_in_its_own_row_only) {
    save_pending(jane, "secret");
    ASSERT_TRUE(verify(jane, 7));
    execute("UPDATE software_tokens SET user_id = 'john-id'");
    EXPECT_EQ(refusal_of([&] { find(john); }), Errc::internal);
}

TEST_P(SoftwareTokensStore, a_removed_app_is_gone_with_the_pending_one) {
    save_pending(jane, "first");
    ASSERT_TRUE(verify(jane, 7));
    save_pending(jane, "second");
    write([&](db::Transaction& tx) { SoftwareTokens(tx, sealer_).erase(pool.id, jane.id); });
    EXPECT_FALSE(find(jane));
    EXPECT_FALSE(find_pending(jane));
}

TEST_P(SoftwareTokensStore, nothing_of_a_user_stays_behind) {
    for (const User& user : {jane, john}) {
        save_pending(user, "first");
        ASSERT_TRUE(verify(user, 7));
        save_pending(user, "second");
        write([&](db::Transaction& tx) {
            PendingAttributes(tx).save(pool.id, user.id, "email", "new@example.com");
            auto with_password = user;
            with_password.password_hash = "hash";
            PasswordHistory(tx).remember(with_password, 3);
        });
    }
    write([&](db::Transaction& tx) { Users(tx).erase(pool, jane.id); });
    EXPECT_EQ(rows(), 2);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM pending_attributes"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM password_history"), 1);
    EXPECT_TRUE(find(john));
}

TEST_P(SoftwareTokensStore, nothing_of_a_deleted_pool_stays_behind) {
    save_pending(jane, "first");
    ASSERT_TRUE(verify(jane, 7));
    save_pending(jane, "second");
    write([&](db::Transaction& tx) {
        PendingAttributes(tx).save(pool.id, jane.id, "email", "new@example.com");
        auto with_password = jane;
        with_password.password_hash = "hash";
        PasswordHistory(tx).remember(with_password, 3);
        Pools(tx).erase(pool.id);
    });
    while (read([](db::Transaction& tx) { return any_deleted(tx, noon); }))
        write([](db::Transaction& tx) { return remove_deleted(tx, noon, 1); });
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM pending_attributes"), 0);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM password_history"), 0);
}

class PasswordHistoryStore : public DirectoryTest {
protected:
    const Pool pool = create_pool("us-east-1_A");
    User jane = create_user(pool, "jane-id", "jane");

    void change(const std::string& hash, int size) {
        write([&](db::Transaction& tx) {
            auto user = *Users(tx).find(pool.id, jane.id);
            PasswordHistory(tx).remember(user, size);
            user.password_hash = hash;
            Users(tx).save(pool, user);
        });
    }
    std::vector<std::string> list(int size) {
        return read(
            [&](db::Transaction& tx) { return PasswordHistory(tx).list(*Users(tx).find(pool.id, jane.id), size); });
    }
    using Hashes = std::vector<std::string>;
};

TEST_P(PasswordHistoryStore, the_last_passwords_are_the_present_one_and_those_before_it) {
    EXPECT_EQ(list(3), Hashes{}) << "a user without a password";
    for (const char* hash : {"a", "b", "c", "d", "e"}) change(hash, 3);
    EXPECT_EQ(list(3), (Hashes{"e", "d", "c"}));
    EXPECT_EQ(list(2), (Hashes{"e", "d"}));
    EXPECT_EQ(list(1), Hashes{"e"});
    EXPECT_EQ(list(0), Hashes{});
    EXPECT_EQ(list(24), (Hashes{"e", "d", "c"})) << "older ones are forgotten";
}

TEST_P(PasswordHistoryStore, where_nothing_is_asked_for_nothing_is_kept) {
    for (const char* hash : {"a", "b", "c"}) change(hash, 24);
    EXPECT_EQ(list(24).size(), 3U);
    change("d", 0);
    EXPECT_EQ(list(24), Hashes{"d"});
    change("e", 1);
    EXPECT_EQ(list(24), Hashes{"e"});
}

TEST_P(PasswordHistoryStore, a_user_without_a_password_keeps_what_was_before) {
    change("a", 3);
    change("", 3);
    change("b", 3);
    EXPECT_EQ(list(3), (Hashes{"b", "a"}));
}

class PendingAttributesStore : public DirectoryTest {
protected:
    const Pool pool = create_pool("us-east-1_A");
};

TEST_P(PendingAttributesStore, one_value_of_each_attribute_waits) {
    const UserId jane("jane-id");
    const UserId john("john-id");
    write([&](db::Transaction& tx) {
        PendingAttributes pending(tx);
        pending.save(pool.id, jane, "email", "a@example.com");
        pending.save(pool.id, jane, "email", "b@example.com");
        pending.save(pool.id, jane, "phone_number", "+14155550123");
        EXPECT_EQ(pending.find(pool.id, jane, "email"), "b@example.com");
        EXPECT_EQ(pending.find(pool.id, jane, "phone_number"), "+14155550123");
        EXPECT_EQ(pending.find(pool.id, john, "email"), std::nullopt);
        EXPECT_EQ(pending.find(PoolId("us-east-1_B"), jane, "email"), std::nullopt);
        pending.erase(pool.id, jane, "email");
        EXPECT_EQ(pending.find(pool.id, jane, "email"), std::nullopt);
        EXPECT_EQ(pending.find(pool.id, jane, "phone_number"), "+14155550123");
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, SoftwareTokensStore, engines(), engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, PasswordHistoryStore, engines(), engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, PendingAttributesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
