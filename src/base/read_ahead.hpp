#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace symbolon {

/// Runs a producer on a thread of its own, some values ahead of the one who takes them. The producer returns nothing
/// when there are no more; what it throws is thrown to the taker, after the values before it.
template <class T>
class ReadAhead {
public:
    using Produce = std::function<std::optional<T>()>;

    ReadAhead(Produce produce, std::size_t ahead)
        : produce_(std::move(produce)), ahead_(ahead), thread_([this] { run(); }) {}
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;
    ~ReadAhead() {
        {
            const std::lock_guard lock(mutex_);
            unwanted_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    /// Waits for the next value; nothing at the end.
    std::optional<T> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_ || !values_.empty(); });
        if (values_.empty()) {
            if (failure_) std::rethrow_exception(failure_);
            return std::nullopt;
        }
        std::optional<T> value(std::move(values_.front()));
        values_.pop_front();
        lock.unlock();
        changed_.notify_all();
        return value;
    }

private:
    void run() {
        std::exception_ptr failure;
        try {
            while (auto value = produce_())
                if (!keep(std::move(*value))) return;
        } catch (...) {
            failure = std::current_exception();
        }
        {
            const std::lock_guard lock(mutex_);
            failure_ = failure;
            ended_ = true;
        }
        changed_.notify_all();
    }

    /// False when nobody wants it any more.
    bool keep(T value) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return unwanted_ || values_.size() < ahead_; });
        if (unwanted_) return false;
        values_.push_back(std::move(value));
        lock.unlock();
        changed_.notify_all();
        return true;
    }

    const Produce produce_;
    const std::size_t ahead_;

    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    std::deque<T> values_;
    std::exception_ptr failure_;
    bool ended_ = false;
    bool unwanted_ = false;

    std::thread thread_;  // last: it uses all of the above
};

}  // namespace symbolon
