#include "base/encoding.hpp"
#include "signin/passkey_json.hpp"
#include "signin/passkeys.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;
namespace web_authn = crypto::web_authn;

/// The user's passkeys of this relying party: one that was changed makes the former ones useless.
std::vector<directory::WebAuthnCredential> usable(db::Transaction& tx, const directory::Pool& pool, const UserId& user,
                                                  const std::string& relying_party) {
    auto all = directory::WebAuthnCredentials(tx).of_user(pool.id, user);
    std::erase_if(all, [&](const auto& credential) { return credential.relying_party_id != relying_party; });
    return all;
}

/// The passkey that is shown for a user who has none, always the same.
directory::WebAuthnCredential pretended(const Services& services, const directory::Pool& pool, const UserId& user) {
    directory::WebAuthnCredential out;
    out.id = services.sealer.keyed_hash("passkey_of_nobody", pool.id.str(), user.str());
    out.transports = {"hybrid", "internal"};
    return out;
}

Error refuse(std::string_view why) {
    return Error{Errc::not_authorized, "The passkey was not accepted.", std::string(why)};
}

}  // namespace

Bytes passkey_challenge(const Services& services, const directory::Pool& pool, const UserId& user,
                        std::string_view proof_id) {
    return services.sealer.keyed_hash("passkey_challenge", pool.id.str() + "|" + user.str(), proof_id);
}

bool has_usable_passkey(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                        const UserId& user) {
    const auto relying_party = relying_party_id(pool, services.names);
    return passkeys_enabled(pool) && relying_party && !usable(tx, pool, user, *relying_party).empty();
}

std::string make_passkey_request(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                                 const UserId& user, std::string_view proof_id) {
    const auto relying_party = relying_party_id(pool, services.names);
    if (!relying_party)
        throw Error{Errc::web_authn_configuration_missing, "The user pool has no relying party ID or domain."};
    auto credentials = usable(tx, pool, user, *relying_party);
    if (credentials.empty()) credentials.push_back(pretended(services, pool, user));
    return json::serialize(json::object{{"challenge", to_base64url(passkey_challenge(services, pool, user, proof_id))},
                                        {"timeout", passkey_timeout_ms},
                                        {"rpId", *relying_party},
                                        {"allowCredentials", to_descriptors(credentials)},
                                        {"userVerification", user_verification(pool)}});
}

Verdict<PasskeyProof> check_passkey(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                                    const UserId& user, const Bytes& challenge, std::string_view credential) {
    const auto relying_party = relying_party_id(pool, services.names);
    if (!passkeys_enabled(pool) || !relying_party) return refuse("passkeys are off");
    const auto claimed = read_claimed_credential(credential);
    if (!claimed) return refuse("malformed");
    if (!claimed->user_handle.empty() && to_string(claimed->user_handle) != user.str())
        return refuse("of another user");
    directory::WebAuthnCredentials credentials(tx);
    const auto known = credentials.find(pool.id, user, claimed->id);
    if (!known || known->relying_party_id != *relying_party) return refuse("unknown credential");

    const web_authn::Expected expected{
        .challenge = challenge,
        .relying_party_id = *relying_party,
        .is_allowed_origin = [&](std::string_view origin) { return is_allowed_origin(origin, *relying_party); },
        .user_verification_required = requires_user_verification(pool)};
    const auto result =
        web_authn::verify_assertion(claimed->response, expected, {known->public_key, known->sign_count});
    if (const auto* fault = std::get_if<web_authn::Fault>(&result)) return refuse(web_authn::to_name(*fault));
    const auto& assertion = std::get<web_authn::Assertion>(result);
    const bool counts = assertion.sign_count != known->sign_count;
    if (counts && !credentials.move_sign_count(*known, assertion.sign_count))
        return refuse("another sign-in came first");
    return PasskeyProof{.user_verified = assertion.user_verified};
}

}  // namespace symbolon::signin
