#include "crypto/srp.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace symbolon::crypto::srp {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// What stands before the next separator, which is taken too; nothing when it does not come.
std::optional<std::string_view> take(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    if (end == std::string_view::npos) return std::nullopt;
    const auto part = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return part;
}

/// A number of `min_digits` to `max_digits` digits.
std::optional<int> to_number(std::optional<std::string_view> text, std::size_t min_digits, std::size_t max_digits) {
    if (!text || text->size() < min_digits || text->size() > max_digits) return std::nullopt;
    if (!std::ranges::all_of(*text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    int out = 0;
    std::from_chars(text->data(), text->data() + text->size(), out);
    return out;
}

}  // namespace

std::optional<Instant> parse_timestamp(std::string_view text) {
    const auto weekday = take(text, ' ');
    const auto month_name = take(text, ' ');
    const auto day = to_number(take(text, ' '), 1, 2);
    const auto hour = to_number(take(text, ':'), 2, 2);
    const auto minute = to_number(take(text, ':'), 2, 2);
    const auto second = to_number(take(text, ' '), 2, 2);
    const auto zone = take(text, ' ');
    const auto year = to_number(text, 4, 4);
    if (!weekday || !month_name || !day || !hour || !minute || !second || zone != "UTC" || !year) return std::nullopt;

    const auto* month = std::ranges::find(months, *month_name);
    if (month == months.end() || std::ranges::find(weekdays, *weekday) == weekdays.end()) return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

}  // namespace symbolon::crypto::srp
