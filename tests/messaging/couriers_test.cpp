// Couriers of two nodes on one database: every message is handed over once while both live, and none is lost when one
// dies.

#include "messaging/outbox.hpp"

#include "messaging/cleaning.hpp"
#include "messaging/message_rows.hpp"
#include "storage/engines.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace symbolon::messaging {
namespace {

using namespace std::chrono_literals;

const PoolId pool("us-east-1_AbCdEfGhI");

/// How often each text was handed over, by whomever.
class Received {
public:
    void add(const std::string& text) {
        const std::lock_guard lock(mutex_);
        ++times_[text];
    }
    std::map<std::string, int> times() {
        const std::lock_guard lock(mutex_);
        return times_;
    }

private:
    std::mutex mutex_;
    std::map<std::string, int> times_;
};

/// Does something before it hands a message over: what happens while a slow provider is being waited for.
class SlowSink final : public Sink {
public:
    SlowSink(Received& received, std::function<Task<void>()>& meanwhile) : received_(received), meanwhile_(meanwhile) {}
    Task<void> send(Message message) override {
        if (meanwhile_) co_await meanwhile_();
        received_.add(message.text);
    }

private:
    Received& received_;
    std::function<Task<void>()>& meanwhile_;
};

class Couriers : public storage::TwoNodesTest {
protected:
    std::unique_ptr<Outbox> make(db::Database& node, std::function<Task<void>()>& meanwhile) {
        return std::make_unique<Outbox>(node, sealer, random, clock, std::make_unique<SlowSink>(received, meanwhile),
                                        make_sink("outbox:"));
    }
    void enqueue(int count) {
        write(*a, [&](db::Transaction& tx) {
            for (int i = 0; i < count; ++i) {
                Message message;
                message.to = "+14155550123";
                message.text = std::to_string(i);
                message.pool_id = pool;
                annas->enqueue(tx, message, clock.now());
            }
        });
    }
    static std::map<std::string, int> once(int count) {
        std::map<std::string, int> times;
        for (int i = 0; i < count; ++i) times[std::to_string(i)] = 1;
        return times;
    }

    ManualClock clock{from_ms(1'700'000'000'000)};
    crypto::SeededRandom random{1};
    crypto::Sealer sealer{Bytes(32, 7), random};
    Received received;
    std::function<Task<void>()> while_anna_sends;
    std::function<Task<void>()> while_bert_sends;
    std::unique_ptr<Outbox> annas = make(*a, while_anna_sends);
    std::unique_ptr<Outbox> berts = make(*b, while_bert_sends);
};

TEST_P(Couriers, hand_every_message_over_once_when_they_run_at_the_same_time) {
    constexpr int messages = 150;  // three batches
    enqueue(messages);
    std::thread other([&] { run(berts->deliver_due()); });
    run(annas->deliver_due());
    other.join();
    EXPECT_EQ(received.times(), once(messages));
}

TEST_P(Couriers, hand_every_message_over_once_when_one_is_slower_than_its_claim_lasts) {
    constexpr int messages = 8;
    enqueue(messages);
    int by_bert = 0;
    while_anna_sends = [&]() -> Task<void> {
        clock.advance(50s);
        by_bert += co_await berts->deliver_due();
    };
    const int by_anna = run(annas->deliver_due());
    EXPECT_EQ(received.times(), once(messages));
    EXPECT_EQ(by_anna + by_bert, messages);
    EXPECT_GT(by_bert, 0) << "what Anna did not come to is not kept waiting";
}

TEST_P(Couriers, take_over_what_another_had_claimed_when_it_died) {
    enqueue(3);
    // Anna's process ends between claiming and sending.
    const auto claimed = write(
        *a, [&](db::Transaction& tx) { return MessageRows(tx).claim_due(clock.now(), clock.now() + 2min, 50).size(); });
    EXPECT_EQ(claimed, 3u);
    EXPECT_EQ(run(berts->deliver_due()), 0);
    clock.advance(2min - 1ms);
    EXPECT_EQ(run(berts->deliver_due()), 0);
    clock.advance(1ms);
    EXPECT_EQ(run(berts->deliver_due()), 3);
    EXPECT_EQ(received.times(), once(3));
}

// A courier that was stopped for minutes in the middle of a try that then fails must not undo what another did.
TEST_P(Couriers, note_a_failed_try_only_while_the_message_is_theirs) {
    enqueue(1);
    int tries = 0;
    while_anna_sends = [&]() -> Task<void> {
        if (tries++ > 0) co_return;
        clock.advance(2min);
        while_bert_sends = [&]() -> Task<void> { throw Error{Errc::code_delivery_failed, {}, "Bert's try fails"}; };
        EXPECT_EQ(co_await berts->deliver_due(), 0);
        throw Error{Errc::code_delivery_failed, {}, "and Anna's, after it"};
    };
    EXPECT_EQ(run(annas->deliver_due()), 0);
    // Bert's was the second try: the message rests for ten seconds, not for the five of Anna's.
    clock.advance(5s);
    EXPECT_EQ(run(annas->deliver_due()), 0);
    clock.advance(5s);
    EXPECT_EQ(run(annas->deliver_due()), 1);
    EXPECT_EQ(received.times(), once(1));
}

TEST_P(Couriers, leave_messages_that_are_done_to_be_removed_after_a_month) {
    const Instant created = clock.now();
    write(*a, [&](db::Transaction& tx) {
        for (const auto state : {MessageState::sent, MessageState::failed, MessageState::waiting})
            MessageRows(tx).create(pool, "m" + std::to_string(static_cast<int>(state)), Bytes{1}, state, created);
    });
    const auto remove = [&](Instant now) {
        return write(*b, [&](db::Transaction& tx) { return remove_old(tx, now, 1); });
    };
    const auto any = [&](Instant now) { return read(*b, [&](db::Transaction& tx) { return any_old(tx, now); }); };
    EXPECT_FALSE(any(created + kept_for));
    EXPECT_EQ(remove(created + kept_for), 0);
    const Instant later = created + kept_for + 1ms;
    EXPECT_TRUE(any(later));
    EXPECT_EQ(remove(later), 1) << "no more than it may take";
    EXPECT_EQ(remove(later), 1);
    EXPECT_FALSE(any(later));
    EXPECT_EQ(remove(later), 0) << "one that waits is not done";
}

INSTANTIATE_TEST_SUITE_P(Engines, Couriers, storage::engines(), storage::engine_name);

}  // namespace
}  // namespace symbolon::messaging
