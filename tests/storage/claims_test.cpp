// Work that one process does at a time: who may take it, and that a step of one who lost it is not kept.

#include "directory/claims.hpp"

#include "directory/claim.hpp"
#include "directory/codes.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::Claim;
using directory::Claims;
using directory::NodeId;
using directory::SpentProofs;

const NodeId anna("anna");
const NodeId bert("bert");

class ClaimsStore : public StorageTest {
protected:
    bool acquire(const NodeId& node, Instant now, const std::string& work = "work") {
        return write([&](db::Transaction& tx) { return Claims(tx).acquire(work, node, now, now + 60s); });
    }
    bool renew(const NodeId& node, Instant until) {
        return write([&](db::Transaction& tx) { return Claims(tx).renew("work", node, until); });
    }
    void release(const NodeId& node) {
        write([&](db::Transaction& tx) { Claims(tx).release("work", node); });
    }
    std::string holder() {
        const auto found = read([](db::Transaction& tx) { return Claims(tx).find("work"); });
        return found ? found->node.str() : "";
    }
};

TEST_P(ClaimsStore, let_one_node_have_a_work_until_its_time_has_passed) {
    EXPECT_TRUE(acquire(anna, noon));
    EXPECT_FALSE(acquire(bert, noon));
    EXPECT_TRUE(acquire(bert, noon, "other work"));
    EXPECT_FALSE(acquire(bert, noon + 60s - 1ms));
    EXPECT_EQ(holder(), "anna");
    EXPECT_TRUE(acquire(bert, noon + 60s));
    EXPECT_EQ(holder(), "bert");
    EXPECT_FALSE(acquire(anna, noon + 60s));
}

TEST_P(ClaimsStore, last_longer_when_they_are_renewed_or_taken_again) {
    EXPECT_TRUE(acquire(anna, noon));
    EXPECT_TRUE(renew(anna, noon + 100s));
    EXPECT_FALSE(acquire(bert, noon + 99s));
    EXPECT_TRUE(acquire(anna, noon + 99s));
    EXPECT_FALSE(acquire(bert, noon + 158s));
    const auto found = read([](db::Transaction& tx) { return Claims(tx).find("work").value(); });
    EXPECT_EQ(found.until, noon + 159s);
}

TEST_P(ClaimsStore, are_lost_to_whoever_took_them_when_their_time_had_passed) {
    EXPECT_TRUE(acquire(anna, noon));
    EXPECT_TRUE(renew(anna, noon + 61s)) << "late, but not missed by anybody";
    EXPECT_TRUE(acquire(bert, noon + 61s));
    EXPECT_FALSE(renew(anna, noon + 200s));
    release(anna);
    EXPECT_EQ(holder(), "bert") << "what is another's is not given back";
    release(bert);
    EXPECT_FALSE(renew(bert, noon + 200s)) << "what was given back is not renewed";
    EXPECT_EQ(holder(), "");
    EXPECT_TRUE(acquire(anna, noon)) << "a work that was given back is free at once";
}

INSTANTIATE_TEST_SUITE_P(Engines, ClaimsStore, engines(), engine_name);

/// A step of these tests writes a row: a spent proof.
class ClaimedWork : public TwoNodesTest {
protected:
    static inline const PoolId pool{"us-east-1_a"};

    static auto step(const std::string& name) {
        return [name](db::Transaction& tx) { return SpentProofs(tx).spend(pool, name, noon); };
    }
    bool was_done(const std::string& name) {
        return read(*a, [&](db::Transaction& tx) { return SpentProofs(tx).is_spent(pool, name); });
    }

    ManualClock annas_clock{noon};
    ManualClock berts_clock{noon};
    Claim annas{*a, {annas_clock, anna}, "work"};
    Claim berts{*b, {berts_clock, bert}, "work"};
};

TEST_P(ClaimedWork, is_done_by_one_of_many_processes) {
    std::atomic<int> number = 0;
    std::atomic<int> taken = 0;
    run_in_parallel(64, [&] {
        const int mine = number++;
        Claim claim(mine % 2 == 0 ? *a : *b, {annas_clock, NodeId(std::to_string(mine))}, "work");
        taken += run(claim.take()) ? 1 : 0;
    });
    EXPECT_EQ(taken, 1);
}

TEST_P(ClaimedWork, is_not_kept_of_a_process_that_was_stopped_and_missed) {
    ASSERT_TRUE(run(annas.take()));
    EXPECT_TRUE(run(annas.write(step("first"))));
    berts_clock.advance(Claim::lease);
    ASSERT_TRUE(run(berts.take()));
    EXPECT_TRUE(run(berts.write(step("second"))));
    // Anna goes on; for her, no time has passed.
    EXPECT_EQ(refusal_of([&] { run(annas.write(step("third"))); }), Errc::concurrent_modification);
    EXPECT_TRUE(was_done("first"));
    EXPECT_TRUE(was_done("second"));
    EXPECT_FALSE(was_done("third"));
}

TEST_P(ClaimedWork, is_not_taken_over_in_the_middle_of_a_step_that_is_kept) {
    ASSERT_TRUE(run(annas.take()));
    annas_clock.advance(Claim::lease - 1s);
    berts_clock.advance(Claim::lease);  // to whoever looks now, Anna is missed
    std::optional<std::future<bool>> taken_over;
    const bool done = run(annas.write([&](db::Transaction& tx) {
        // Bert meets a claim that is being renewed: he has to wait how that ends.
        if (!taken_over) taken_over = std::async(std::launch::async, [&] { return run(berts.take()); });
        return SpentProofs(tx).spend(pool, "step", noon);
    }));
    EXPECT_TRUE(done);
    EXPECT_FALSE(taken_over->get());
}

TEST_P(ClaimedWork, is_given_back_whatever_became_of_it) {
    const auto fails = [](Claim& claim) -> Task<void> {
        co_await claim.write(step("half"));
        throw Error(Errc::invalid_parameter);
    };
    EXPECT_EQ(refusal_of([&] { run(annas.during(fails(annas))); }), Errc::invalid_parameter);
    EXPECT_TRUE(was_done("half"));
    ASSERT_TRUE(run(berts.take())) << "without waiting";
    EXPECT_EQ(refusal_of([&] { run(annas.during(fails(annas))); }), Errc::concurrent_modification);
    run(berts.release());
    EXPECT_TRUE(run(annas.take()));
}

TEST_P(ClaimedWork, stays_while_it_writes_nothing_itself) {
    ASSERT_TRUE(run(annas.take()));
    annas_clock.advance(Claim::lease / 2);
    run(annas.stay());
    berts_clock.advance(Claim::lease);
    EXPECT_FALSE(run(berts.take()));

    const auto commits = a->counters().commits;
    annas_clock.advance(Claim::lease / 2 - 1ms);
    run(annas.stay());
    EXPECT_EQ(a->counters().commits, commits) << "it is fresh";
    berts_clock.advance(Claim::lease / 2);
    ASSERT_TRUE(run(berts.take()));
    annas_clock.advance(1ms);
    EXPECT_EQ(refusal_of([&] { run(annas.stay()); }), Errc::concurrent_modification);
}

TEST_P(ClaimedWork, stands_as_the_table_says) {
    const auto standing = [](db::Database& node, const Claim& claim, Instant now) {
        return read(node, [&](db::Transaction& tx) { return claim.find_standing(tx, now); });
    };
    EXPECT_EQ(standing(*a, annas, noon), Claim::Standing::open);
    ASSERT_TRUE(run(annas.take()));
    EXPECT_EQ(standing(*a, annas, noon + Claim::lease), Claim::Standing::mine);
    EXPECT_EQ(standing(*b, berts, noon + Claim::lease - 1ms), Claim::Standing::taken);
    EXPECT_EQ(standing(*b, berts, noon + Claim::lease), Claim::Standing::open);
}

INSTANTIATE_TEST_SUITE_P(Engines, ClaimedWork, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
