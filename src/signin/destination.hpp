#pragma once

#include "crypto/seal.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "messaging/message.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::signin {

/// Where a message goes.
struct Destination {
    std::string attribute;  ///< phone_number | email
    std::string value;

    bool is_phone() const { return attribute == "phone_number"; }
    messaging::Channel channel() const { return is_phone() ? messaging::Channel::sms : messaging::Channel::email; }
    /// What a code that goes there is bound to: it proves this value, not the one that stands there later.
    std::string binding() const { return attribute + "|" + value; }
};

/// As shown to people: masked.
CodeDelivery to_delivery(const Destination& destination);

/// Nothing when the user has no such attribute.
std::optional<Destination> find_destination(const directory::User& user, std::string_view attribute);

/// Where the sign-up code goes: the attribute that the pool verifies; the phone number wins. Spec: cognito-api.md §3.2.
std::optional<Destination> verification_destination(const directory::Pool& pool, const directory::User& user);

/// Where the recovery code goes: a verified attribute, by the pool's AccountRecoverySetting, else the e-mail address
/// before the number. A second factor does not recover the first where the pool has that setting.
/// Spec: cognito-api.md §3.11, §5.4.
std::optional<Destination> recovery_destination(const directory::Pool& pool, const directory::User& user);
/// True when the pool leaves recovery to administrators.
bool recovery_is_for_administrators(const directory::Pool& pool);

/// What is shown for a login that names nobody: an e-mail address if it looks like one, a number if it looks like one,
/// else what the pool would use; always the same for the same login. Spec: cognito-api.md §3.14.
Destination simulated_destination(const crypto::Sealer& sealer, const directory::Pool& pool, std::string_view login);
/// The same for the attribute that a message would go to: email | phone_number.
Destination simulated_destination(const crypto::Sealer& sealer, const directory::Pool& pool, std::string_view login,
                                  std::string_view attribute);

}  // namespace symbolon::signin
