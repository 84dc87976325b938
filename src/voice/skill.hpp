#pragma once

#include "base/clock.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

BOOST_DEFINE_ENUM_CLASS(GrantType, AUTH_CODE, IMPLICIT)
BOOST_DEFINE_ENUM_CLASS(AccessTokenScheme, HTTP_BASIC, REQUEST_BODY_CREDENTIALS)
BOOST_DEFINE_ENUM_CLASS(PlatformType, iOS, Android)
BOOST_DEFINE_ENUM_CLASS(VoiceForwardAccountLinking, ENABLED, DISABLED)

/// Where the platform's app sends people when the maker's own app is installed (voice-account-linking.md §2.8).
struct AuthorizationUrlByPlatform {
    PlatformType platformType = PlatformType::iOS;
    std::string platformAuthorizationUrl;
};
BOOST_DESCRIBE_STRUCT(AuthorizationUrlByPlatform, (), (platformType, platformAuthorizationUrl))

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
    std::optional<std::vector<AuthorizationUrlByPlatform>> authorizationUrlsByPlatform;
    std::optional<VoiceForwardAccountLinking> voiceForwardAccountLinking;
    std::optional<std::string> reciprocalAccessTokenUrl;
};
BOOST_DESCRIBE_STRUCT(AccountLinking, (),
                      (type, authorizationUrl, accessTokenUrl, clientId, accessTokenScheme, scopes, domains,
                       defaultTokenExpirationInSeconds, redirectUrls, authorizationUrlsByPlatform,
                       voiceForwardAccountLinking, reciprocalAccessTokenUrl))

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
    Instant created{};

    /// In the locale, or in the manifest's first; the id when it has none.
    std::string name(std::string_view locale = {}) const;
    std::string endpoint() const;             ///< of the custom skill; "" when none is set
    std::string smart_home_endpoint() const;  ///< "" when it is no smart-home skill
    std::string events_endpoint() const;      ///< where skill events go: that of `events`, or the custom skill's
    bool subscribes(std::string_view event_name) const;  ///< "SKILL_ENABLED"
    bool has_permission(std::string_view name) const;    ///< "alexa::async_event:write"
    bool has_interface(std::string_view type) const;     ///< "AUDIO_PLAYER"
    std::string locale() const;                          ///< the manifest's first; en-US when it has none
    std::vector<std::string> locales() const;            ///< those of the manifest
    std::vector<std::string> example_phrases(std::string_view locale = {}) const;
};

BOOST_DEFINE_ENUM_CLASS(LinkStatus, unlinked, linked, broken)

/// The person who is there from the start.
inline constexpr std::string_view first_account = "main";

/// A code that is exchanged later than it came (FI-05).
struct HeldCode {
    std::string code;
    std::string redirect_uri;
    std::string verifier;  ///< of PKCE; "" without
    std::string platform;
    Instant due{};
};

/// A person's standing with a skill. The tokens are sealed in the database.
struct Enablement {
    std::string skill_id;
    std::string account{first_account};
    std::string user_id;  ///< what the skill sees; new after the skill was disabled
    LinkStatus status = LinkStatus::unlinked;
    std::string access_token;
    std::string refresh_token;
    std::string scopes;
    Instant linked{};
    std::optional<Instant> expires;  ///< of the access token; absent: it does not expire
    std::string platform;            ///< on which the link was made; "" while there is none
    std::string former_access_token;
    std::vector<std::string> former_refresh_tokens;  ///< the latest first, at most three
    std::optional<HeldCode> held;
    std::int64_t refreshes = 0;    ///< that succeeded, since the link was made
    std::int64_t failures = 0;     ///< refreshes in a row that the server did not answer
    std::optional<Instant> retry;  ///< not before; after a failure
    std::string cause;             ///< of the last failure, as explain() knows it; "" when all is well
};

}  // namespace symbolon::voice
