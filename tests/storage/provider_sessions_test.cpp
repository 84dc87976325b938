#include "directory/browser_sessions.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class ProviderSessionsStore : public DirectoryTest {
protected:
    void add(std::uint8_t hash, Instant began, std::optional<Bytes> origin, const std::string& user = "id-jane") {
        BrowserSession session{.pool_id = pool.id, .hash = Bytes{hash}, .user_id = UserId(user), .auth_time = began};
        session.expires = began + 1h;
        session.vouched_level = 3;
        session.origin_hash = std::move(origin);
        if (session.origin_hash) session.sealed_origin = Bytes{7, hash};
        write([&](db::Transaction& tx) { BrowserSessions(tx).create(session); });
    }
    std::vector<BrowserSession> of(std::uint8_t origin) {
        return read([&](db::Transaction& tx) { return BrowserSessions(tx).list_of_origin(pool.id, Bytes{origin}); });
    }
    Instant free_moment(const std::string& user, Instant wanted) {
        return read(
            [&](db::Transaction& tx) { return BrowserSessions(tx).free_moment(pool.id, UserId(user), wanted); });
    }
    Pool pool = create_pool("us-east-1_a");
    User jane = create_user(pool, "id-jane", "jane");
};

TEST_P(ProviderSessionsStore, are_found_by_what_the_provider_calls_the_person) {
    add(1, noon, Bytes{50});
    add(2, noon + 1ms, Bytes{50});
    add(3, noon + 2ms, Bytes{51});
    add(4, noon + 3ms, std::nullopt);
    EXPECT_EQ(of(50).size(), 2U);
    EXPECT_TRUE(of(52).empty());
    ASSERT_EQ(of(51).size(), 1U);
    const auto found = of(51)[0];
    EXPECT_EQ(found.hash, Bytes{3});
    EXPECT_EQ(found.user_id, jane.id);
    EXPECT_EQ(found.auth_time, noon + 2ms);
    EXPECT_EQ(found.expires, noon + 2ms + 1h);
    EXPECT_EQ(found.vouched_level, 3);
    EXPECT_EQ(found.origin_hash, Bytes{51});
    EXPECT_EQ(found.sealed_origin, (Bytes{7, 3}));
    const auto local = read([&](db::Transaction& tx) { return BrowserSessions(tx).find(pool.id, Bytes{4}).value(); });
    EXPECT_FALSE(local.origin_hash);
    EXPECT_FALSE(local.sealed_origin);
}

TEST_P(ProviderSessionsStore, of_another_pool_are_others) {
    const auto other = create_pool("us-east-1_b");
    add(1, noon, Bytes{50});
    EXPECT_TRUE(
        read([&](db::Transaction& tx) { return BrowserSessions(tx).list_of_origin(other.id, Bytes{50}); }).empty());
}

TEST_P(ProviderSessionsStore, sign_ins_have_moments_of_their_own) {
    add(1, noon, std::nullopt);
    add(2, noon + 1ms, std::nullopt);
    EXPECT_EQ(free_moment("id-jane", noon), noon + 2ms);
    EXPECT_EQ(free_moment("id-jane", noon - 1ms), noon - 1ms);
    EXPECT_EQ(free_moment("id-john", noon), noon);
}

INSTANTIATE_TEST_SUITE_P(Engines, ProviderSessionsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
