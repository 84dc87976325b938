#include "aws/user_filter.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace symbolon::aws {

namespace {

constexpr std::array<std::string_view, 10> searchable{"username",           "email",
                                                      "phone_number",       "name",
                                                      "given_name",         "status",
                                                      "family_name",        "sub",
                                                      "preferred_username", "cognito:user_status"};

[[noreturn]] void refuse() {
    throw Error(Errc::invalid_parameter, "Error while parsing filter");
}

/// What is left of the text while it is read from left to right.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    void skip_spaces() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    bool at_end() const { return rest_.empty(); }
    bool take(std::string_view token) {
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }
    std::string quoted() {
        if (!take("\"")) refuse();
        std::string out;
        while (!rest_.empty() && rest_.front() != '"') out += character();
        if (!take("\"")) refuse();
        return out;
    }
    std::string bare() {
        const auto end = rest_.find_first_of(" =^\"");
        const auto word = rest_.substr(0, end);
        if (word.empty()) refuse();
        rest_.remove_prefix(word.size());
        return std::string(word);
    }
    bool at_quote() const { return !rest_.empty() && rest_.front() == '"'; }

private:
    char character() {
        if (rest_.front() == '\\') {
            rest_.remove_prefix(1);
            if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\\')) refuse();
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    std::string_view rest_;
};

}  // namespace

directory::Users::Filter parse_user_filter(std::string_view text) {
    Reader reader(text);
    reader.skip_spaces();
    if (reader.at_end()) return {};
    directory::Users::Filter filter;
    filter.attribute = reader.at_quote() ? reader.quoted() : reader.bare();
    reader.skip_spaces();
    filter.prefix = reader.take("^=");
    if (!filter.prefix && !reader.take("=")) refuse();
    reader.skip_spaces();
    filter.value = reader.quoted();
    reader.skip_spaces();
    if (!reader.at_end()) refuse();
    if (std::find(searchable.begin(), searchable.end(), filter.attribute) == searchable.end()) {
        throw Error(Errc::invalid_parameter, "Invalid search attribute: " + filter.attribute);
    }
    return filter;
}

}  // namespace symbolon::aws
