#include "base/loop_hold.hpp"

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <memory>
#include <optional>
#include <thread>

namespace symbolon {
namespace {

namespace asio = boost::asio;

/// What is posted runs, and the loop ends only then; whoever runs it may throw it away at once. The sanitizers see
/// whether the hold touches it after that.
TEST(LoopHold, lets_go_of_a_strands_loop_last) {
    for (int i = 0; i < 500; ++i) {
        auto loop = std::make_unique<asio::io_context>(1);
        std::optional<LoopHold> hold(std::in_place, asio::make_strand(*loop));
        bool done = false;
        std::thread runner([&] {
            loop->run();
            loop.reset();
        });
        hold->post([&done] { done = true; });
        hold.reset();
        runner.join();
        EXPECT_TRUE(done);
    }
}

}  // namespace
}  // namespace symbolon
