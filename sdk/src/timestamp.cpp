#include "timestamp.hpp"

#include <cstddef>

namespace symbolon::skill {
namespace {

/// Reads a text from left to right; once something does not fit, it stays failed.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (i >= rest_.size() || rest_[i] < '0' || rest_[i] > '9') return fail();
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void need(char c) {
        if (!take(c)) fail();
    }
    /// A fraction of a second, cut off after the milliseconds.
    int milliseconds() {
        int value = 0;
        int weight = 100;
        std::size_t digits = 0;
        for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits, weight /= 10) {
            value += (rest_[digits] - '0') * weight;
        }
        if (digits == 0 || digits > 9) return fail();
        rest_.remove_prefix(digits);
        return value;
    }
    int fail() {
        failed_ = true;
        return 0;
    }
    bool complete() const { return !failed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace

std::optional<Time> parse_timestamp(std::string_view text) {
    Scanner in(text);
    const std::chrono::year year{in.number(4)};
    in.need('-');
    const std::chrono::month month{static_cast<unsigned>(in.number(2))};
    in.need('-');
    const std::chrono::day day{static_cast<unsigned>(in.number(2))};
    in.need('T');
    const std::chrono::hours hours{in.number(2)};
    in.need(':');
    const std::chrono::minutes minutes{in.number(2)};
    in.need(':');
    const std::chrono::seconds seconds{in.number(2)};
    const std::chrono::milliseconds fraction{in.take('.') ? in.milliseconds() : 0};

    std::chrono::minutes offset{0};
    if (!in.take('Z')) {
        const bool west = in.take('-');
        if (!west) in.need('+');
        offset = std::chrono::hours{in.number(2)};
        in.need(':');
        offset += std::chrono::minutes{in.number(2)};
        if (west) offset = -offset;
    }

    const std::chrono::year_month_day date{year, month, day};
    if (!in.complete() || !date.ok() || hours.count() > 23 || minutes.count() > 59 || seconds.count() > 60) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date} + hours + minutes + seconds + fraction - offset;
}

}  // namespace symbolon::skill
