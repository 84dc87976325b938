#pragma once

#include "aws/operations/auth.hpp"
#include "aws/parties.hpp"
#include "oauth/tokens.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>

/// What both halves of signing in, beginning and answering, translate alike.
namespace symbolon::aws {

/// Who signs in where; `admin`: an administrator asks for somebody.
enum class Asks { client, admin };

/// A value of AuthParameters or ChallengeResponses; an empty one is none.
std::optional<std::string> find(const StringMap& map, const std::string& name);
/// Fails: invalid_parameter "Missing required parameter <name>".
std::string get(const StringMap& map, const std::string& name);
std::optional<shape::SecretHash> secret_hash_in(const StringMap& map);

/// The client that an administrator names, with its pool. Fails: resource_not_found.
Task<Parties> get_parties_of(Context& context, std::string pool_id, std::string client_id);

/// What an administrator's server says of the person who asks it; it is itself no part of that. Fails:
/// invalid_parameter (IpAddress).
void take_context(signin::Caller& caller, const std::optional<ContextDataType>& context);

/// A first factor by its name (PREFERRED_CHALLENGE, ANSWER). Fails: invalid_parameter.
signin::ChallengeKind first_factor_of(const std::string& name);

AuthenticationResultType to_wire(const oauth::TokenSet& tokens);

/// The next challenge, or the tokens of who is signed in.
Task<AuthResponse> finish(Call call, Parties parties, signin::Outcome outcome);

}  // namespace symbolon::aws
