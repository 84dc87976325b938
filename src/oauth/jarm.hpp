#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "crypto/jose/jwe.hpp"
#include "crypto/random.hpp"
#include "directory/signing_keys.hpp"
#include "net/form.hpp"
#include "oauth/client_keys.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// Authorization responses as JWTs (JWT Secured Authorization Response Mode, JARM).
namespace symbolon::oauth {

/// How long such an answer is good for (JARM §2.1: at most 10 minutes).
inline constexpr std::chrono::minutes protected_answer_life{5};

/// What turns the answer to a client into a JWT: our keys, and the client's where it wants nobody else to read it.
struct AnswerProtection {
    std::shared_ptr<const directory::PoolKeys> keys;
    std::optional<crypto::jose::Recipient> reader;
    crypto::Random& random;
    Instant now;
};
using AnswerProtectionPtr = std::shared_ptr<const AnswerProtection>;

/// Null when the client wants its answers encrypted and has no key for it.
Task<AnswerProtectionPtr> find_answer_protection(signin::Services& services, ClientKeys& keys,
                                                 signin::ClientPtr client);

/// The `response` that stands for the answer: signed, then encrypted (JARM §2.2). It says whose it is and whom it is
/// for.
std::string protect_answer(const AnswerProtection& protection, std::string_view issuer, const ClientId& client,
                           const net::Form& answer);

}  // namespace symbolon::oauth
