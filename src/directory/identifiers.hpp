#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// The one place where what a person or a program typed becomes what is looked up, compared, counted and stored. Every
/// function is idempotent: the canonical form of a canonical form is itself.

/// A phone number in E.164, e.g. "+14155550123". Accepts separators and full-width digits; a number without '+' needs
/// `region` (ISO 3166-1, e.g. "US"). Nothing when libphonenumber does not take it for a possible, valid number.
std::optional<std::string> parse_phone_number(std::string_view text, std::string_view region = {});
/// What is looked up and stored for a phone number that is given with its country code: parse_phone_number's form, or,
/// for a number that libphonenumber does not know, the cleaned text if it is_e164 (numbers for tests, new ranges).
std::optional<std::string> canonical_phone_number(std::string_view text);
/// True for "+" and 2 to 15 digits: the API's own rule, which admits numbers that libphonenumber would not.
bool is_e164(std::string_view text);

/// An e-mail address: no white space, control or invisible characters, one '@', none of the characters that have a
/// meaning in mail headers, domain lower-cased. Nothing when it is not one.
std::optional<std::string> parse_email(std::string_view text);

/// A user name as looked up: without white space around it and without invisible characters. `case_sensitive` is the
/// pool's setting; otherwise letters are folded by simple case folding (no normalisation).
std::string canonical_username(std::string_view username, bool case_sensitive);

/// A domain prefix or host name in lower case without a trailing dot. Nothing when it is not one.
std::optional<std::string> parse_domain(std::string_view text);

/// "+*******1234", "j***@e***" (cognito-api.md §3.2).
std::string mask_phone_number(std::string_view e164);
std::string mask_email(std::string_view email);

/// For the country picker.
struct Country {
    std::string code;  ///< ISO
    int calling_code = 0;
    bool main = false;    ///< the first of those that share the calling code: US of 1
    std::string example;  ///< a mobile number as one writes it there; "" where none is known
};
/// Sorted by code.
const std::vector<Country>& list_countries();

}  // namespace symbolon::directory
