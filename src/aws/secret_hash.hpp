#pragma once

#include "aws/shapes.hpp"
#include "base/error.hpp"
#include "directory/clients.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::aws {

/// base64(HMAC-SHA-256(client secret, user name + client id)).
std::string secret_hash(std::string_view secret, const ClientId& client, std::string_view username);

/// The first half of the next: a hash was given where one is due, and only there. Fails: not_authorized.
void check_secret_hash_given(const directory::Client& client, const std::optional<shape::SecretHash>& given);

/// True when the hash is over that user name with one of the client's secrets, for a client with a secret.
bool fits_secret_hash(const directory::Client& client, std::string_view username,
                      const std::optional<shape::SecretHash>& given);

/// Proves that the caller knows the client's secret: the hash is over the user name exactly as this request gives it.
/// Fails: not_authorized, in the words of cognito-api.md §3.1 (absent, wrong, or given for a client without secret).
void verify_secret_hash(const directory::Client& client, std::string_view username,
                        const std::optional<shape::SecretHash>& given);

/// The same for operations that take the secret in clear. Fails: `refusal`, since operations differ in its name.
void verify_client_secret(const directory::Client& client, const std::optional<shape::ClientSecretText>& given,
                          Errc refusal);

}  // namespace symbolon::aws
