#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace orders_skill {

/// Who ordered what. Threads: any.
class OrderBook {
public:
    static constexpr std::size_t most_for_one = 20;

    /// False when the user has as many orders as anybody may have.
    bool add(const std::string& user, std::string drink);
    /// In the order in which they were made.
    std::vector<std::string> list(const std::string& user) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::vector<std::string>> orders_;
};

}  // namespace orders_skill
