#pragma once

#include "symbolon/skill/access_token.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// What the platform asks a smart-home skill. As with custom skills, what the SDK does not know stays in `unknown`.
/// Spec: Smart Home Skill API, "Message guide", payload version 3.
namespace symbolon::skill::smart_home {

namespace json = boost::json;

struct Header {
    std::string namespace_ = {};  ///< e.g. "Alexa.PowerController"
    std::string name = {};        ///< e.g. "TurnOn"
    std::string instance = {};
    std::string payload_version = {};
    std::string message_id = {};
    std::string correlation_token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Header, (), (namespace_, name, instance, payload_version, message_id, correlation_token))

/// The linked account's token, as a directive carries it.
struct Scope {
    std::string type = {};  ///< "BearerToken" or "BearerTokenWithPartition"
    std::optional<AccessToken> token = {};
    std::string partition = {};
    std::string user_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Scope, (), (type, token, partition, user_id))

struct DirectiveEndpoint {
    std::optional<Scope> scope = {};
    std::string endpoint_id = {};
    json::object cookie = {};  ///< as the endpoint was discovered with
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DirectiveEndpoint, (), (scope, endpoint_id, cookie))

struct Directive {
    Header header = {};
    std::optional<DirectiveEndpoint> endpoint = {};
    json::object payload = {};
    json::object unknown = {};

    /// From the event `{"directive": …}`. Fails: MalformedRequest (no directive, or one without a name).
    static Directive parse(json::object event);
    json::object to_json() const;

    bool is(std::string_view namespace_name, std::string_view name) const;
    /// "" when the directive is for no endpoint.
    const std::string& endpoint_id() const;
    /// The user's token, wherever the directive carries it: with the endpoint, in the payload's `scope` (Discover) or
    /// `grantee` (AcceptGrant). Nothing when it is missing or empty.
    std::optional<AccessToken> find_token() const;
};
BOOST_DESCRIBE_STRUCT(Directive, (), (header, endpoint, payload))

}  // namespace symbolon::skill::smart_home
