#pragma once

#include "symbolon/skill/access_token.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// The user lets the skill send events in their name. Spec: Alexa Skills Kit, "Alexa.Authorization interface".
namespace symbolon::skill::authorization {

namespace json = boost::json;

struct Grant {
    std::string type = {};                 ///< "OAuth2.AuthorizationCode"
    std::optional<AccessToken> code = {};  ///< changed for tokens at Login with Amazon
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Grant, (), (type, code))

struct GrantBody {
    Grant grant = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(GrantBody, (), (grant))

struct AuthorizationGrant {
    static constexpr std::string_view type = "Alexa.Authorization.Grant";
    GrantBody body = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AuthorizationGrant, (), (body))

}  // namespace symbolon::skill::authorization
