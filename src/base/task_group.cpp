#include "base/task_group.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <cassert>
#include <exception>
#include <list>
#include <utility>

namespace symbolon {

namespace asio = boost::asio;

namespace {

void log_failure(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Error& error) {
        log::error("task_failed", {{"message", error.message}, {"detail", error.detail}});
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) return;  // it was told to stop, and did
        log::error("task_failed", {{"message", error.what()}});
    } catch (const std::exception& error) {
        log::error("task_failed", {{"message", error.what()}});
    }
}

}  // namespace

struct TaskGroup::Impl {
    explicit Impl(asio::any_io_executor executor)
        : strand(asio::make_strand(std::move(executor))), idle(strand, asio::steady_timer::time_point::max()) {}

    asio::strand<asio::any_io_executor> strand;
    asio::steady_timer idle;  // never fires; cancelled when the last child ends
    std::list<asio::cancellation_signal> children;
};

TaskGroup::TaskGroup(asio::any_io_executor executor) : impl_(std::make_unique<Impl>(std::move(executor))) {}

TaskGroup::~TaskGroup() {
    assert(impl_->children.empty() && "join() the group before it ends");
}

void TaskGroup::spawn(Task<void> task) {
    const auto child = impl_->children.emplace(impl_->children.end());
    auto ended = [impl = impl_.get(), child](std::exception_ptr failure) {
        if (failure) log_failure(failure);
        impl->children.erase(child);
        if (impl->children.empty()) impl->idle.cancel();
    };
    asio::co_spawn(impl_->strand, std::move(task), asio::bind_cancellation_slot(child->slot(), std::move(ended)));
}

void TaskGroup::cancel() {
    // A child may end, and leave the list, while it is being told.
    for (auto child = impl_->children.begin(); child != impl_->children.end();) {
        (child++)->emit(asio::cancellation_type::terminal);
    }
}

Task<void> TaskGroup::join() {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    while (!impl_->children.empty()) co_await impl_->idle.async_wait(asio::as_tuple(asio::use_awaitable));
}

std::size_t TaskGroup::size() const {
    return impl_->children.size();
}

asio::any_io_executor TaskGroup::executor() const {
    return impl_->strand;
}

}  // namespace symbolon
