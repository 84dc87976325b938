#pragma once

#include "db/database.hpp"
#include "db/refusal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <utility>

namespace symbolon::db {

/// A part of fixtures: starts writes without waiting for them, and one that holds the thread it runs on, so that what
/// is started meanwhile waits in the queue. The database of the derived fixture ends before the loop here.
class HeldWrites {
protected:
    virtual ~HeldWrites() = default;
    virtual Database& database() = 0;

    /// What became of a started write: nothing while it waits.
    struct Outcome {
        bool ended = false;
        std::optional<Errc> refusal;
    };

    std::shared_ptr<Outcome> start(Database::Closure closure) {
        auto outcome = std::make_shared<Outcome>();
        boost::asio::co_spawn(loop_, write_to(database(), std::move(closure)), [outcome](std::exception_ptr failure) {
            outcome->ended = true;
            if (failure) outcome->refusal = code_of([&] { std::rethrow_exception(failure); });
        });
        loop_.restart();
        loop_.poll();  // up to the queue
        return outcome;
    }

    /// Returns when a thread is inside a closure, which it leaves with release().
    std::shared_ptr<Outcome> hold() {
        auto outcome = start([this](Transaction&) {
            held_.set_value();
            released_.get_future().wait();
        });
        held_.get_future().wait();
        return outcome;
    }
    void release() {
        released_.set_value();
        loop_.restart();
        loop_.run();
    }

    boost::asio::io_context loop_;

private:
    static Task<void> write_to(Database& database, Database::Closure closure) { co_await database.write(closure); }

    std::promise<void> held_;
    std::promise<void> released_;
};

}  // namespace symbolon::db
