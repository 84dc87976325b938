#include "app/background.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "directory/cleaning.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <thread>

namespace symbolon::app {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds cleaning_pause{30};
constexpr int cleaning_step = 500;

}  // namespace

struct Background::Impl {
    db::Database& db;
    messaging::Outbox& outbox;
    const Clock& clock;
    asio::io_context context{1};
    asio::steady_timer timer{context};
    bool stopping = false;
    std::thread thread;

    Impl(db::Database& db_, messaging::Outbox& outbox_, const Clock& clock_)
        : db(db_), outbox(outbox_), clock(clock_) {}

    /// Removes expired rows until a step finds fewer than it could take, then rests.
    Task<void> clean() {
        while (!stopping) {
            boost::system::error_code cancelled;
            timer.expires_after(cleaning_pause);
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
            std::int64_t removed = cleaning_step;
            while (!stopping && removed >= cleaning_step) removed = co_await clean_once();
        }
    }

    Task<std::int64_t> clean_once() {
        const auto now = clock.now();
        try {
            co_return co_await db.write(
                [&](db::Transaction& tx) { return directory::remove_expired(tx, now, cleaning_step); });
        } catch (const Error& e) {
            log::warning("cleaning_failed", {{"detail", e.detail}});
        }
        co_return 0;
    }
};

Background::Background(db::Database& db, messaging::Outbox& outbox, const Clock& clock)
    : impl_(std::make_unique<Impl>(db, outbox, clock)) {}

Background::~Background() {
    stop();
}

void Background::start() {
    asio::co_spawn(impl_->context, impl_->outbox.run(), asio::detached);
    asio::co_spawn(impl_->context, impl_->clean(), asio::detached);
    impl_->thread = std::thread([this] { impl_->context.run(); });
}

void Background::stop() {
    if (!impl_->thread.joinable()) return;
    impl_->outbox.stop();
    asio::post(impl_->context, [this] {
        impl_->stopping = true;
        impl_->timer.cancel();
    });
    impl_->thread.join();
}

}  // namespace symbolon::app
