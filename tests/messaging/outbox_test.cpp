#include "messaging/outbox.hpp"

#include "base/error.hpp"
#include "base/run.hpp"
#include "db/database.hpp"
#include "messaging/message_rows.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace symbolon::messaging {
namespace {

using namespace std::chrono_literals;

const PoolId pool_id("us-east-1_AbCdEfGhI");

/// Notes what it is given, or refuses it.
class RecordingSink final : public Sink {
public:
    struct Log {
        std::mutex mutex;
        std::vector<Message> sent;
        bool refuses = false;
        int tries = 0;
        std::promise<void> first;
    };
    explicit RecordingSink(Log& log) : log_(log) {}
    Task<void> send(Message message) override {
        const std::lock_guard lock(log_.mutex);
        ++log_.tries;
        if (log_.refuses) throw Error{Errc::code_delivery_failed, {}, "the provider is down"};
        log_.sent.push_back(std::move(message));
        if (log_.sent.size() == 1) log_.first.set_value();
        co_return;
    }

private:
    Log& log_;
};

class OutboxTest : public testing::Test {
protected:
    OutboxTest() : database(db::open("sqlite::memory:")) {}

    std::unique_ptr<Outbox> make(std::unique_ptr<Sink> sms) {
        return std::make_unique<Outbox>(*database, sealer, random, clock, std::move(sms), make_sink("outbox:"));
    }
    std::unique_ptr<Outbox> make_recording() { return make(std::make_unique<RecordingSink>(log)); }

    static Message text_message(std::string text, PoolId to_pool = pool_id) {
        Message message;
        message.to = "+14155550123";
        message.text = std::move(text);
        message.code = "123456";
        message.purpose = "sign_up";
        message.pool_id = std::move(to_pool);
        message.username = "jane";
        return message;
    }
    void enqueue(Outbox& outbox, Message message) {
        run(database->write([&](db::Transaction& tx) { outbox.enqueue(tx, message, clock.now()); }));
    }
    std::vector<std::string> texts_kept(Outbox& outbox) {
        std::vector<std::string> texts;
        for (const auto& message : run(outbox.list(pool_id, 1000))) texts.push_back(message.text);
        return texts;
    }

    ManualClock clock{from_ms(1'700'000'000'000)};
    crypto::SeededRandom random{1};
    crypto::Sealer sealer{Bytes(32, 7), random};
    std::unique_ptr<db::Database> database;
    RecordingSink::Log log;
};

TEST_F(OutboxTest, keeps_messages_readable_newest_first) {
    const auto outbox = make(make_sink("outbox:"));
    enqueue(*outbox, text_message("first"));
    enqueue(*outbox, text_message("second"));
    clock.advance(1ms);
    enqueue(*outbox, text_message("third"));
    enqueue(*outbox, text_message("elsewhere", PoolId("us-east-1_Other0000")));

    EXPECT_EQ(texts_kept(*outbox), (std::vector<std::string>{"third", "second", "first"}));
    EXPECT_EQ(run(outbox->list(pool_id, 1)).size(), 1U);
    EXPECT_EQ(run(outbox->list_all(10)).size(), 4U);

    const auto kept = run(outbox->list(pool_id, 10)).back();
    EXPECT_EQ(kept.to, "+14155550123");
    EXPECT_EQ(kept.code, "123456");
    EXPECT_EQ(kept.pool_id, pool_id);
    EXPECT_EQ(kept.created, from_ms(1'700'000'000'000));
    EXPECT_FALSE(kept.id.empty());
}

TEST_F(OutboxTest, nothing_is_sent_for_what_was_rolled_back) {
    const auto outbox = make(make_sink("outbox:"));
    EXPECT_THROW(run(database->write([&](db::Transaction& tx) {
                     outbox->enqueue(tx, text_message("never"), clock.now());
                     throw Error{Errc::username_exists};
                 })),
                 Error);
    EXPECT_TRUE(run(outbox->list(pool_id, 10)).empty());
}

TEST_F(OutboxTest, keeps_the_newest_thousand_of_a_pool) {
    const auto outbox = make(make_sink("outbox:"));
    run(database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 1200; ++i) outbox->enqueue(tx, text_message(std::to_string(i)), clock.now());
    }));
    const auto kept = run(database->read([](db::Transaction& tx) { return MessageRows(tx).list_sent(pool_id, 5000); }));
    EXPECT_GE(kept.size(), 1000U);
    EXPECT_LT(kept.size(), 1050U);
    EXPECT_EQ(texts_kept(*outbox).front(), "1199");
}

TEST_F(OutboxTest, stored_messages_cannot_be_read_without_the_key_nor_moved_to_another_row) {
    const auto outbox = make(make_sink("outbox:"));
    enqueue(*outbox, text_message("secret"));
    const auto rows = run(database->read([](db::Transaction& tx) { return MessageRows(tx).list_sent(pool_id, 10); }));
    ASSERT_EQ(rows.size(), 1U);
    const std::string stored = to_string(rows[0].sealed);
    EXPECT_EQ(stored.find("123456"), stored.npos);
    EXPECT_EQ(stored.find("4155550123"), stored.npos);

    run(database->write([&](db::Transaction& tx) {
        MessageRows(tx).create(PoolId("us-east-1_Other0000"), rows[0].message_id, rows[0].sealed, MessageState::sent,
                               clock.now());
    }));
    EXPECT_THROW(run(outbox->list(PoolId("us-east-1_Other0000"), 10)), Error);
}

TEST_F(OutboxTest, hands_over_each_message_once) {
    const auto outbox = make_recording();
    enqueue(*outbox, text_message("one"));
    enqueue(*outbox, text_message("two"));
    EXPECT_EQ(run(outbox->deliver_due()), 2);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    clock.advance(48h);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    ASSERT_EQ(log.sent.size(), 2U);
    EXPECT_EQ(log.sent[0].text, "one");
    EXPECT_EQ(log.sent[1].text, "two");
    EXPECT_TRUE(run(outbox->list(pool_id, 10)).empty()) << "a sink that does not keep leaves nothing behind";
}

TEST_F(OutboxTest, a_claimed_message_is_not_claimed_again_until_its_claim_ends) {
    const auto outbox = make_recording();
    enqueue(*outbox, text_message("one"));
    const auto claim = [&] {
        return run(database->write([&](db::Transaction& tx) {
            return MessageRows(tx).claim_due(clock.now(), clock.now() + 2min, 50).size();
        }));
    };
    EXPECT_EQ(claim(), 1U);
    EXPECT_EQ(claim(), 0U);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    clock.advance(2min);  // whoever claimed it died
    EXPECT_EQ(run(outbox->deliver_due()), 1);
}

TEST_F(OutboxTest, a_message_whose_delivery_failed_is_tried_again_after_growing_pauses) {
    const auto outbox = make_recording();
    log.refuses = true;
    enqueue(*outbox, text_message("patience"));
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    EXPECT_EQ(log.tries, 1);
    clock.advance(4999ms);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    EXPECT_EQ(log.tries, 1) << "too early";
    clock.advance(1ms);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    EXPECT_EQ(log.tries, 2);
    log.refuses = false;
    clock.advance(10s);
    EXPECT_EQ(run(outbox->deliver_due()), 1);
    EXPECT_EQ(log.sent.size(), 1U);
}

TEST_F(OutboxTest, gives_up_after_a_day) {
    const auto outbox = make_recording();
    log.refuses = true;
    enqueue(*outbox, text_message("stale"));
    run(outbox->deliver_due());
    clock.advance(24h);
    run(outbox->deliver_due());
    EXPECT_EQ(log.tries, 2);
    log.refuses = false;
    clock.advance(24h);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
    EXPECT_TRUE(log.sent.empty());
}

TEST_F(OutboxTest, what_waited_for_another_sink_is_kept_once_the_outbox_is_the_sink) {
    enqueue(*make_recording(), text_message("left over"));
    const auto outbox = make(make_sink("outbox:"));
    EXPECT_TRUE(texts_kept(*outbox).empty());
    EXPECT_EQ(run(outbox->deliver_due()), 1);
    EXPECT_EQ(texts_kept(*outbox), (std::vector<std::string>{"left over"}));
}

// Attack class 43.
TEST_F(OutboxTest, a_message_with_an_injected_header_is_not_stored) {
    const auto outbox = make_recording();
    Message message = text_message("x");
    message.to = "+14155550123\r\nX: y";
    EXPECT_THROW(enqueue(*outbox, message), Error);
    EXPECT_EQ(run(outbox->deliver_due()), 0);
}

TEST_F(OutboxTest, the_courier_sends_when_woken_and_ends_when_stopped) {
    const auto outbox = make_recording();
    boost::asio::io_context loop;
    std::exception_ptr failure;
    boost::asio::co_spawn(loop, outbox->run(), [&](std::exception_ptr thrown) { failure = thrown; });
    std::thread courier([&] { loop.run(); });
    enqueue(*outbox, text_message("now"));
    outbox->wake();
    const auto sent = log.first.get_future().wait_for(20s);
    outbox->stop();
    courier.join();
    EXPECT_EQ(sent, std::future_status::ready);
    EXPECT_EQ(failure, nullptr);
    EXPECT_EQ(log.sent.size(), 1U);
}

TEST_F(OutboxTest, a_failed_send_is_told_of_without_code_and_recipient) {
    std::vector<FailedSend> told;
    Outbox outbox(*database, sealer, random, clock, std::make_unique<RecordingSink>(log), make_sink("outbox:"),
                  [&](db::Transaction&, const FailedSend& failed, Instant) { told.push_back(failed); });
    log.refuses = true;
    enqueue(outbox, text_message("Your code is 123456"));
    run(outbox.deliver_due());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].pool_id, pool_id);
    EXPECT_EQ(told[0].channel, "sms");
    EXPECT_EQ(told[0].purpose, "sign_up");
    EXPECT_EQ(told[0].username, "jane");
    EXPECT_EQ(told[0].reason, "the provider is down");
    EXPECT_EQ(told[0].tries, 1);
    EXPECT_FALSE(told[0].given_up);
    log.refuses = false;
    clock.advance(1h);
    run(outbox.deliver_due());
    EXPECT_EQ(told.size(), 1U) << "what was sent is no failure";
}

}  // namespace
}  // namespace symbolon::messaging
