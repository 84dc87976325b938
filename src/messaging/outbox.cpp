#include "messaging/outbox.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/within.hpp"
#include "messaging/backoff.hpp"
#include "messaging/message_codec.hpp"
#include "messaging/message_rows.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <mutex>
#include <utility>

namespace asio = boost::asio;

namespace symbolon::messaging {
namespace {

constexpr int batch = 50;
constexpr int kept_per_pool = 1000;
constexpr unsigned prune_every = 50;           // messages; pruning walks the pool's newest rows
constexpr std::chrono::seconds idle_pause{5};  // how late a retry, or another node's message, may be noticed
constexpr std::chrono::minutes lease{2};       // what a process that died while sending leaves to the next
constexpr std::chrono::minutes longest_send{1};

constexpr std::string_view sealing_purpose = "message";

std::string row_context(const PoolId& pool, std::string_view id) {
    return "messages|sealed|" + pool.str() + "|" + std::string(id);
}

using Strand = asio::strand<asio::any_io_executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                         asio::any_io_executor>;

}  // namespace

struct Outbox::Impl {
    db::Database& db;
    const crypto::Sealer& sealer;
    crypto::Random& random;
    const Clock& clock;
    std::unique_ptr<Sink> sms;
    std::unique_ptr<Sink> email;
    OnFailedSend on_failed_send;

    std::atomic<unsigned> sequence{0};

    std::mutex mutex{};              // guards what follows; the timer itself is touched on its strand only
    std::shared_ptr<Timer> timer{};  // while run() runs
    bool woken = false;
    bool stopped = false;

    Sink& sink(Channel channel) { return channel == Channel::sms ? *sms : *email; }

    /// Time, then order of creation in this process, then chance: sorts by time on one node, and nearly on many.
    std::string make_id(Instant now) {
        const unsigned order = sequence.fetch_add(1) & 0xffffffU;
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%012llx%06x", static_cast<unsigned long long>(to_ms(now)), order);
        return text.data() + to_hex(random.bytes(4));
    }

    Message open(const MessageRow& row) const {
        const auto plain = sealer.open(sealing_purpose, row_context(row.pool_id, row.message_id), row.sealed);
        if (!plain) throw Error{Errc::internal, {}, "a stored message cannot be unsealed"};
        Message message = parse_stored_json(text_of(*plain));
        message.id = row.message_id;
        message.pool_id = row.pool_id;
        message.created = row.created_ms;
        return message;
    }

    void signal() {
        std::shared_ptr<Timer> waiting;
        {
            const std::lock_guard lock(mutex);
            woken = true;
            waiting = timer;
        }
        if (waiting) asio::post(waiting->get_executor(), [waiting] { waiting->cancel(); });
    }

    /// Hands over one message that is claimed until `until`, and notes the outcome. True when it was handed over.
    Task<bool> deliver(MessageRow row, Instant until);
    /// Makes sure that a claim lasts as long as a send may: the messages before it in the batch may have taken their
    /// time. False when another courier has the message.
    Task<bool> hold(const MessageRow& row, Instant until);
    Task<void> loop(std::shared_ptr<Timer> pause, Outbox& outbox);
};

Outbox::Outbox(db::Database& db, const crypto::Sealer& sealer, crypto::Random& random, const Clock& clock,
               std::unique_ptr<Sink> sms, std::unique_ptr<Sink> email, OnFailedSend on_failed_send)
    : impl_(new Impl{db, sealer, random, clock, std::move(sms), std::move(email), std::move(on_failed_send)}) {}

Outbox::~Outbox() = default;

void Outbox::enqueue(db::Transaction& tx, Message message, Instant now) {
    check_envelope(message);
    message.id = impl_->make_id(now);
    const auto sealed = impl_->sealer.seal(sealing_purpose, row_context(message.pool_id, message.id),
                                           bytes_of(to_stored_json(message)));
    MessageRows rows(tx);
    // A sink that keeps its messages has nothing to hand over: storing is sending.
    const bool kept = message.function.empty() && impl_->sink(message.channel).keeps();
    rows.create(message.pool_id, message.id, sealed, kept ? MessageState::sent : MessageState::waiting, now);
    if (kept && impl_->sequence.load() % prune_every == 0) rows.prune(message.pool_id, kept_per_pool);
}

void Outbox::wake() {
    impl_->signal();
}

void Outbox::stop() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopped = true;
    }
    impl_->signal();
}

Task<bool> Outbox::Impl::hold(const MessageRow& row, Instant until) {
    const Instant now = clock.now();
    if (now + longest_send <= until) co_return true;
    const auto extend = [&](db::Transaction& tx) { return MessageRows(tx).hold(row, now + lease); };
    co_return co_await db.write(extend);
}

Task<bool> Outbox::Impl::deliver(MessageRow row, Instant until) {
    if (!co_await hold(row, until)) co_return false;
    Message message;
    std::string failure;
    bool keeps = false;
    try {
        message = open(row);
        Sink& target = sink(message.channel);
        keeps = message.function.empty() && target.keeps();
        co_await within(longest_send, target.send(message));
    } catch (const Error& error) {
        failure = error.detail.empty() ? "refused" : error.detail;
    } catch (const std::exception&) {
        failure = "unexpected";
    }
    const Instant now = clock.now();
    const bool sent = failure.empty();
    const bool given_up = !sent && now - row.created_ms >= give_up_after;
    const FailedSend failed{.pool_id = row.pool_id,
                            .channel = std::string(boost::describe::enum_to_string(message.channel, "")),
                            .purpose = message.purpose,
                            .username = message.username,
                            .reason = failure,
                            .tries = row.tries,
                            .given_up = given_up};
    co_await db.write([&](db::Transaction& tx) {
        MessageRows rows(tx);
        if (sent && !keeps) return rows.erase(row);
        if (sent) return rows.finish(row);
        if (on_failed_send) on_failed_send(tx, failed, now);
        if (given_up) return rows.give_up(row);
        rows.postpone(row, now + pause_after(static_cast<int>(row.tries)));
    });
    if (!sent) {
        log::warning(given_up ? "message_given_up" : "message_delivery_failed",
                     {{"pool", row.pool_id.str()}, {"message", row.message_id}, {"reason", failure}});
    }
    co_return sent;
}

Task<int> Outbox::deliver_due() {
    int handed_over = 0;
    for (;;) {
        const Instant now = impl_->clock.now();
        const Instant until = now + lease;
        auto claimed =
            co_await impl_->db.write([&](db::Transaction& tx) { return MessageRows(tx).claim_due(now, until, batch); });
        for (auto& row : claimed) {
            if (co_await impl_->deliver(std::move(row), until)) ++handed_over;
        }
        if (claimed.size() < batch) break;
    }
    co_return handed_over;
}

Task<void> Outbox::Impl::loop(std::shared_ptr<Timer> pause, Outbox& outbox) {
    for (;;) {
        {
            const std::lock_guard lock(mutex);
            if (stopped) co_return;
            woken = false;
        }
        try {
            // Only look: a write for nothing every few seconds would keep the disk awake.
            const Instant now = clock.now();
            const bool due = co_await db.read([&](db::Transaction& tx) { return MessageRows(tx).any_due(now); });
            if (due) co_await outbox.deliver_due();
        } catch (const Error& error) {  // the courier outlives an outage of the database
            log::error("message_courier_failed", {{"reason", error.detail}});
        }
        bool wait = false;
        {
            const std::lock_guard lock(mutex);
            wait = !woken && !stopped;
            if (wait) pause->expires_after(idle_pause);
        }
        // A wake() between the lock and the wait posts its cancel behind this coroutine on the strand, so none is lost.
        if (wait) co_await pause->async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

Task<void> Outbox::run() {
    const auto executor = co_await asio::this_coro::executor;
    auto strand = asio::make_strand(executor);
    auto pause = std::make_shared<Timer>(strand);
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->timer = pause;
    }
    co_await asio::co_spawn(strand, impl_->loop(pause, *this), asio::use_awaitable);
    const std::lock_guard lock(impl_->mutex);
    impl_->timer.reset();
}

Task<std::vector<Message>> Outbox::list(PoolId pool, int limit) {
    const auto rows = co_await impl_->db.read(
        [&](db::Transaction& tx) { return MessageRows(tx).list_sent(pool, std::clamp(limit, 0, kept_per_pool)); });
    std::vector<Message> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back(impl_->open(row));
    co_return out;
}

Task<std::vector<Message>> Outbox::list_all(int limit) {
    const auto rows = co_await impl_->db.read(
        [&](db::Transaction& tx) { return MessageRows(tx).list_all_sent(std::clamp(limit, 0, kept_per_pool)); });
    std::vector<Message> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back(impl_->open(row));
    co_return out;
}

}  // namespace symbolon::messaging
