#include "signin/passkeys.hpp"

#include "base/encoding.hpp"
#include "directory/user_names.hpp"
#include "signin/passkey_json.hpp"
#include "signin/refusals.hpp"

#include <boost/json/array.hpp>

#include <chrono>
#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;
namespace web_authn = crypto::web_authn;
using directory::WebAuthnChallenges;
using directory::WebAuthnCredentials;

constexpr std::size_t challenge_size = 32;
/// How long a person may take to register: several times what the browser waits.
constexpr std::chrono::minutes challenge_life{5};

/// Fails: web_authn_not_enabled, web_authn_configuration_missing.
std::string check_enabled(const directory::Pool& pool, const PublicNames& names) {
    if (!passkeys_enabled(pool))
        throw Error{Errc::web_authn_not_enabled, "Passkeys are not enabled for the user pool."};
    auto relying_party = relying_party_id(pool, names);
    if (!relying_party)
        throw Error{Errc::web_authn_configuration_missing, "The user pool has no relying party ID or domain."};
    return std::move(*relying_party);
}

Error to_error(web_authn::Fault fault) {
    using enum web_authn::Fault;
    std::string why(web_authn::to_name(fault));
    switch (fault) {
        case malformed:
        case wrong_type:
            return Error{Errc::invalid_parameter, "Invalid credential.", std::move(why)};
        case wrong_challenge:
            return Error{Errc::web_authn_challenge_not_found, "The credential is for another challenge."};
        case wrong_origin:
            return Error{Errc::web_authn_origin_not_allowed, "The credential's origin is not allowed."};
        case wrong_relying_party:
            return Error{Errc::web_authn_relying_party_mismatch, "The credential is for another relying party."};
        case user_not_present:
        case user_not_verified:
        case unsupported_key:
        case unsupported_attestation:
        case wrong_attestation:
        case wrong_signature:
        case counter_went_back:
            return Error{Errc::web_authn_credential_not_supported, "The credential is not supported.", std::move(why)};
    }
    throw Error{Errc::internal, {}, "passkeys: a fault without an answer"};
}

json::object creation_options(const directory::Pool& pool, const directory::User& user,
                              const std::string& relying_party, ByteView challenge,
                              const std::vector<directory::WebAuthnCredential>& present) {
    const std::string login = directory::login_of(pool, user);
    const std::string name = user.attribute("name");
    json::array parameters;
    for (const int algorithm : web_authn::algorithms)
        parameters.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
    return {{"rp", json::object{{"id", relying_party}, {"name", relying_party}}},
            {"user", json::object{{"id", to_base64url(bytes_of(user.id.str()))},
                                  {"name", login},
                                  {"displayName", name.empty() ? login : name}}},
            {"challenge", to_base64url(challenge)},
            {"pubKeyCredParams", std::move(parameters)},
            {"timeout", passkey_timeout_ms},
            {"excludeCredentials", to_descriptors(present)},
            {"authenticatorSelection", json::object{{"requireResidentKey", true},
                                                    {"residentKey", "required"},
                                                    {"userVerification", user_verification(pool)}}},
            {"attestation", "none"}};
}

struct Done {};

/// What a registration is checked against, and whose it is.
struct Registering {
    const directory::Pool& pool;
    const ClientId& client;
    const UserId& user;
    const std::string& relying_party;
};

/// Uses the challenge up whatever comes of it.
Verdict<Done> register_passkey(db::Transaction& tx, const Registering& whose, const std::optional<NewCredential>& given,
                               Instant now) {
    if (!directory::Users(tx).find(whose.pool.id, whose.user)) return unknown_user();
    WebAuthnChallenges challenges(tx);
    auto challenge = challenges.find(whose.pool.id, whose.user, now);
    if (!challenge)
        return Error{Errc::web_authn_challenge_not_found, "There is no registration under way, or it has expired."};
    if (challenge->client != whose.client)
        return Error{Errc::web_authn_client_mismatch, "The registration was begun by another client."};
    if (!challenges.spend(whose.pool.id, whose.user, *challenge))
        return Error{Errc::web_authn_challenge_not_found, "The registration has ended."};
    if (!given) return to_error(web_authn::Fault::malformed);

    const web_authn::Expected expected{
        .challenge = std::move(challenge->challenge),
        .relying_party_id = whose.relying_party,
        .is_allowed_origin = [&](std::string_view origin) { return is_allowed_origin(origin, whose.relying_party); },
        .user_verification_required = requires_user_verification(whose.pool)};
    auto result = web_authn::verify_registration(given->response, expected);
    if (const auto* fault = std::get_if<web_authn::Fault>(&result)) return to_error(*fault);
    auto& registration = std::get<web_authn::Registration>(result);
    WebAuthnCredentials credentials(tx);
    if (credentials.of_user(whose.pool.id, whose.user).size() >= WebAuthnCredentials::most_of_a_user)
        return Error{Errc::limit_exceeded, "The user has the maximum number of passkeys."};
    const bool created = credentials.create({.pool_id = whose.pool.id,
                                             .user_id = whose.user,
                                             .id = std::move(registration.id),
                                             .friendly_name = "Passkey " + to_iso8601(now).substr(0, 10),
                                             .relying_party_id = whose.relying_party,
                                             .attachment = given->attachment,
                                             .transports = given->transports,
                                             .public_key = std::move(registration.public_key),
                                             .sign_count = registration.sign_count,
                                             .created = now});
    if (!created) return Error{Errc::web_authn_credential_not_supported, "The credential is already registered."};
    return Done{};
}

}  // namespace

Task<json::object> Passkeys::begin(PoolPtr pool, ClientPtr client, std::shared_ptr<const directory::User> user) {
    const Instant now = services_.clock.now();
    const std::string relying_party = check_enabled(*pool, services_.names);
    const Bytes challenge = services_.random.bytes(challenge_size);
    co_return co_await services_.db.write([&](db::Transaction& tx) {
        const auto present = WebAuthnCredentials(tx).of_user(pool->id, user->id);
        if (present.size() >= WebAuthnCredentials::most_of_a_user)
            throw Error{Errc::limit_exceeded, "The user has the maximum number of passkeys."};
        WebAuthnChallenges(tx).save(pool->id, user->id, client->id, challenge, now + challenge_life);
        return creation_options(*pool, *user, relying_party, challenge, present);
    });
}

Task<void> Passkeys::complete(PoolPtr pool, ClientPtr client, UserId user, json::value credential) {
    const Instant now = services_.clock.now();
    const std::string relying_party = check_enabled(*pool, services_.names);
    const auto given = read_new_credential(credential);
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) {
        return register_passkey(tx, {*pool, client->id, user, relying_party}, given, now);
    });
    accept(std::move(verdict));
}

Task<std::vector<directory::WebAuthnCredential>> Passkeys::list(PoolPtr pool, UserId user) {
    co_return co_await services_.db.read(
        [&](db::Transaction& tx) { return WebAuthnCredentials(tx).of_user(pool->id, user); });
}

Task<void> Passkeys::erase(PoolPtr pool, UserId user, std::string credential_id) {
    const auto id = parse_base64url(credential_id);
    bool erased = false;
    if (id) {
        erased = co_await services_.db.write(
            [&](db::Transaction& tx) { return WebAuthnCredentials(tx).erase(pool->id, user, *id); });
    }
    if (!erased) throw Error{Errc::resource_not_found, "The passkey does not exist."};
}

}  // namespace symbolon::signin
