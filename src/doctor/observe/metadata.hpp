#pragma once

#include "doctor/subject.hpp"
#include "doctor/transport.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::doctor {

/// What a server publishes about itself.
struct Metadata {
    std::optional<boost::json::object> oauth;   ///< RFC 8414, at the place that follows from the issuer
    std::optional<boost::json::object> openid;  ///< OpenID Connect Discovery
    std::string issuer;                         ///< as the subject or a document has it
    std::vector<std::string> asked;             ///< a line for each address
    bool answered = false;                      ///< one of them, if only that nothing is there

    /// A text member of either document; "" without one.
    std::string text(std::string_view name) const;
    /// A list member holds the text; nothing when neither document has the list.
    std::optional<bool> lists(std::string_view name, std::string_view text) const;
};

/// Looks below the issuer, or, where that is not known, below each folder of the authorization URL.
Metadata find_metadata(Http& http, const Subject& subject);

}  // namespace symbolon::doctor
