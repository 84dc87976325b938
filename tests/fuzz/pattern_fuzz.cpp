#include "base/encoding.hpp"
#include "base/shape/patterns.hpp"
#include "fuzz.hpp"

#include <array>

using namespace symbolon;

namespace {

constexpr std::array patterns{pattern::word,
                              pattern::word_or_plus,
                              pattern::name,
                              pattern::pool_id,
                              pattern::device_key,
                              pattern::event_id,
                              pattern::without_space,
                              pattern::graphic,
                              pattern::subject,
                              pattern::graphic_or_blank,
                              pattern::provider_name,
                              pattern::message,
                              pattern::token,
                              pattern::message_with_code,
                              pattern::message_with_link,
                              pattern::line_with_code,
                              pattern::email_address,
                              pattern::domain,
                              pattern::scope,
                              pattern::scope_name,
                              pattern::secret_hash,
                              pattern::digits,
                              pattern::hex,
                              pattern::letters_and_digits,
                              pattern::arn,
                              pattern::configuration_set};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const bool is_text = count_characters(text).has_value();
    for (const auto& pattern : patterns) {
        fuzz::require(!pattern.matches(text) || is_text, "only text matches a pattern");
    }
    fuzz::require(!pattern::scope_name.matches(text) || pattern::scope.matches(text), "a scope's name is a scope");
    fuzz::require(!pattern::word.matches(text) || pattern::name.matches(text), "a word is a name");
    return 0;
}
