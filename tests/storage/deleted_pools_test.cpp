#include "directory/deleted_pools.hpp"

#include "directory/attempts.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/codes.hpp"
#include "directory/devices.hpp"
#include "directory/grants.hpp"
#include "directory/groups.hpp"
#include "directory/linked_identities.hpp"
#include "directory/log_lines.hpp"
#include "directory/pushed_requests.hpp"
#include "directory/token_status.hpp"
#include "directory/web_authn_credentials.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

constexpr int users_of_a_pool = 25;

class DeletedPoolsStore : public DirectoryTest {
protected:
    Pool fill(const std::string& id) {
        const Pool pool = create_pool(id);
        write([&](db::Transaction& tx) {
            Group group;
            group.pool_id = pool.id;
            group.name = group.id = "g";
            Groups(tx).create(group);
            for (int i = 0; i < users_of_a_pool; ++i) {
                const std::string name = std::to_string(i);
                const Bytes hash{static_cast<std::uint8_t>(i)};
                const UserId user("id-" + name);
                Users(tx).create(pool, make_user(pool, user.str(), name));
                Groups(tx).add(group, user);
                LinkedIdentities(tx).add(pool.id, {"Partner", "Cognito_Subject", name}, user, noon);
                Grant grant;
                grant.pool_id = pool.id;
                grant.id = name;
                grant.user_id = user;
                grant.expires = noon + 1h;
                Grants(tx).create(grant);
                AuthorizationCode code;
                code.pool_id = pool.id;
                code.code_hash = hash;
                AuthorizationCodes(tx).create(code);
                BrowserSessions(tx).create({.pool_id = pool.id, .hash = hash, .user_id = user});
                OneTimeCodes(tx, sealer_).save(pool.id, user, CodePurpose::recovery, "b", OneTimeCode("1"), noon + 1h);
                EXPECT_TRUE(SpentProofs(tx).spend(pool.id, name, noon));
                Devices(tx, sealer_)
                    .create({.pool_id = pool.id,
                             .user_id = user,
                             .key = "r_1",
                             .group_key = "",
                             .name = "",
                             .verifier = {hash, crypto::srp::VerifierValue("v")},
                             .last_address = ""});
                EXPECT_TRUE(WebAuthnCredentials(tx).create({.pool_id = pool.id, .user_id = user, .id = hash}));
                WebAuthnChallenges(tx).save(pool.id, user, ClientId("c"), hash, noon);
                LogLines(tx).put({pool.id, name, "arn", "{}"}, noon);
                PushedRequests(tx).create({pool.id, hash, ClientId("c"), "p", false, noon});
                EXPECT_TRUE(Attempts(tx).count(pool.id, "k", name, 1, 60s, noon));
            }
        });
        return pool;
    }
    void erase(const Pool& pool) {
        write([&](db::Transaction& tx) { Pools(tx).erase(pool.id); });
    }
    std::int64_t remove(int limit) {
        return write([&](db::Transaction& tx) { return remove_deleted(tx, noon, limit); });
    }
    bool any() {
        return read([](db::Transaction& tx) { return any_deleted(tx, noon); });
    }
    /// Of all tables that hold what belongs to a pool.
    std::int64_t rows_of(const Pool& pool) {
        std::int64_t rows = 0;
        for (const std::string_view table :
             {"users", "user_names", "one_time_codes", "attempts", "spent_proofs", "browser_sessions",
              "authorization_codes", "grants", "messages", "group_members", "groups_of_users", "user_groups",
              "linked_identities", "identities_of_users", "devices", "log_lines", "pushed_requests",
              "web_authn_credentials", "web_authn_challenges"}) {
            const auto sql = "SELECT COUNT(*) AS rows FROM " + std::string(table) + " WHERE pool_id = $1";
            rows += read([&](db::Transaction& tx) { return tx.row<Count>(sql, pool.id)->rows; });
        }
        return rows;
    }
};

TEST_P(DeletedPoolsStore, go_in_steps_and_leave_others_alone) {
    const Pool gone = fill("us-east-1_a");
    const Pool stays = fill("us-east-1_b");
    const auto rows = rows_of(gone);
    EXPECT_GE(rows, 12 * users_of_a_pool);
    EXPECT_FALSE(any());
    erase(gone);

    EXPECT_TRUE(any());
    EXPECT_EQ(rows_of(gone), rows) << "nothing is removed at once";
    const auto first = remove(10);
    EXPECT_GE(first, 120) << "ten rows of each table";
    EXPECT_LE(first, rows / 2);
    EXPECT_EQ(rows_of(gone), rows - first);
    int steps = 1;
    for (; any(); ++steps) remove(10);
    EXPECT_EQ(steps, 4) << "the last step finds nothing";
    EXPECT_EQ(rows_of(gone), 0);
    EXPECT_EQ(rows_of(stays), rows);
}

TEST_P(DeletedPoolsStore, honour_no_token_from_the_first_moment) {
    const Pool pool = fill("us-east-1_a");
    const auto status = [&] {
        return read([&](db::Transaction& tx) { return find_token_status(tx, pool.id, UserId("id-1"), "1"); });
    };
    EXPECT_TRUE(status());
    erase(pool);
    EXPECT_FALSE(status());
}

TEST_P(DeletedPoolsStore, are_remembered_until_all_is_removed) {
    const Pool pool = fill("us-east-1_a");
    erase(pool);
    const auto remembered = [&] {
        return read([&](db::Transaction& tx) { return DeletedPools(tx).contains(pool.id); });
    };
    EXPECT_TRUE(remembered());
    while (any()) remove(100);
    EXPECT_FALSE(remembered());
}

INSTANTIATE_TEST_SUITE_P(Engines, DeletedPoolsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
