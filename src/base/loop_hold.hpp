#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <utility>

namespace symbolon {

/// Keeps an event loop from ending until this is gone, so that another thread can still hand something back to it.
/// (Asio's executor_work_guard lets the loop end before it gives up its copy of the executor; where that is a strand,
/// its end reaches into a loop that may be gone.)
class LoopHold {
public:
    explicit LoopHold(const boost::asio::any_io_executor& executor)
        : executor_(boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked)) {}

    /// Threads: any.
    template <class F>
    void post(F call) {
        boost::asio::post(executor_, std::move(call));
    }

private:
    boost::asio::any_io_executor executor_;
};

}  // namespace symbolon
