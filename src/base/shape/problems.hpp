#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon {

/// Where a value stands in a request, as a chain on the stack: `userAttributes.1.member.value`. A link is a member's
/// name, or a list element's number counted from 1.
struct Path {
    const Path* parent = nullptr;
    std::string_view member;
    std::size_t element = 0;

    /// Dotted, each member's first letter in lower case.
    std::string str() const;
};

/// The violated constraints of one request, in the order in which they were met. They are reported together.
/// Spec: cognito-api 1.4.
class Problems {
public:
    /// `constraint` as in `Member must not be null`. Without `value` (a sensitive one) the value is not shown.
    void add(std::string_view path, std::optional<std::string_view> value, std::string_view constraint);
    /// A required member that is absent.
    void add_missing(std::string_view path, bool sensitive);

    bool empty() const { return items_.empty(); }
    std::size_t count() const { return items_.size(); }

    /// `2 validation errors detected: Value … failed to satisfy constraint: …; Value …`
    std::string message() const;
    /// Fails: Error{invalid_parameter, message()} when there is any problem.
    void throw_if_any() const;

private:
    std::vector<std::string> items_;
};

}  // namespace symbolon
