#include "aws/secret_hash.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace symbolon::aws {

std::string secret_hash(std::string_view secret, const ClientId& client, std::string_view username) {
    const std::string message = std::string(username) + client.str();
    return to_base64(crypto::hmac_sha256(bytes_of(secret), bytes_of(message)));
}

void check_secret_hash_given(const directory::Client& client, const std::optional<shape::SecretHash>& given) {
    if (!client.is_confidential() && given) {
        throw Error(Errc::not_authorized, "Client " + client.id.str() + " is not configured with a secret");
    }
    if (client.is_confidential() && !given) {
        throw Error(Errc::not_authorized,
                    "Client " + client.id.str() + " is configured with secret but SECRET_HASH was not received");
    }
}

bool fits_secret_hash(const directory::Client& client, std::string_view username,
                      const std::optional<shape::SecretHash>& given) {
    if (!given) return false;
    return client.any_secret([&](std::string_view secret) {
        return crypto::equal_in_constant_time(secret_hash(secret, client.id, username), given->str());
    });
}

void verify_secret_hash(const directory::Client& client, std::string_view username,
                        const std::optional<shape::SecretHash>& given) {
    check_secret_hash_given(client, given);
    if (client.is_confidential() && !fits_secret_hash(client, username, given)) {
        throw Error(Errc::not_authorized, "Unable to verify secret hash for client " + client.id.str());
    }
}

void verify_client_secret(const directory::Client& client, const std::optional<shape::ClientSecretText>& given,
                          Errc refusal) {
    if (!client.is_confidential()) return;
    if (!given) {
        throw Error(refusal, "Client " + client.id.str() + " is configured for secret but secret was not received");
    }
    if (!client.has_secret(given->str())) {
        throw Error(refusal, "Unable to verify secret for client " + client.id.str());
    }
}

}  // namespace symbolon::aws
