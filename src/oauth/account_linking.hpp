#pragma once

#include "base/task.hpp"
#include "signin/federated_sign_in.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>

/// Which account of the pool an external person is, for who asks without a browser: Google's streamlined linking
/// (voice-account-linking.md §4.1).
namespace symbolon::oauth {

enum class Acquaintance {
    nobody,      ///< no account
    linked,      ///< an account that knows the person by their subject
    by_address,  ///< an account with the person's address, proven on both sides
    unproven,    ///< an account with that address, which not both sides have proven: only its owner may link it
};

/// Who the person is here. An address counts as proven by Google alone, and only where Google is the mailbox's own
/// authority (gmail.com, or a hosted domain); and only if the account's owner has proven it here, too, so that nobody
/// waits for a victim with an account made beforehand.
Task<Acquaintance> recognize(signin::Services& services, signin::PoolPtr pool, signin::ExternalPerson person);

/// Links the person to the account that has their address. Fails: invalid_parameter, alias_exists, limit_exceeded.
Task<void> link_by_address(signin::Services& services, signin::PoolPtr pool, signin::ExternalPerson person);

}  // namespace symbolon::oauth
