#include "crypto/web_authn/web_authn.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/web_authn/attestation.hpp"
#include "crypto/web_authn/authenticator_data.hpp"
#include "crypto/web_authn/client_data.hpp"
#include "crypto/web_authn/cose_key.hpp"

#include <algorithm>
#include <optional>

namespace symbolon::crypto::web_authn {
namespace {

/// Who asked, and whether a person was there: steps 13 to 15 of §7.1, 15 to 17 of §7.2.
std::optional<Fault> check_authenticator(const AuthenticatorData& data, const Expected& expected) {
    if (!std::ranges::equal(data.relying_party_hash, sha256(expected.relying_party_id)))
        return Fault::wrong_relying_party;
    if (!data.user_present) return Fault::user_not_present;
    if (expected.user_verification_required && !data.user_verified) return Fault::user_not_verified;
    return std::nullopt;
}

Bytes signed_data(ByteView authenticator_data, ByteView client_data) {
    Bytes out(authenticator_data.begin(), authenticator_data.end());
    const Digest hash = sha256(client_data);
    out.insert(out.end(), hash.begin(), hash.end());
    return out;
}

}  // namespace

std::string_view to_name(Fault fault) {
    switch (fault) {
        case Fault::malformed:
            return "malformed";
        case Fault::wrong_type:
            return "wrong type";
        case Fault::wrong_challenge:
            return "wrong challenge";
        case Fault::wrong_origin:
            return "wrong origin";
        case Fault::wrong_relying_party:
            return "wrong relying party";
        case Fault::user_not_present:
            return "user not present";
        case Fault::user_not_verified:
            return "user not verified";
        case Fault::unsupported_key:
            return "unsupported key";
        case Fault::unsupported_attestation:
            return "unsupported attestation";
        case Fault::wrong_attestation:
            return "wrong attestation";
        case Fault::wrong_signature:
            return "wrong signature";
        case Fault::counter_went_back:
            return "the counter went back";
    }
    throw Error(Errc::internal, {}, "web_authn: a fault without a name");
}

std::variant<Registration, Fault> verify_registration(const RegistrationResponse& response, const Expected& expected) {
    if (const auto fault = check_client_data(response.client_data, "webauthn.create", expected)) return *fault;
    const auto attestation = parse_attestation(response.attestation_object);
    if (!attestation) return Fault::malformed;
    const auto data = parse_authenticator_data(attestation->authenticator_data);
    if (!data) return Fault::malformed;
    if (const auto fault = check_authenticator(*data, expected)) return *fault;
    if (!data->credential || !std::ranges::equal(data->credential->id, response.id)) return Fault::malformed;
    const auto key = parse_public_key(data->credential->public_key);
    if (!key) return Fault::unsupported_key;
    const auto& credential = *data->credential;
    if (const auto fault = check_attestation(*attestation, *key, credential.aaguid,
                                             signed_data(attestation->authenticator_data, response.client_data)))
        return *fault;
    return Registration{.id = response.id,
                        .public_key = Bytes(credential.public_key.begin(), credential.public_key.end()),
                        .sign_count = data->sign_count,
                        .aaguid = credential.aaguid,
                        .user_verified = data->user_verified,
                        .backup_eligible = data->backup_eligible};
}

std::variant<Assertion, Fault> verify_assertion(const AssertionResponse& response, const Expected& expected,
                                                const KnownCredential& credential) {
    if (const auto fault = check_client_data(response.client_data, "webauthn.get", expected)) return *fault;
    const auto data = parse_authenticator_data(response.authenticator_data);
    if (!data) return Fault::malformed;
    if (const auto fault = check_authenticator(*data, expected)) return *fault;
    const auto key = parse_public_key(credential.public_key);
    if (!key) return Fault::unsupported_key;
    if (!verify_signature(key->algorithm, key->key.get(),
                          signed_data(response.authenticator_data, response.client_data), response.signature))
        return Fault::wrong_signature;
    // Step 21: a counter that does not count is 0 for ever.
    const bool counts = data->sign_count != 0 || credential.sign_count != 0;
    if (counts && data->sign_count <= credential.sign_count) return Fault::counter_went_back;
    return Assertion{.sign_count = data->sign_count, .user_verified = data->user_verified};
}

}  // namespace symbolon::crypto::web_authn
