#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::net {

/// The name–value pairs of a query string or of an application/x-www-form-urlencoded body, in order.
class Form {
public:
    /// Strict: a broken %-sequence, a NUL, invalid UTF-8 or more than `max_fields` pairs is Error{invalid_parameter}.
    static Form parse(std::string_view encoded, std::size_t max_fields = 100);

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    /// The first value; nothing when absent. An empty value counts as absent (RFC 6749 §3.1).
    std::optional<std::string> find(std::string_view name) const;
    /// The first value or "".
    std::string get(std::string_view name) const { return find(name).value_or(std::string{}); }
    std::size_t count(std::string_view name) const;
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    bool empty() const { return fields_.empty(); }

    /// application/x-www-form-urlencoded; space becomes '+'.
    std::string encode() const;

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace symbolon::net
