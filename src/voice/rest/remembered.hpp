#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace symbolon::voice {

/// The last hundred of something, by id, in memory. Threads: any.
template <class T>
class Remembered {
public:
    void put(const std::string& id, T value) {
        const std::scoped_lock lock(mutex_);
        if (values_.insert_or_assign(id, std::move(value)).second) order_.push_back(id);
        if (order_.size() <= most) return;
        values_.erase(order_.front());
        order_.pop_front();
    }

    std::optional<T> find(const std::string& id) const {
        const std::scoped_lock lock(mutex_);
        const auto found = values_.find(id);
        return found != values_.end() ? std::optional(found->second) : std::nullopt;
    }

private:
    static constexpr std::size_t most = 100;

    mutable std::mutex mutex_;
    std::map<std::string, T> values_;
    std::deque<std::string> order_;
};

}  // namespace symbolon::voice
