// What has an end is removed after it, and nothing else is.

#include "directory/cleaning.hpp"

#include "db/migrate.hpp"
#include "directory/access_tokens.hpp"
#include "directory/attempts.hpp"
#include "directory/auth_events.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/claims.hpp"
#include "directory/codes.hpp"
#include "directory/device_authorizations.hpp"
#include "directory/federation_requests.hpp"
#include "directory/grants.hpp"
#include "directory/log_lines.hpp"
#include "directory/pushed_requests.hpp"
#include "directory/web_authn_credentials.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

/// The tables of the schema whose rows end at a time: those with a column expires_ms or until_ms.
std::vector<std::string> tables_with_an_end() {
    constexpr std::string_view begin = "CREATE TABLE ";
    std::vector<std::string> names;
    for (const auto& migration : db::server_migrations()) {
        const std::string_view text = migration.text;
        for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
            const auto name = text.substr(at + begin.size(), text.find(" (", at) - at - begin.size());
            const auto columns = text.substr(at, text.find("\n)", at) - at);
            const bool ends =
                columns.find(" expires_ms ") != columns.npos || columns.find(" until_ms ") != columns.npos;
            if (ends) names.emplace_back(name);
        }
    }
    return names;
}

class Cleaning : public DirectoryTest {
protected:
    static inline const PoolId pool{"us-east-1_a"};

    /// A row of every table with an end, that may be removed from `end` on. `number` tells them apart.
    void make_rows(int number, Instant end) {
        const std::string id = std::to_string(number);
        const Bytes hash{static_cast<std::uint8_t>(number)};
        write([&](db::Transaction& tx) {
            OneTimeCodes(tx, sealer_).save(pool, UserId(id), CodePurpose::sign_up, "b", OneTimeCode("1"), end);
            EXPECT_TRUE(SpentProofs(tx).spend(pool, id, end));
            BrowserSessions(tx).create({.pool_id = pool, .hash = hash, .expires = end});
            AuthorizationCode code;
            code.pool_id = pool;
            code.code_hash = hash;
            code.expires = end;
            AuthorizationCodes(tx).create(code);
            Grant grant;
            grant.pool_id = pool;
            grant.id = id;
            grant.expires = end;
            Grants(tx).create(grant);
            AuthEvent event;
            event.pool_id = pool;
            event.user_id = UserId(id);
            event.details.CreationDate = end - 2 * 365 * 24h;
            AuthEvents(tx).put(event);
            WebAuthnChallenges(tx).save(pool, UserId(id), ClientId("c"), hash, end);
            LogLines(tx).put({pool, id, "arn", "{}"}, end - 24h);
            PushedRequests(tx).create({pool, hash, ClientId("c"), "p", false, end});
            AccessTokens(tx).create({pool, hash, {}, end});
            DeviceAuthorization device{.pool_id = pool};
            device.device_code_hash = device.user_code_hash = hash;
            device.expires = end;
            EXPECT_TRUE(DeviceAuthorizations(tx).create(device));
            FederationRequest departed;
            departed.expires = end;
            FederationRequests(tx, sealer_).create(pool, id, departed);
            EXPECT_TRUE(Attempts(tx).count(pool, "k", id, 1, 60s, end - 15min - 60s));
            EXPECT_TRUE(Claims(tx).acquire(id, NodeId("n"), end - 25h, end - 24h));
        });
    }
    std::int64_t remove(Instant now, int limit) {
        return write([&](db::Transaction& tx) { return remove_expired(tx, now, limit); });
    }
    bool any(Instant now) {
        return read([&](db::Transaction& tx) { return any_expired(tx, now); });
    }
    std::map<std::string, std::int64_t> count_rows() {
        std::map<std::string, std::int64_t> counts;
        for (const auto& table : tables_with_an_end()) {
            const auto sql = "SELECT COUNT(*) AS rows FROM " + table;
            counts[table] = read([&](db::Transaction& tx) { return tx.row<Count>(sql)->rows; });
        }
        return counts;
    }
    static std::map<std::string, std::int64_t> of_each(std::int64_t rows) {
        std::map<std::string, std::int64_t> counts;
        for (const auto& table : tables_with_an_end()) counts[table] = rows;
        return counts;
    }
};

TEST_P(Cleaning, leaves_out_no_table_whose_rows_end) {
    ASSERT_GE(tables_with_an_end().size(), 7u);
    make_rows(1, noon);
    ASSERT_EQ(count_rows(), of_each(1)) << "a new table needs a row in make_rows()";
    remove(noon, 100);
    EXPECT_EQ(count_rows(), of_each(0)) << "and a statement in cleaning.cpp";
}

TEST_P(Cleaning, goes_in_steps_and_leaves_what_has_not_ended) {
    for (int i = 0; i < 3; ++i) make_rows(i, noon + std::chrono::seconds(i));  // at noon + 1 s the third is left
    const auto tables = static_cast<std::int64_t>(tables_with_an_end().size());
    EXPECT_EQ(remove(noon - 1ms, 1), 0);
    EXPECT_EQ(remove(noon + 1s, 1), tables);
    EXPECT_EQ(count_rows(), of_each(2));
    EXPECT_EQ(remove(noon + 1s, 100), tables);
    EXPECT_EQ(remove(noon + 1s, 100), 0);
    EXPECT_EQ(count_rows(), of_each(1));
    read([&](db::Transaction& tx) {
        EXPECT_TRUE(Grants(tx).find(pool, "2"));
        EXPECT_TRUE(SpentProofs(tx).is_spent(pool, "2"));
        EXPECT_TRUE(AuthorizationCodes(tx).find(pool, Bytes{2}));
        EXPECT_TRUE(BrowserSessions(tx).find(pool, Bytes{2}));
        EXPECT_TRUE(Claims(tx).find("2"));
    });
}

// A server at rest is not to write: it looks first.
TEST_P(Cleaning, sees_in_every_table_whether_there_is_something_to_remove) {
    EXPECT_FALSE(any(noon));
    const auto tables = tables_with_an_end();
    for (const auto& table : tables) {
        make_rows(1, noon);
        write([&](db::Transaction& tx) {
            for (const auto& other : tables)
                if (other != table) tx.execute("DELETE FROM " + other);
        });
        EXPECT_FALSE(any(noon - 1ms)) << table;
        EXPECT_TRUE(any(noon)) << table;
        EXPECT_EQ(remove(noon, 100), 1) << table;
        EXPECT_FALSE(any(noon)) << table;
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, Cleaning, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
