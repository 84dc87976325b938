#pragma once

#include "base/clock.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

BOOST_DEFINE_ENUM_CLASS(GrantType, AUTH_CODE, IMPLICIT)
BOOST_DEFINE_ENUM_CLASS(AccessTokenScheme, HTTP_BASIC, REQUEST_BODY_CREDENTIALS)

/// How a skill's users link their accounts, under the wire names of the skill-management API (voice-account-linking.md
/// §1.4). The client secret is kept apart, sealed, and never shown again.
struct AccountLinking {
    GrantType type = GrantType::AUTH_CODE;
    std::string authorizationUrl;
    std::optional<std::string> accessTokenUrl;
    std::string clientId;
    std::optional<AccessTokenScheme> accessTokenScheme;
    std::optional<std::vector<std::string>> scopes;
    std::optional<std::vector<std::string>> domains;
    std::optional<std::int64_t> defaultTokenExpirationInSeconds;
    std::optional<std::vector<std::string>> redirectUrls;
};
BOOST_DESCRIBE_STRUCT(AccountLinking, (),
                      (type, authorizationUrl, accessTokenUrl, clientId, accessTokenScheme, scopes, domains,
                       defaultTokenExpirationInSeconds, redirectUrls))

/// The configuration with what the API never shows.
struct StoredLinking {
    AccountLinking config;
    std::string client_secret;
    bool skip_on_enablement = false;
    std::string etag;
};

struct Skill {
    std::string id;                ///< amzn1.ask.skill.<uuid>
    boost::json::object manifest;  ///< what stands under "manifest"
    boost::json::object model;     ///< what stands under "interactionModel"; empty when none was given
    Instant created{};

    std::string name() const;
    std::string endpoint() const;  ///< "" when none is set
    std::string locale() const;
    std::vector<std::string> example_phrases() const;
};

BOOST_DEFINE_ENUM_CLASS(LinkStatus, unlinked, linked, broken)

/// The person's standing with a skill. The tokens are sealed in the database.
struct Enablement {
    std::string skill_id;
    std::string user_id;  ///< what the skill sees; new after the skill was disabled
    LinkStatus status = LinkStatus::unlinked;
    std::string access_token;
    std::string refresh_token;
    std::string scopes;
    Instant linked{};
    std::optional<Instant> expires;  ///< of the access token; absent: it does not expire
};

}  // namespace symbolon::voice
