#pragma once

#include "base/clock.hpp"

#include <compare>
#include <cstdint>
#include <limits>

namespace symbolon {

inline constexpr std::int64_t no_minimum = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t no_maximum = std::numeric_limits<std::int64_t>::max();

/// A whole number with a declared range: `using Days = Number<struct DaysTag, 0, 365>;`. Checked by decode() alone.
template <class Tag, std::int64_t min_value = no_minimum, std::int64_t max_value = no_maximum>
class Number {
public:
    using IsNumber = void;  ///< how the codec recognises it
    static constexpr std::int64_t min = min_value;
    static constexpr std::int64_t max = max_value;

    Number() = default;
    Number(std::int64_t value) : value_(value) {}

    std::int64_t get() const { return value_; }

    friend bool operator==(const Number&, const Number&) = default;
    friend auto operator<=>(const Number&, const Number&) = default;

private:
    std::int64_t value_ = 0;
};

template <class T>
concept NumberShape = requires { typename T::IsNumber; };

/// An instant on the wire: a JSON number of seconds since 1970, with a fraction of milliseconds.
struct Timestamp {
    Instant instant{};

    Timestamp() = default;
    Timestamp(Instant t) : instant(t) {}

    friend bool operator==(const Timestamp&, const Timestamp&) = default;
    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

}  // namespace symbolon
