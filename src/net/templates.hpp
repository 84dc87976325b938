#pragma once

#include "base/embedded.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

namespace symbolon::net {

/// Mustache templates that are part of the program. `{{x}}` is escaped for HTML. Partials come from the same files and
/// from nowhere else, so that a value of a request can never become a template. Threads: any.
class Templates {
public:
    /// `files`: "templates/<name>.mustache", "templates/partials/<name>.mustache", "icons/<name>.svg" (as partial
    /// `icon_<name>`).
    explicit Templates(std::span<const EmbeddedFile> files) : files_(files) {}

    /// Context values: text, true/false, objects and lists; null and absent are the same.
    /// Fails: Error{internal} (no such template, or it does not parse).
    std::string render(std::string_view name, const boost::json::object& context) const;

private:
    std::span<const EmbeddedFile> files_;
};

}  // namespace symbolon::net
