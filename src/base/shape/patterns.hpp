#pragma once

#include <string_view>

namespace symbolon {

/// What a text must look like as a whole: the rule's name in error messages (a regular expression, as the service's
/// model has it) and the function that decides it. The decision never runs a regular expression engine: each function
/// passes over the text a constant number of times, whatever the text.
struct Pattern {
    std::string_view text;
    bool (*matches)(std::string_view utf8);
};

/// Character classes used below. \w is [A-Za-z0-9_], \s is [ \t\n\v\f\r]. "Graphic" is [\p{L}\p{M}\p{S}\p{N}\p{P}]: no
/// separators, controls, format characters, private-use or unassigned code points (Unicode 17).
bool is_graphic(char32_t character);

/// The functions behind the patterns. Text that is not valid UTF-8 matches none but `is_any`.
bool is_any(std::string_view text);
bool is_word(std::string_view text);
bool is_word_or_plus(std::string_view text);
bool is_name(std::string_view text);
bool is_pool_id(std::string_view text);
bool is_device_key(std::string_view text);
bool is_event_id(std::string_view text);
bool is_without_space(std::string_view text);
bool is_graphic_text(std::string_view text);
bool is_graphic_or_blank(std::string_view text);
bool is_graphic_or_space(std::string_view text);
bool is_graphic_or_separator(std::string_view text);
bool is_new_provider_name(std::string_view text);
bool is_idp_identifier(std::string_view text);
bool is_message(std::string_view text);
bool is_message_with_code(std::string_view text);
bool is_message_with_link(std::string_view text);
bool is_line_with_code(std::string_view text);
bool is_email_address(std::string_view text);
bool is_domain_prefix(std::string_view text);
bool is_scope(std::string_view text);
bool is_scope_name(std::string_view text);
bool is_secret_hash(std::string_view text);
bool is_token(std::string_view text);
bool is_digits(std::string_view text);
bool is_letters_and_digits(std::string_view text);
bool is_configuration_set(std::string_view text);
bool is_hex_text(std::string_view text);
bool is_arn(std::string_view text);

/// Spec: the patterns of the scalar shapes, cognito-api Appendix B; named after what they are, not after who uses them.
namespace pattern {
inline constexpr Pattern any{"(?s).*", is_any};
inline constexpr Pattern word{R"([\w]+)", is_word};
inline constexpr Pattern word_or_plus{R"([\w+]+)", is_word_or_plus};         ///< ClientId, ClientSecret
inline constexpr Pattern name{R"([\w\s+=,.@-]+)", is_name};                  ///< pool, client, resource server names
inline constexpr Pattern pool_id{R"([\w-]+_[0-9a-zA-Z]+)", is_pool_id};      ///< UserPoolId
inline constexpr Pattern device_key{R"([\w-]+_[0-9a-f-]+)", is_device_key};  ///< DeviceKey
inline constexpr Pattern event_id{R"([\w+-]+)", is_event_id};                ///< EventId
inline constexpr Pattern without_space{R"([\S]+)", is_without_space};  ///< Password, ConfirmationCode, paging keys
inline constexpr Pattern graphic{R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+)", is_graphic_text};  ///< Username, redirect URLs
inline constexpr Pattern graphic_or_blank{R"([\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+)",
                                          is_graphic_or_blank};                              ///< attributes
inline constexpr Pattern subject{R"([\p{L}\p{M}\p{S}\p{N}\p{P}\s]+)", is_graphic_or_space};  ///< e-mail subjects
inline constexpr Pattern provider_name{R"([\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+)", is_graphic_or_separator};
inline constexpr Pattern new_provider_name{R"([^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+)", is_new_provider_name};
inline constexpr Pattern idp_identifier{R"([\w\s+=.@-]+)", is_idp_identifier};
inline constexpr Pattern message{R"([\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*)", is_message};  ///< invitation e-mail
inline constexpr Pattern message_with_code{R"([\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*)",
                                           is_message_with_code};
inline constexpr Pattern message_with_link{
    R"([\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*)",
    is_message_with_link};
inline constexpr Pattern line_with_code{R"(.*\{####\}.*)", is_line_with_code};  ///< text messages
inline constexpr Pattern email_address{R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+)",
                                       is_email_address};
inline constexpr Pattern domain{R"(^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$)", is_domain_prefix};
inline constexpr Pattern scope{R"([\x21\x23-\x5B\x5D-\x7E]+)", is_scope};  ///< scopes, resource server identifiers
inline constexpr Pattern scope_name{R"([\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+)", is_scope_name};  ///< the same without '/'
inline constexpr Pattern secret_hash{R"([\w+=/]+)", is_secret_hash};
inline constexpr Pattern token{"[A-Za-z0-9-_=.]+", is_token};
inline constexpr Pattern digits{"[0-9]+", is_digits};
inline constexpr Pattern letters_and_digits{"[A-Za-z0-9]+", is_letters_and_digits};
inline constexpr Pattern configuration_set{"^[a-zA-Z0-9_-]+$", is_configuration_set};
inline constexpr Pattern hex{"^[0-9a-fA-F]+$", is_hex_text};
inline constexpr Pattern arn{
    R"(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?)", is_arn};
}  // namespace pattern

}  // namespace symbolon
