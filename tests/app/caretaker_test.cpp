#include "app/caretaker.hpp"

#include "app/background.hpp"
#include "app/duties.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "crypto/test_keys.hpp"
#include "directory/cleaning.hpp"
#include "directory/codes.hpp"
#include "directory/deleted_pools.hpp"
#include "directory/import_jobs.hpp"
#include "directory/logout_notices.hpp"
#include "messaging/message_rows.hpp"
#include "messaging/sink.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace symbolon::app {
namespace {

using namespace std::chrono_literals;
using directory::Claim;
using directory::Claims;
using directory::NodeId;
using directory::SpentProofs;

constexpr Instant noon{std::chrono::milliseconds(1'763'812'800'000)};
const PoolId kept_pool("us-east-1_a");

/// A database with rows to remove, and a duty that removes them: spent proofs.
class CaretakerTest : public testing::Test {
protected:
    template <class F>
    auto write(F closure) {
        return run(database->write(std::move(closure)));
    }
    void add_rows(int count) {
        write([&](db::Transaction& tx) {
            for (int i = 0; i < count; ++i) EXPECT_TRUE(SpentProofs(tx).spend(kept_pool, random.uuid(), noon));
        });
        left += count;
    }

    /// Every step takes `step_time` by the clock; `in_step` is called before it writes.
    Duty duty() {
        const auto is_due = [this](db::Transaction&, Instant) { return left > 0; };
        const auto do_step = [this](Claim& claim, Instant now, int limit) { return remove(claim, now, limit); };
        return {"tidy", 10s, is_due, do_step};
    }
    Task<std::int64_t> remove(Claim& claim, Instant now, int limit) {
        const auto step = [this, now, limit](db::Transaction& tx) { return directory::remove_expired(tx, now, limit); };
        if (const auto interrupt = in_step) interrupt();  // a copy: it may put another in its place
        const auto removed = co_await claim.write(step);
        clock.advance(step_time);
        left -= static_cast<int>(removed);
        co_return removed;
    }

    Caretaker make(const std::string& node) { return Caretaker(*database, {clock, NodeId(node)}, duty()); }
    std::string holder() {
        const auto found = run(database->read([](db::Transaction& tx) { return Claims(tx).find("tidy"); }));
        return found ? found->node.str() : "";
    }

    ManualClock clock{noon};
    crypto::SeededRandom random{1};
    std::unique_ptr<db::Database> database = db::open("sqlite::memory:");
    int left = 0;
    std::chrono::milliseconds step_time = 10ms;
    std::function<void()> in_step;
};

TEST_F(CaretakerTest, writes_nothing_while_there_is_nothing_to_do) {
    auto anna = make("anna");
    const auto before = database->counters().commits;
    EXPECT_EQ(run(anna.take_turn()), 10s);
    EXPECT_EQ(run(anna.take_turn()), 10s);
    EXPECT_EQ(database->counters().commits, before);
    EXPECT_EQ(holder(), "");
}

TEST_F(CaretakerTest, goes_on_in_steps_with_rests_until_nothing_is_left) {
    add_rows(500);
    auto anna = make("anna");
    EXPECT_EQ(run(anna.take_turn()), 90ms) << "ten of every hundred milliseconds";
    EXPECT_EQ(left, 300);
    EXPECT_EQ(run(anna.take_turn()), 90ms);
    EXPECT_EQ(run(anna.take_turn()), 10s);
    EXPECT_EQ(left, 0);
}

TEST_F(CaretakerTest, leaves_a_duty_to_the_one_who_has_it) {
    add_rows(500);
    auto anna = make("anna");
    auto bert = make("bert");
    run(anna.take_turn());
    EXPECT_EQ(run(bert.take_turn()), 10s);
    EXPECT_EQ(left, 300) << "Bert did nothing";
    EXPECT_EQ(holder(), "anna");
}

TEST_F(CaretakerTest, takes_over_from_one_who_is_missed) {
    add_rows(500);
    auto anna = make("anna");
    auto bert = make("bert");
    run(anna.take_turn());
    clock.advance(Claim::lease - step_time - 1ms);
    run(bert.take_turn());
    EXPECT_EQ(holder(), "anna");
    clock.advance(1ms);
    run(bert.take_turn());
    EXPECT_EQ(holder(), "bert");
    EXPECT_EQ(left, 100);
    EXPECT_EQ(run(anna.take_turn()), 10s);
    EXPECT_EQ(left, 100);
}

TEST_F(CaretakerTest, takes_over_at_once_what_is_handed_over) {
    add_rows(500);
    auto anna = make("anna");
    auto bert = make("bert");
    run(anna.take_turn());
    run(bert.hand_over());
    EXPECT_EQ(holder(), "anna") << "Bert has nothing to hand over";
    run(anna.hand_over());
    EXPECT_EQ(holder(), "");
    run(bert.take_turn());
    EXPECT_EQ(holder(), "bert");
    EXPECT_EQ(left, 100);
}

TEST_F(CaretakerTest, keeps_nothing_of_a_step_that_was_interrupted_until_another_had_taken_over) {
    add_rows(50);
    auto anna = make("anna");
    auto bert = make("bert");
    in_step = [&] {
        in_step = {};
        clock.advance(Claim::lease);
        run(bert.take_turn());
        add_rows(7);  // which Anna would remove as well
    };
    EXPECT_EQ(run(anna.take_turn()), 10s);
    EXPECT_EQ(left, 7);
    EXPECT_EQ(holder(), "bert");
    const auto removed = write([&](db::Transaction& tx) { return directory::remove_expired(tx, noon, 1000); });
    EXPECT_EQ(removed, 7);
}

TEST_F(CaretakerTest, outlives_a_step_that_fails) {
    add_rows(10);
    auto anna = make("anna");
    in_step = [] { throw Error{Errc::unavailable, {}, "the disk is full"}; };
    EXPECT_EQ(run(anna.take_turn()), 10s);
    in_step = [] { throw std::runtime_error("a mistake"); };
    EXPECT_EQ(run(anna.take_turn()), 10s);
    in_step = {};
    run(anna.take_turn());
    EXPECT_EQ(left, 0);
}

TEST_F(CaretakerTest, does_every_duty_of_a_server) {
    write([&](db::Transaction& tx) {
        EXPECT_TRUE(SpentProofs(tx).spend(kept_pool, "p", noon));
        directory::DeletedPools(tx).add(PoolId("us-east-1_gone"));
        tx.execute("INSERT INTO deleted_groups (pool_id, group_id) VALUES ('us-east-1_a', 'gone')");
        directory::ImportJob job;
        job.pool_id = kept_pool;
        job.id = "import-1";
        job.created = noon - 25h;
        directory::ImportJobs(tx).create(job);
        messaging::MessageRows(tx).create(kept_pool, "m", Bytes{1}, messaging::MessageState::failed, noon - 31 * 24h);
    });
    const crypto::Sealer sealer{Bytes(32, 7), random};
    crypto::WorkPool workers("key makers", 1, 1);
    write([&](db::Transaction& tx) {
        tx.execute(
            "INSERT INTO logout_notices (pool_id, user_id, client_id, auth_ms, state, outcome, tries, due_ms, "
            "created_ms, changed_ms) VALUES ('us-east-1_a', 'u', 'c', 0, 'told', '200', 1, 0, 0, 0)");
        directory::SigningKeys(tx, sealer)
            .insert(kept_pool,
                    {directory::KeyUse::id_token, test_key(0), noon - 30 * 24h, noon - 30 * 24h, noon - 25h});
    });
    const auto forget_notices = [](directory::Claim& claim, Instant now, int limit) {
        return claim.write([=](db::Transaction& tx) { return directory::remove_old_notices(tx, now, limit); });
    };
    for (auto& each : make_duties({*database, random, {*database, sealer, workers, {}}, forget_notices})) {
        const auto is_due = each.is_due;
        const auto due = [&] {
            return run(database->read([&](db::Transaction& tx) { return is_due(tx, clock.now()); }));
        };
        EXPECT_TRUE(due()) << each.name;
        Caretaker anna(*database, {clock, NodeId("anna")}, each);
        run(anna.take_turn());
        EXPECT_FALSE(due()) << each.name;
        const auto claim = run(database->read([&](db::Transaction& tx) { return Claims(tx).find(each.name); }));
        EXPECT_TRUE(claim) << each.name;
    }
}

/// The same on the thread of a server.
class BackgroundTest : public CaretakerTest {
protected:
    crypto::Sealer sealer{Bytes(32, 7), random};
    messaging::Outbox outbox{
        *database, sealer, random, clock, messaging::make_sink("outbox:"), messaging::make_sink("outbox:")};
};

TEST_F(BackgroundTest, takes_turns_by_itself_and_hands_over_when_it_is_stopped) {
    add_rows(250);  // two steps
    std::promise<void> second;
    int steps = 0;
    in_step = [&] {
        if (++steps == 2) second.set_value();
    };
    Background background(*database, outbox, {clock, NodeId("anna")}, {duty()});
    background.start();
    ASSERT_EQ(second.get_future().wait_for(20s), std::future_status::ready);
    background.stop();
    EXPECT_EQ(left, 0);
    EXPECT_EQ(holder(), "");
}

}  // namespace
}  // namespace symbolon::app
