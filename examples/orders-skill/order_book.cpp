#include "order_book.hpp"

#include <utility>

namespace orders_skill {

bool OrderBook::add(const std::string& user, std::string drink) {
    const std::lock_guard lock(mutex_);
    auto& orders = orders_[user];
    if (orders.size() >= most_for_one) return false;
    orders.push_back(std::move(drink));
    return true;
}

std::vector<std::string> OrderBook::list(const std::string& user) const {
    const std::lock_guard lock(mutex_);
    const auto found = orders_.find(user);
    return found == orders_.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace orders_skill
