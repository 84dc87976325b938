#pragma once

#include "base/shape/patterns.hpp"

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace symbolon {

/// Whether error messages may repeat the value.
enum class Sensitivity { open, sensitive };

/// The rule of a Text, without its type: what the codec checks.
struct TextRule {
    std::size_t min = 0;  ///< Unicode characters
    std::size_t max = 0;  ///< Unicode characters; 0 is unbounded
    const Pattern* pattern = &symbolon::pattern::any;
    Sensitivity sensitivity = Sensitivity::open;
};

/// Text with a declared constraint: `using PoolIdText = Text<struct PoolIdTextTag, 1, 55, pattern::pool_id>;`. Lengths
/// count Unicode characters; a max of 0 is unbounded. The constraint is checked by decode() alone; a value made in the
/// program is taken as it is, so that an answer is never refused.
template <class Tag, std::size_t min_length = 0, std::size_t max_length = 0, const Pattern& form = pattern::any,
          Sensitivity secrecy = Sensitivity::open>
class Text {
public:
    using IsText = void;  ///< how the codec recognises it, also through derived types
    static constexpr std::size_t min = min_length;
    static constexpr std::size_t max = max_length;
    static constexpr std::string_view pattern_text = form.text;
    static constexpr bool sensitive = secrecy == Sensitivity::sensitive;
    static constexpr TextRule rule{min_length, max_length, &form, secrecy};
    static bool matches(std::string_view text) { return form.matches(text); }

    Text() = default;
    Text(std::string text) : text_(std::move(text)) {}
    Text(std::string_view text) : text_(text) {}
    Text(const char* text) : text_(text) {}

    const std::string& str() const& { return text_; }
    std::string str() && { return std::move(text_); }
    bool empty() const { return text_.empty(); }

    friend bool operator==(const Text&, const Text&) = default;
    friend auto operator<=>(const Text&, const Text&) = default;

private:
    std::string text_;
};

template <class T>
concept TextShape = requires { typename T::IsText; };

}  // namespace symbolon
