// Access keys of administrators: what is stored of them, and how long a node goes on with what it remembers.

#include "directory/access_keys.hpp"

#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::AccessKey;
using directory::AccessKeyRing;
using directory::AccessKeys;
using directory::AccessKeySecret;
using directory::AccessPolicy;
using Kind = AccessPolicy::Kind;

struct SealedRow {
    Bytes sealed_secret;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (sealed_secret))

class AccessKeysStore : public StorageTest, protected DirectorySamples {
protected:
    AccessKey create(AccessPolicy policy = {}) {
        auto key = directory::make_access_key(random_, std::move(policy), noon);
        write([&](db::Transaction& tx) { AccessKeys(tx, sealer_).create(key); });
        return key;
    }
    void set_enabled(const std::string& id, bool enabled) {
        write([&](db::Transaction& tx) { AccessKeys(tx, sealer_).set_enabled(id, enabled); });
    }
    void erase(const std::string& id) {
        write([&](db::Transaction& tx) { AccessKeys(tx, sealer_).erase(id); });
    }
    std::optional<AccessKey> find(const std::string& id) {
        return read([&](db::Transaction& tx) { return AccessKeys(tx, sealer_).find(id); });
    }
    bool opens(AccessKeyRing& ring, const std::string& id) { return run(ring.find(id)) != nullptr; }

    ManualClock clock{noon};
};

TEST_P(AccessKeysStore, a_key_comes_back_as_it_was_made) {
    const auto made = create({Kind::pool, PoolId("us-east-1_Aaaaaaaaa")});
    const auto found = find(made.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->secret.reveal(), made.secret.reveal());
    EXPECT_EQ(found->policy, made.policy);
    EXPECT_TRUE(found->enabled);
    EXPECT_EQ(found->created, noon);
    EXPECT_FALSE(find("AKIAAAAAAAAAAAAAAAAA"));
}

TEST_P(AccessKeysStore, ids_and_secrets_have_the_service_s_form_and_are_never_the_same) {
    const auto a = create();
    const auto b = create();
    EXPECT_EQ(a.id.size(), 20U);
    EXPECT_TRUE(a.id.starts_with("AKIA"));
    EXPECT_EQ(a.secret.reveal().size(), 40U);
    EXPECT_NE(a.id, b.id);
    EXPECT_NE(a.secret.reveal(), b.secret.reveal());
}

TEST_P(AccessKeysStore, the_secret_is_sealed_and_is_not_listed) {
    const auto made = create();
    const auto row = read([&](db::Transaction& tx) {
        return tx.row<SealedRow>("SELECT sealed_secret FROM access_keys WHERE access_key_id = $1", made.id);
    });
    ASSERT_TRUE(row);
    EXPECT_EQ(text_of(row->sealed_secret).find(made.secret.reveal().substr(0, 8)), std::string::npos);
    const auto listed = read([&](db::Transaction& tx) { return AccessKeys(tx, sealer_).list("", 10); });
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_TRUE(listed.front().secret.empty());
}

TEST_P(AccessKeysStore, a_policy_that_was_changed_by_another_hand_opens_nothing) {
    const auto made = create({Kind::read_only});
    execute("UPDATE access_keys SET policy = 'full'");
    try {
        find(made.id);
        ADD_FAILURE() << "the key was found";
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::internal);
    }
}

TEST_P(AccessKeysStore, keys_are_listed_page_by_page_in_order) {
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(create().id);
    std::sort(ids.begin(), ids.end());
    std::vector<std::string> seen;
    std::string after;
    for (;;) {
        const auto page = read([&](db::Transaction& tx) { return AccessKeys(tx, sealer_).list(after, 2); });
        for (const auto& key : page) seen.push_back(key.id);
        if (page.size() < 2) break;
        after = page.back().id;
    }
    EXPECT_EQ(seen, ids);
}

TEST_P(AccessKeysStore, what_is_not_there_cannot_be_changed) {
    for (const auto& change : {std::function<void()>([&] { set_enabled("AKIANOBODY", false); }),
                               std::function<void()>([&] { erase("AKIANOBODY"); })}) {
        try {
            change();
            ADD_FAILURE() << "it was changed";
        } catch (const Error& error) {
            EXPECT_EQ(error.code, Errc::resource_not_found);
            EXPECT_EQ(error.message, "There is no access key AKIANOBODY.");
        }
    }
}

TEST_P(AccessKeysStore, a_disabled_or_deleted_key_opens_nothing_after_a_second) {
    const auto first = create();
    const auto second = create();
    AccessKeyRing ring(database(), sealer_, clock, {"ROOT", AccessKeySecret("a secret of the root")});
    EXPECT_TRUE(opens(ring, first.id));
    EXPECT_TRUE(opens(ring, second.id));
    set_enabled(first.id, false);
    erase(second.id);
    clock.advance(1s);
    EXPECT_FALSE(opens(ring, first.id));
    EXPECT_FALSE(opens(ring, second.id));
    set_enabled(first.id, true);
    clock.advance(1s);
    EXPECT_TRUE(opens(ring, first.id));
}

TEST_P(AccessKeysStore, the_first_key_is_none_of_the_database) {
    AccessKeyRing ring(database(), sealer_, clock, {"ROOT", AccessKeySecret("a secret of the root")});
    const auto key = run(ring.find("ROOT"));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->policy.kind, Kind::full);
    for (const char* id : {"", "root", "ROO", "AKIA", "AKIA' OR '1'='1' --", "AKIAAAAAAAAAAAAAAAAA"})
        EXPECT_FALSE(opens(ring, id)) << id;
}

TEST(AccessPolicies, are_read_as_they_are_written) {
    for (const char* text : {"full", "read-only", "pool:us-east-1_Aaaaaaaaa"}) {
        const auto policy = AccessPolicy::parse(text);
        ASSERT_TRUE(policy) << text;
        EXPECT_EQ(policy->str(), text);
    }
    for (const char* text : {"", "Full", "full ", "readonly", "pool", "pool:", "pool:nowhere", "pool:*", "pool:a_b/c",
                             "pool:us-east-1_Aaaaaaaaa,us-east-1_Bbbbbbbbb"})
        EXPECT_FALSE(AccessPolicy::parse(text)) << text;
}

INSTANTIATE_TEST_SUITE_P(Engines, AccessKeysStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
