// The only file that sees libphonenumber. Its tables take some megabytes and milliseconds, so they are loaded when the
// first number or the country picker needs them, not at start.
#include "base/utf8.hpp"
#include "directory/identifiers.hpp"
#include "directory/unicode.hpp"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <set>

namespace symbolon::directory {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t max_input = 64;  // characters that a person may need to write one number

/// Digits and a leading '+' alone: separators and invisible characters dropped, digits of other scripts as ASCII.
/// Nothing when there is anything else (letters, extensions, a second '+').
std::optional<std::string> clean(std::string_view text) {
    std::string cleaned;
    std::size_t characters = 0;
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character || ++characters > max_input) return std::nullopt;
        if (const auto digit = digit_value(*character)) {
            cleaned.push_back(static_cast<char>('0' + *digit));
        } else if (*character == '+' || *character == 0xFF0B) {
            if (!cleaned.empty()) return std::nullopt;
            cleaned.push_back('+');
        } else if (is_control(*character)) {
            return std::nullopt;
        } else {
            const bool dash = *character == '-' || (*character >= 0x2010 && *character <= 0x2015) ||
                              *character == 0x2212 || *character == 0xFF0D;
            const bool bracket = *character == '(' || *character == ')' || *character == 0xFF08 || *character == 0xFF09;
            const bool mark = *character == '.' || *character == '/' || *character == 0x00B7;
            if (!dash && !bracket && !mark && !is_space(*character) && !is_invisible(*character)) return std::nullopt;
        }
    }
    return cleaned;
}

const PhoneNumberUtil& util() {
    static const PhoneNumberUtil& instance = []() -> PhoneNumberUtil& {
        PhoneNumberUtil& loaded = *PhoneNumberUtil::GetInstance();
        loaded.SetLogger(new i18n::phonenumbers::NullLogger);  // which it owns; its own would print numbers
        return loaded;
    }();
    return instance;
}

/// E.164 of a cleaned number that libphonenumber takes for valid.
std::optional<std::string> format_valid(const std::string& cleaned, std::string_view region) {
    const bool international = cleaned.starts_with('+');
    if (!international && region.empty()) return std::nullopt;
    PhoneNumber number;
    const std::string from(international ? std::string_view("ZZ") : region);
    if (util().Parse(cleaned, from, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
    if (!util().IsValidNumber(number)) return std::nullopt;
    std::string formatted;
    util().Format(number, PhoneNumberUtil::E164, &formatted);
    return formatted;
}

/// Whether libphonenumber, which takes surplus prefixes away, writes the number as it is, valid or not. Far cheaper
/// than to ask it whether the number is valid.
bool is_written_so(const std::string& e164) {
    PhoneNumber number;
    if (util().Parse(e164, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
    std::string formatted;
    util().Format(number, PhoneNumberUtil::E164, &formatted);
    return formatted == e164;
}

Country describe(const std::string& region) {
    Country out;
    out.code = region;
    out.calling_code = util().GetCountryCodeForRegion(region);
    std::string main;
    util().GetRegionCodeForCountryCode(out.calling_code, &main);
    out.main = main == region;
    PhoneNumber number;
    if (util().GetExampleNumberForType(region, PhoneNumberUtil::MOBILE, &number)) {
        util().Format(number, PhoneNumberUtil::NATIONAL, &out.example);
    }
    return out;
}

}  // namespace

std::optional<std::string> parse_phone_number(std::string_view text, std::string_view region) {
    const auto cleaned = clean(text);
    if (!cleaned) return std::nullopt;
    const auto parsed = format_valid(*cleaned, region);
    // What it formats must be what it parses again: else the number would have two forms.
    if (!parsed || !is_e164(*parsed)) return std::nullopt;
    if (*parsed != *cleaned && format_valid(*parsed, {}) != parsed) return std::nullopt;
    return parsed;
}

std::optional<std::string> canonical_phone_number(std::string_view text) {
    auto cleaned = clean(text);
    if (!cleaned || !cleaned->starts_with('+')) return std::nullopt;
    if (is_e164(*cleaned) && is_written_so(*cleaned)) return cleaned;
    if (auto parsed = parse_phone_number(*cleaned)) return parsed;
    if (is_e164(*cleaned)) return cleaned;
    return std::nullopt;
}

const std::vector<Country>& list_countries() {
    static const std::vector<Country> all = [] {
        std::set<std::string> regions;
        util().GetSupportedRegions(&regions);
        std::vector<Country> countries;
        countries.reserve(regions.size());
        for (const std::string& region : regions) countries.push_back(describe(region));
        return countries;
    }();
    return all;
}

}  // namespace symbolon::directory
