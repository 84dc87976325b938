#include "base/loop_hold.hpp"

#include <gtest/gtest.h>
#include <boost/asio/execution.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <utility>

namespace symbolon {
namespace {

namespace asio = boost::asio;

/// Of an executor: copies that keep the loop from ending, and copies that reach into it without keeping it.
struct Copies {
    int keeping = 0;
    int others = 0;
    bool other_left_behind = false;  ///< one was there when the last one that keeps the loop went
};

/// As a strand: its end reaches into the loop.
class CountedExecutor {
public:
    CountedExecutor(asio::io_context& loop, Copies& copies, bool keeps)
        : loop_(&loop), copies_(&copies), keeps_(keeps) {
        ++count();
    }
    CountedExecutor(const CountedExecutor& other) noexcept
        : CountedExecutor(*other.loop_, *other.copies_, other.keeps_) {}
    CountedExecutor& operator=(const CountedExecutor&) = delete;
    ~CountedExecutor() {
        --count();
        if (keeps_ && copies_->keeping == 0 && copies_->others > 0) copies_->other_left_behind = true;
    }

    asio::execution_context& query(asio::execution::context_t) const { return *loop_; }
    static constexpr asio::execution::blocking_t query(asio::execution::blocking_t) {
        return asio::execution::blocking.never;
    }
    CountedExecutor require(asio::execution::blocking_t::never_t) const { return *this; }
    CountedExecutor require(asio::execution::outstanding_work_t::tracked_t) const { return {*loop_, *copies_, true}; }
    CountedExecutor require(asio::execution::outstanding_work_t::untracked_t) const {
        return {*loop_, *copies_, false};
    }
    template <class F>
    void execute(F call) const {
        loop_->get_executor().execute(std::move(call));
    }
    friend bool operator==(const CountedExecutor& a, const CountedExecutor& b) noexcept { return a.loop_ == b.loop_; }
    friend bool operator!=(const CountedExecutor& a, const CountedExecutor& b) noexcept { return !(a == b); }

private:
    int& count() const { return keeps_ ? copies_->keeping : copies_->others; }

    asio::io_context* loop_;
    Copies* copies_;
    bool keeps_;
};

TEST(LoopHold, lets_go_of_the_loop_last) {
    asio::io_context loop(1);
    Copies copies;
    std::optional<LoopHold> hold;
    hold.emplace(asio::any_io_executor(CountedExecutor(loop, copies, false)));
    EXPECT_EQ(copies.keeping, 1);
    bool done = false;
    hold->post([&done] { done = true; });
    loop.run();
    EXPECT_TRUE(done);
    EXPECT_EQ(copies.keeping, 1);
    hold.reset();
    EXPECT_EQ(copies.keeping, 0);
    EXPECT_FALSE(copies.other_left_behind);
}

}  // namespace
}  // namespace symbolon
