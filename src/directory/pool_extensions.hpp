#pragma once

#include "directory/client_extensions.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>

namespace symbolon::directory {

namespace shape {
using RotationDays = Number<struct RotationDaysTag, 1, 3650>;
using SessionMinutes = Number<struct SessionMinutesTag, 1, 525600>;
using PhonePrefix = Text<struct PhonePrefixTag, 2, 8, pattern::without_space>;
using TextsAnHour = Number<struct TextsAnHourTag, 1, 1000000>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(SecurityProfile, fapi2)

/// What a pool can be set to beyond the service's API. Without any of it a pool behaves as the service's do.
struct PoolExtensions {
    std::optional<bool> strict_oidc;  ///< where the service and OpenID Connect differ, as the standard has it
    std::optional<SecurityProfile> security_profile;  ///< all its clients are held to it, whatever each is set to
    std::optional<SignatureAlgorithm> signing_alg;    ///< of keys that are made from now on; absent: RS256
    std::optional<shape::RotationDays> rotate_keys_after_days;
    std::optional<bool> encrypted_request_objects;  ///< a key is published that request objects may be encrypted to
    std::optional<shape::SessionMinutes> session_life_minutes;     ///< of a sign-in of a browser; absent: an hour
    std::optional<shape::SessionMinutes> session_idle_minutes;     ///< unused for so long, it ends; absent: it does not
    std::optional<ClaimMappings> claim_mappings;                   ///< what tokens say of users beside the usual
    std::optional<List<shape::PhonePrefix, 1, 250>> sms_prefixes;  ///< where texts may go, e.g. +44; absent: everywhere
    std::optional<shape::TextsAnHour>
        sms_per_range_an_hour;  ///< to 10,000 neighbouring numbers, for who proved nothing
};
BOOST_DESCRIBE_STRUCT(PoolExtensions, (),
                      (strict_oidc, security_profile, signing_alg, rotate_keys_after_days, encrypted_request_objects,
                       session_life_minutes, session_idle_minutes, claim_mappings, sms_prefixes, sms_per_range_an_hour))

/// Whether the pool's clients are held to the FAPI 2.0 Security Profile.
inline bool is_fapi2(const PoolExtensions& extensions) {
    return extensions.security_profile == SecurityProfile::fapi2;
}
/// Whether a client may prove itself in that way under the profile (FAPI 2.0 §5.3.2.1 no. 6).
inline bool is_fapi2_method(std::optional<ClientAuthMethod> method) {
    return method == ClientAuthMethod::private_key_jwt || method == ClientAuthMethod::tls_client_auth ||
           method == ClientAuthMethod::self_signed_tls_client_auth;
}

/// Whether a text is what an E.164 number may begin with: + and one to seven digits, the first of them no 0.
bool is_phone_prefix(std::string_view text);

/// Checks that the extensions agree with each other. Fails: invalid_parameter "Extensions.<member>: <why>".
void check_pool_extensions(const PoolExtensions& extensions);

}  // namespace symbolon::directory
