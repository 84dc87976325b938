#include "app/background.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>
#include <thread>
#include <utility>

namespace symbolon::app {

namespace asio = boost::asio;

struct Background::Impl {
    /// A duty, and the rests between its turns.
    struct Post {
        Caretaker caretaker;
        asio::steady_timer timer;
    };

    messaging::Outbox& outbox;
    asio::io_context context{1};
    std::list<Post> posts{};
    bool stopping = false;
    std::thread thread{};

    Task<void> hold(Post& post) {
        while (!stopping) {
            const auto rest = co_await post.caretaker.take_turn();
            if (stopping) break;
            boost::system::error_code cancelled;
            post.timer.expires_after(rest);
            co_await post.timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        }
        co_await post.caretaker.hand_over();
    }

    void stop_all() {
        stopping = true;
        for (auto& post : posts) post.timer.cancel();
    }
};

Background::Background(db::Database& db, messaging::Outbox& outbox, const directory::Claimant& claimant,
                       std::vector<Duty> duties)
    : impl_(new Impl{.outbox = outbox}) {
    for (auto& duty : duties) {
        impl_->posts.push_back({Caretaker(db, claimant, std::move(duty)), asio::steady_timer(impl_->context)});
    }
}

Background::~Background() {
    stop();
}

void Background::start() {
    asio::co_spawn(impl_->context, impl_->outbox.run(), asio::detached);
    for (auto& post : impl_->posts) asio::co_spawn(impl_->context, impl_->hold(post), asio::detached);
    impl_->thread = std::thread([this] { impl_->context.run(); });
}

void Background::stop() {
    if (!impl_->thread.joinable()) return;
    impl_->outbox.stop();
    asio::post(impl_->context, [this] { impl_->stop_all(); });
    impl_->thread.join();
}

}  // namespace symbolon::app
