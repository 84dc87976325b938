#include "directory/style_rules.hpp"
#include "fuzz.hpp"

#include <string>

using namespace symbolon;

namespace {

/// What a browser sees of a style sheet, read apart from src/directory (CSS Syntax 3): no escapes to follow, since none
/// is accepted.
class Browser {
public:
    void read(std::string_view css) {
        for (std::size_t at = 0; at < css.size(); ++at) {
            const char c = css[at];
            if (quote_ == 0 && css.substr(at).starts_with("/*")) {
                const auto end = css.find("*/", at + 2);
                fuzz::require(end != std::string_view::npos, "comments end");
                word_.clear();
                at = end + 1;
            } else {
                take(c);
            }
        }
        fuzz::require(quote_ == 0 && parentheses_ == 0 && !in_rule_, "everything is closed at the end");
    }

private:
    void take(char c) {
        fuzz::require(c != '\\', "there are no escapes");
        if (quote_ != 0) {
            fuzz::require(c != '\n' && c != '\r' && c != '\f', "strings end on their line");
            if (c == quote_) quote_ = 0;
            return;
        }
        fuzz::require(c != '@' && c != '<' && c != '>', "there are no at-rules and there is no mark-up");
        if (c == '"' || c == '\'') quote_ = c;
        if (c == '(') open();
        if (c == ')') fuzz::require(--parentheses_ >= 0, "parentheses are opened first");
        if (c == '{') brace(false);
        if (c == '}') brace(true);
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (small >= 'a' && small <= 'z')
            word_ += small;
        else if (c != '-')
            word_.clear();
    }

    void open() {
        fuzz::require(!word_.ends_with("url") && !word_.ends_with("image") && word_ != "expression",
                      "nothing is loaded or run");
        ++parentheses_;
    }

    void brace(bool in_rule) {
        fuzz::require(in_rule_ == in_rule && parentheses_ == 0, "rules stand beside each other");
        in_rule_ = !in_rule_;
    }

    char quote_ = 0;
    int parentheses_ = 0;
    bool in_rule_ = false;
    std::string word_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto css = fuzz::text_of(data, size);
    fuzz::allow_refusal([&] {
        directory::check_style(css);
        Browser().read(css);
        directory::check_style(std::string(css) + "\n" + std::string(css));  // twice the same sheet is one, too
    });
    return 0;
}
