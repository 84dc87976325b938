// The keys of a pool as two servers on one database see them, while they are replaced.

#include "directory/key_rotation.hpp"

#include "base/error.hpp"
#include "crypto/test_keys.hpp"
#include "directory/catalog.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using crypto::jose::Algorithm;
using directory::Claim;
using directory::KeyUse;
using directory::NodeId;
using directory::SigningKeys;

constexpr auto month = std::chrono::days(30);

class KeyRotations : public TwoNodesTest, protected DirectorySamples {
protected:
    KeyRotations() {
        write(*a, [&](db::Transaction& tx) {
            Pools(tx).create(make_pool(pool.str()));
            SigningKeys(tx, sealer_).create(pool, test_key(0), test_key(1), noon);
        });
        set_algorithm(directory::SignatureAlgorithm::ES256);  // which is made in no time
        run_duty(anna_, *a);                                  // of another algorithm than the first ones
        clock.advance(std::chrono::days(2));
        run_duty(anna_, *a);  // and the first ones are gone
    }

    void set_algorithm(directory::SignatureAlgorithm algorithm) {
        change_pool([&](directory::PoolExtensions& extensions) { extensions.signing_alg = algorithm; });
    }
    template <class Change>
    void change_pool(Change change) {
        write(*a, [&](db::Transaction& tx) {
            auto stored = Pools(tx).get(pool);
            change(stored.extensions);
            Pools(tx).save(stored);
        });
    }

    bool is_due(std::chrono::days after = month) {
        return read(*a, [&](db::Transaction& tx) { return directory::any_rotation_due(tx, clock.now(), {after}); });
    }
    /// One turn of a server, which is the duty's holder then. False when another is.
    bool run_duty(Claim& claim, db::Database& node) {
        if (!run(claim.take())) return false;
        run(directory::do_rotation_step({node, sealer_, workers, {month}}, claim, clock.now(), 100));
        return true;
    }
    std::vector<std::string> published(directory::Catalog& catalog) {
        const auto keys = run(catalog.get_keys(pool));
        std::vector<std::string> kids{keys->id_token.kid(), keys->access_token.kid()};
        for (const auto& other : keys->others) kids.push_back(other.key.kid());
        return kids;
    }
    std::string signer(directory::Catalog& catalog) { return run(catalog.get_keys(pool))->access_token.kid(); }

    const PoolId pool{"us-east-1_a"};
    ManualClock clock{noon};
    crypto::WorkPool workers{"key makers", 1, 4};
    directory::Catalog annas{*a, sealer_, clock};
    directory::Catalog berts{*b, sealer_, clock};
    Claim anna_{*a, {clock, NodeId("anna")}, "rotate keys"};
    Claim bert_{*b, {clock, NodeId("bert")}, "rotate keys"};

private:
    using Pools = directory::Pools;
};

TEST_P(KeyRotations, publishes_the_next_keys_everywhere_before_they_sign) {
    const auto former = signer(annas);
    EXPECT_FALSE(is_due());
    clock.advance(month);
    EXPECT_TRUE(is_due());
    ASSERT_TRUE(run_duty(anna_, *a));
    EXPECT_FALSE(is_due()) << "once is enough";
    clock.advance(directory::Catalog::oldest);
    EXPECT_EQ(signer(annas), former);
    EXPECT_EQ(signer(berts), former);
    const auto known = published(berts);
    EXPECT_EQ(known.size(), 4U) << "two that sign, and two that will";

    clock.advance(directory::publication_lead);
    EXPECT_NE(signer(annas), former);
    EXPECT_EQ(signer(berts), signer(annas));
    EXPECT_NE(std::find(known.begin(), known.end(), signer(berts)), known.end()) << "everybody knew it before";
    EXPECT_NE(run(berts.get_keys(pool))->find(KeyUse::access_token, former), nullptr) << "its tokens live on";
    EXPECT_EQ(run(berts.get_keys(pool))->find(KeyUse::id_token, former), nullptr) << "for what they were";
}

TEST_P(KeyRotations, removes_a_key_when_its_last_token_is_over) {
    const auto former = signer(annas);
    clock.advance(month);
    run_duty(anna_, *a);
    clock.advance(directory::publication_lead + directory::publication_after - 1ms);
    EXPECT_NE(run(annas.get_keys(pool))->find(KeyUse::access_token, former), nullptr);
    clock.advance(1ms + directory::Catalog::oldest);
    EXPECT_EQ(run(annas.get_keys(pool))->find(KeyUse::access_token, former), nullptr);
    EXPECT_TRUE(is_due()) << "its row is there";
    run_duty(anna_, *a);
    EXPECT_FALSE(is_due());
    const auto rows = read(*a, [&](db::Transaction& tx) { return SigningKeys(tx, sealer_).list(pool); });
    EXPECT_EQ(rows.size(), 2U);
}

TEST_P(KeyRotations, is_of_one_server_and_taken_over_when_it_dies) {
    clock.advance(month);
    ASSERT_TRUE(run(anna_.take()));  // and dies before it has done anything
    EXPECT_FALSE(run_duty(bert_, *b));
    EXPECT_TRUE(is_due());
    clock.advance(Claim::lease);
    EXPECT_TRUE(run_duty(bert_, *b));
    EXPECT_FALSE(is_due());
}

TEST_P(KeyRotations, keeps_nothing_of_a_server_that_was_given_up) {
    clock.advance(month);
    ASSERT_TRUE(run(anna_.take()));
    clock.advance(Claim::lease);
    ASSERT_TRUE(run(bert_.take()));
    EXPECT_EQ(
        refusal_of([&] { run(directory::do_rotation_step({*a, sealer_, workers, {month}}, anna_, clock.now(), 100)); }),
        Errc::concurrent_modification);
    EXPECT_TRUE(is_due()) << "nothing was published";
}

TEST_P(KeyRotations, is_as_often_as_the_pool_says_or_never) {
    clock.advance(std::chrono::days(7));
    EXPECT_FALSE(is_due());
    change_pool([](directory::PoolExtensions& extensions) { extensions.rotate_keys_after_days = 7; });
    EXPECT_TRUE(is_due());
    change_pool([](directory::PoolExtensions& extensions) { extensions.rotate_keys_after_days.reset(); });
    clock.advance(1000 * month);
    EXPECT_FALSE(is_due(std::chrono::days(0)));
}

TEST_P(KeyRotations, follows_the_algorithm_of_the_pool) {
    EXPECT_EQ(run(berts.get_keys(pool))->id_token.algorithm(), Algorithm::es256);
    set_algorithm(directory::SignatureAlgorithm::EdDSA);
    EXPECT_TRUE(is_due());
    run_duty(anna_, *a);
    EXPECT_FALSE(is_due());
    clock.advance(directory::publication_lead);
    const auto keys = run(berts.get_keys(pool));
    EXPECT_EQ(keys->id_token.algorithm(), Algorithm::eddsa);
    EXPECT_EQ(keys->access_token.algorithm(), Algorithm::eddsa);
    EXPECT_EQ(keys->others.front().key.algorithm(), Algorithm::es256);
}

TEST_P(KeyRotations, in_an_emergency_withdraws_all_keys_on_every_server_within_two_seconds) {
    published(annas);  // both servers know the former ones
    published(berts);
    const auto keys = directory::make_keys(Algorithm::es256);
    write(*a, [&](db::Transaction& tx) { SigningKeys(tx, sealer_).replace_all(pool, keys, clock.now()); });
    clock.advance(2s);
    for (auto* catalog : {&annas, &berts}) {
        const auto now = published(*catalog);
        EXPECT_EQ(now, (std::vector<std::string>{keys.id_token.kid(), keys.access_token.kid()}));
    }
}

TEST_P(KeyRotations, a_clock_that_was_set_back_leaves_a_key_to_sign) {
    const auto before = signer(annas);
    clock.advance(month);
    run_duty(anna_, *a);  // there is a younger one, too
    clock.set(noon - 24h);
    EXPECT_EQ(signer(annas), before);
}

INSTANTIATE_TEST_SUITE_P(Engines, KeyRotations, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
