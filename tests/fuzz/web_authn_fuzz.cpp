#include "crypto/web_authn/attestation.hpp"
#include "crypto/web_authn/authenticator_data.hpp"
#include "crypto/web_authn/cbor.hpp"
#include "crypto/web_authn/cose_key.hpp"
#include "crypto/web_authn/web_authn.hpp"
#include "fuzz.hpp"

using namespace symbolon;
using namespace symbolon::crypto::web_authn;

namespace {

void read_cbor(ByteView bytes) {
    const auto first = cbor::parse_first(bytes);
    if (!first) return;
    fuzz::require(first->size > 0 && first->size <= bytes.size(), "an item lies within its bytes");
    fuzz::require(cbor::parse(bytes.first(first->size)).has_value(), "an item is one by itself");
    fuzz::require(!cbor::parse(bytes.first(first->size - 1)).has_value(), "no part of an item is that item");
}

void read_attestation(ByteView bytes) {
    const auto attestation = parse_attestation(bytes);
    if (!attestation) return;
    const auto data = parse_authenticator_data(attestation->authenticator_data);
    if (!data || !data->credential) return;
    fuzz::require(!data->credential->id.empty() && data->credential->id.size() <= max_credential_id, "ids are bounded");
    const auto key = parse_public_key(data->credential->public_key);
    if (!key) return;
    const auto fault = check_attestation(*attestation, *key, data->credential->aaguid, bytes);
    fuzz::require(fault || attestation->format != "packed", "no statement fits other data by chance");
}

}  // namespace

/// Any part of what authenticators and browsers send: CBOR, a COSE key, authenticator data, an attestation object,
/// client data.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const Bytes copy(bytes.begin(), bytes.end());
    read_cbor(bytes);
    read_attestation(bytes);
    parse_authenticator_data(bytes);
    const auto key = parse_public_key(bytes);
    if (key) fuzz::require(!verify_signature(key->algorithm, key->key.get(), bytes, bytes), "nothing signs itself");

    const Expected expected{.challenge = Bytes(32, 0x5A),
                            .relying_party_id = "example.com",
                            .is_allowed_origin = [](std::string_view) { return true; }};
    const auto registered = verify_registration({Bytes(32, 0xC1), copy, copy}, expected);
    fuzz::require(std::holds_alternative<Fault>(registered), "nobody registers by chance");
    const auto asserted = verify_assertion({copy, copy, copy}, expected, {copy, 0});
    fuzz::require(std::holds_alternative<Fault>(asserted), "nobody is let in by chance");
    return 0;
}
