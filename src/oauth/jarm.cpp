#include "oauth/jarm.hpp"

#include "base/error.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/encryption_rules.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::oauth {

Task<AnswerProtectionPtr> find_answer_protection(signin::Services& services, ClientKeys& keys,
                                                 signin::ClientPtr client) {
    std::optional<crypto::jose::Recipient> reader;
    try {
        reader = co_await keys.find_recipient(client, directory::authorization_encryption(client->extensions));
    } catch (const Error& error) {
        if (error.code != Errc::oauth_invalid_client_metadata) throw;
        co_return nullptr;  // told to the client as its request's refusal
    }
    auto own = co_await services.catalog.get_keys(client->pool_id);
    co_return std::make_shared<const AnswerProtection>(
        AnswerProtection{std::move(own), std::move(reader), services.random, services.clock.now()});
}

std::string protect_answer(const AnswerProtection& protection, std::string_view issuer, const ClientId& client,
                           const net::Form& answer) {
    boost::json::object claims;
    for (const auto& [name, value] : answer) claims[name] = value;
    claims["iss"] = issuer;
    claims["aud"] = client.str();
    claims["exp"] = to_seconds(protection.now + protected_answer_life);
    auto response = crypto::jose::sign_jwt(protection.keys->id_token, claims);
    if (!protection.reader) return response;
    return protection.reader->encrypt(response, "JWT", protection.random);
}

}  // namespace symbolon::oauth
