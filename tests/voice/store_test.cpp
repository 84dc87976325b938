#include "voice/store.hpp"

#include "base/error.hpp"
#include "base/run.hpp"
#include "house.hpp"

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

using test::House;

template <class F>
auto write(House& house, F fn) {
    return run(house.db->write([&](db::Transaction& tx) {
        Store store(tx, house.sealer);
        return fn(store);
    }));
}

struct Count {
    std::int64_t n = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (n))

TEST(AssistantStore, tokens_and_secrets_are_sealed_at_rest) {
    House house;
    const auto id = house.make_skill();
    Enablement enablement;
    enablement.skill_id = id;
    enablement.user_id = "user";
    enablement.status = LinkStatus::linked;
    enablement.access_token = "the-access-token";
    enablement.refresh_token = "the-refresh-token";
    write(house, [&](Store& store) {
        store.save_enablement(enablement);
        return true;
    });
    const auto found = write(house, [&](Store& store) { return store.find_enablement(id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->access_token, "the-access-token");
    const auto plain = run(house.db->read([](db::Transaction& tx) {
        return tx.row<Count>("SELECT count(*) AS n FROM enablements WHERE instr(sealed_tokens, 'the-access-token') > 0")
                   ->n +
               tx.row<Count>(
                     "SELECT count(*) AS n FROM account_linking WHERE instr(sealed_secret, 'the-client-secret') > 0")
                   ->n;
    }));
    EXPECT_EQ(plain, 0);
}

TEST(AssistantStore, holds_a_hundred_skills) {
    House house;
    write(house, [](Store& store) {
        for (int i = 0; i < 100; ++i) store.add_skill({"skill-" + std::to_string(i), {}, {}});
        EXPECT_EQ(store.list_skills().size(), 100U);
        EXPECT_THROW(store.add_skill({"one more", {}, {}}), Error);
        store.delete_skill("skill-7");
        store.add_skill({"one more", {}, {}});
        return true;
    });
    EXPECT_EQ(house.rest(net::Method::post, "/v1/skills", R"({"manifest":{}})").status, 429);
}

TEST(AssistantStore, a_state_works_once_in_its_browser_and_in_time) {
    House house;
    const auto now = house.clock.now();
    const auto save = [&](const char* state) {
        write(house, [&](Store& store) {
            store.save_state(state, "browser", {"skill", "uri", "main", "alexa-na", ""},
                             now + std::chrono::minutes(15));
            return true;
        });
    };
    std::string_view why;
    const auto consume = [&](const char* state, const char* browser, Instant at) {
        return write(house, [&](Store& store) { return store.consume_state(state, browser, at, why).has_value(); });
    };
    save("one");
    EXPECT_FALSE(consume("one", "another browser", now));
    EXPECT_EQ(why, "state_of_another_browser");
    EXPECT_TRUE(consume("one", "browser", now));
    EXPECT_FALSE(consume("one", "browser", now));
    EXPECT_EQ(why, "state_unknown");
    save("two");
    EXPECT_FALSE(consume("two", "browser", now + std::chrono::minutes(15)));
    EXPECT_EQ(why, "state_expired");
}

}  // namespace
}  // namespace symbolon::voice
