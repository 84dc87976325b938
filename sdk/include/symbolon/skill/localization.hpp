#pragma once

#include <boost/json/object.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill {

namespace json = boost::json;

/// A text that no table has, or a placeholder without an argument.
class MissingText : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Values for placeholders, by name.
using Arguments = std::map<std::string, std::string, std::less<>>;

/// What a skill says, by locale. A text is looked for in the table of the locale ("de-AT"), then of its language
/// ("de"), then of another region of that language ("de-DE"), then likewise of the fall-back. A text may have variants,
/// one of which is chosen at random, and placeholders: `{name}`; `{{` and `}}` are braces. Immutable once the skill is
/// made.
class Localization {
public:
    /// Chooses a number below the one given.
    using Choose = std::function<std::size_t(std::size_t)>;

    explicit Localization(std::string fallback_locale = "en-US");

    /// Adds a table: `{"hello": "Hello {name}!", "bye": ["Bye.", "See you."]}`.
    /// Fails: std::invalid_argument (a text that is neither, or has a brace without its pair).
    Localization& add(std::string locale, const json::object& table);
    Localization& choose_by(Choose choose);

    /// SSML: the text is markup, the arguments are not and are escaped. Fails: MissingText.
    std::string speech(std::string_view locale, std::string_view key, const Arguments& arguments = {}) const;
    /// Plain text, e.g. of a card. Fails: MissingText.
    std::string plain(std::string_view locale, std::string_view key, const Arguments& arguments = {}) const;

    /// `LOCALE key` for every text that one table has and another lacks. For a test that wants none.
    std::vector<std::string> list_gaps() const;

private:
    /// A text, cut at its placeholders: what is at an odd place is the name of one.
    using Pieces = std::vector<std::string>;
    using Table = std::map<std::string, std::vector<Pieces>, std::less<>>;
    enum class Escape { ssml, nothing };

    static Pieces parse(std::string_view text);
    const std::vector<Pieces>* find(std::string_view locale, std::string_view key) const;
    std::string fill(std::string_view locale, std::string_view key, const Arguments& arguments, Escape escape) const;

    std::string fallback_;
    Choose choose_;
    std::map<std::string, Table, std::less<>> tables_;
};

}  // namespace symbolon::skill
