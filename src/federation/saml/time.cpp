#include "federation/saml/time.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace symbolon::federation::saml {
namespace {

constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int number(std::string_view text, std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + size, value);
    return value;
}

}  // namespace

std::optional<Instant> parse_time(std::string_view text) {
    if (text.size() <= form.size() || text.size() > 40 || text.back() != 'Z') return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i]) return std::nullopt;
    const auto fraction = text.substr(form.size(), text.size() - form.size() - 1);
    if (!fraction.empty() && (fraction.size() < 2 || fraction.front() != '.' ||
                              !std::all_of(fraction.begin() + 1, fraction.end(), is_digit)))
        return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{year{number(text, 0, 4)}, month{static_cast<unsigned>(number(text, 5, 2))},
                              day{static_cast<unsigned>(number(text, 8, 2))}};
    const int h = number(text, 11, 2), m = number(text, 14, 2), s = number(text, 17, 2);
    if (!date.ok() || h > 23 || m > 59 || s > 60) return std::nullopt;
    // Fractions are dropped: a tolerance of seconds is given anyway.
    return Instant{sys_days{date} + hours{h} + minutes{m} + seconds{s}};
}

std::string time_text(Instant time) {
    auto text = to_iso8601(time);
    text.resize(form.size());
    return text + "Z";
}

}  // namespace symbolon::federation::saml
