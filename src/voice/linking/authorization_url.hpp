#pragma once

#include "crypto/random.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/platforms/platform.hpp"
#include "voice/skill.hpp"

#include <string>

namespace symbolon::voice {

/// What is sent with the browser to the authorization server.
struct AuthorizationRequest {
    std::string state;
    std::string redirect_uri;
    std::string verifier = {};    ///< of PKCE; "" without
    std::string locale = {};      ///< for platforms that send one
    std::string login_hint = {};  ///< after streamlined linking
};

/// The authorization URL of a configuration: its own query is kept, the parameters follow in the platform's order
/// (voice-account-linking.md §2.2, §4.1; BR-01).
std::string authorization_url(const AccountLinking& config, const Platform& platform, const Behaviour& behaviour,
                              const AuthorizationRequest& request);
/// The same for Alexa in North America with its usual behaviour.
std::string authorization_url(const AccountLinking& config, const std::string& state, const std::string& redirect_uri);

/// 256 random bits; behind them, with FI-07, so many characters that it has 2000 of those that need encoding.
std::string make_state(crypto::Random& random, const Behaviour& behaviour);
/// A verifier (RFC 7636 §4.1) where the platform, or PKCE's knob, wants one; "" otherwise.
std::string make_verifier(crypto::Random& random, const Platform& platform, const Behaviour& behaviour);

std::string join_scopes(const AccountLinking& config);

}  // namespace symbolon::voice
