#include "base/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <stdexcept>

namespace symbolon {

void run(Task<void> task) {
    boost::asio::io_context loop(1);
    bool ended = false;
    std::exception_ptr failure;
    boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown) {
        ended = true;
        failure = thrown;
    });
    loop.run();
    if (failure) std::rethrow_exception(failure);
    if (!ended) throw std::logic_error("the task waits for something that will never happen");
}

}  // namespace symbolon
