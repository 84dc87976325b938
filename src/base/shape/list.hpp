#pragma once

#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

namespace symbolon {

/// A list with a declared size: `List<Scope, 0, 50>`. A max of 0 is unbounded. Checked by decode() alone.
template <class T, std::size_t min_size = 0, std::size_t max_size = 0>
class List {
public:
    using IsList = void;  ///< how the codec recognises it
    using value_type = T;
    static constexpr std::size_t min = min_size;
    static constexpr std::size_t max = max_size;

    List() = default;
    List(std::vector<T> items) : items_(std::move(items)) {}
    List(std::initializer_list<T> items) : items_(items) {}

    auto begin() const { return items_.begin(); }
    auto end() const { return items_.end(); }
    auto begin() { return items_.begin(); }
    auto end() { return items_.end(); }
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    const T& operator[](std::size_t index) const { return items_[index]; }
    T& operator[](std::size_t index) { return items_[index]; }
    void push_back(T item) { items_.push_back(std::move(item)); }
    const std::vector<T>& items() const { return items_; }

    friend bool operator==(const List&, const List&) = default;

private:
    std::vector<T> items_;
};

template <class T>
concept ListShape = requires { typename T::IsList; };

}  // namespace symbolon
