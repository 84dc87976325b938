#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace symbolon::directory {

/// What was read lately: at most `capacity` values, the longest unused one goes first; none is older than `life`.
/// A value that was read before something was forgotten is not kept: what forget() dropped does not come back.
/// Threads: any.
template <class Key, class Value>
class Recent {
public:
    Recent(std::size_t capacity, std::chrono::milliseconds life) : capacity_(capacity), life_(life) {}

    /// Null when it is not held or too old.
    std::shared_ptr<const Value> find(const Key& key, Instant now) {
        const std::lock_guard lock(mutex_);
        const auto found = index_.find(key);
        if (found == index_.end()) return nullptr;
        const auto entry = found->second;
        if (now < entry->read || now - entry->read >= life_) {
            index_.erase(found);
            entries_.erase(entry);
            return nullptr;
        }
        entries_.splice(entries_.begin(), entries_, entry);
        return entry->value;
    }

    /// Taken before the database is read, given to keep() afterwards.
    std::uint64_t generation() const {
        const std::lock_guard lock(mutex_);
        return generation_;
    }

    void keep(const Key& key, std::shared_ptr<const Value> value, Instant read, std::uint64_t generation) {
        const std::lock_guard lock(mutex_);
        if (generation != generation_) return;
        if (const auto found = index_.find(key); found != index_.end()) {
            entries_.erase(found->second);
            index_.erase(found);
        }
        entries_.push_front({key, std::move(value), read});
        index_.emplace(key, entries_.begin());
        if (entries_.size() > capacity_) {
            index_.erase(entries_.back().key);
            entries_.pop_back();
        }
    }

    template <class Predicate>
    void forget_if(Predicate predicate) {
        const std::lock_guard lock(mutex_);
        ++generation_;
        for (auto entry = entries_.begin(); entry != entries_.end();) {
            if (predicate(entry->key, *entry->value)) {
                index_.erase(entry->key);
                entry = entries_.erase(entry);
            } else {
                ++entry;
            }
        }
    }

    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return entries_.size();
    }

private:
    struct Entry {
        Key key;
        std::shared_ptr<const Value> value;
        Instant read;
    };

    const std::size_t capacity_;
    const std::chrono::milliseconds life_;
    mutable std::mutex mutex_;
    std::uint64_t generation_ = 0;
    std::list<Entry> entries_;  // the one used last in front
    std::unordered_map<Key, typename std::list<Entry>::iterator> index_;
};

}  // namespace symbolon::directory
