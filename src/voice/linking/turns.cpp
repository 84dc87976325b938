#include "voice/linking/turns.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <deque>
#include <map>
#include <mutex>

namespace symbolon::voice {

namespace asio = boost::asio;

namespace {

/// One who waits: the timer never fires, it is cancelled when the turn comes.
struct Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : timer(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer timer;
    bool has_turn = false;
};
using WaiterPtr = std::shared_ptr<Waiter>;

}  // namespace

struct Turns::Queue {
    /// True when the turn is the caller's at once; otherwise the waiter is told later.
    bool enter(const std::string& key, const WaiterPtr& waiter) {
        const std::scoped_lock lock(mutex);
        const auto [place, is_first] = waiting.try_emplace(key);
        if (!is_first) place->second.push_back(waiter);
        return is_first;
    }

    void pass_on(const std::string& key) {
        const std::scoped_lock lock(mutex);
        const auto place = waiting.find(key);
        if (place->second.empty()) {
            waiting.erase(place);
            return;
        }
        const WaiterPtr next = std::move(place->second.front());
        place->second.pop_front();
        next->has_turn = true;
        // On the waiter's own loop, so that it comes after the wait began. The loop is there: the waiter leaves the
        // queue, under this lock, before its coroutine ends.
        asio::post(next->timer.get_executor(), [next] { next->timer.cancel(); });
    }

    /// The waiter's coroutine goes on or ends. Gives back a turn that it got and cannot use.
    void leave(const std::string& key, const WaiterPtr& waiter, bool takes_turn) {
        bool unused = false;
        {
            const std::scoped_lock lock(mutex);
            unused = waiter->has_turn && !takes_turn;
            if (!waiter->has_turn) std::erase(waiting.at(key), waiter);
        }
        if (unused) pass_on(key);
    }

    bool has_turn(const WaiterPtr& waiter) {
        const std::scoped_lock lock(mutex);
        return waiter->has_turn;
    }

    std::mutex mutex;
    std::map<std::string, std::deque<WaiterPtr>, std::less<>> waiting;  // a key is here while somebody has its turn
};

namespace {

/// Leaves the queue however the waiting coroutine ends.
template <class Queue>
class Place {
public:
    Place(Queue& queue, const std::string& key, const WaiterPtr& waiter) : queue_(queue), key_(key), waiter_(waiter) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { queue_.leave(key_, waiter_, takes_turn_); }
    void take_turn() { takes_turn_ = true; }

private:
    Queue& queue_;
    const std::string& key_;
    const WaiterPtr& waiter_;
    bool takes_turn_ = false;
};

}  // namespace

Turns::Turns() : queue_(std::make_unique<Queue>()) {}
Turns::~Turns() = default;

Turns::Turn::~Turn() {
    if (queue_ != nullptr) queue_->pass_on(key_);
}

Task<Turns::Turn> Turns::take(std::string key) {
    const auto executor = co_await asio::this_coro::executor;
    const auto waiter = std::make_shared<Waiter>(executor);
    if (queue_->enter(key, waiter)) co_return Turn(*queue_, std::move(key));
    Place place(*queue_, key, waiter);
    boost::system::error_code ended;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (!queue_->has_turn(waiter)) throw boost::system::system_error(asio::error::operation_aborted);
    place.take_turn();
    co_return Turn(*queue_, key);
}

}  // namespace symbolon::voice
