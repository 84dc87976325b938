#pragma once

#include "base/clock.hpp"
#include "crypto/x509.hpp"
#include "net/client.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/store.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace symbolon::voice {

/// Access tokens that are not the person's present one.
struct OtherTokens {
    std::string former;      ///< the one before the last refresh; "" when there is none
    std::string of_another;  ///< another person's; "" when nobody else is linked
};

/// A document for a skill as FI-10, FI-11 (timestamp), FI-12 and FI-13 make it, before it is signed. `access_token` is
/// the one that it carries, "" when none. Pure.
boost::json::object spoil_document(boost::json::object body, const Behaviour& behaviour,
                                   const std::string& access_token, const OtherTokens& others);

/// What spoils the documents for one person's skill.
struct Spoiler {
    Behaviour behaviour;
    OtherTokens others;
};
Spoiler load_spoiler(Store& store, Behaviours behaviours, const std::string& skill_id, const std::string& account);

/// A signed request as FI-11 makes it. `key_pem`: what it was signed with.
void spoil_signed_request(net::ClientRequest& request, const Behaviour& behaviour, const std::string& key_pem);

/// Where this assistant publishes the certificates that prove nothing.
inline constexpr std::string_view other_name_path = "/echo.api/other-name.pem";
inline constexpr std::string_view expired_path = "/echo.api/expired.pem";

}  // namespace symbolon::voice
