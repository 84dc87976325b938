#include "crypto/web_authn/authenticator_data.hpp"

#include "crypto/web_authn/cbor.hpp"
#include "crypto/web_authn/web_authn.hpp"

#include <algorithm>

namespace symbolon::crypto::web_authn {
namespace {

enum Flag : std::uint8_t {
    user_present = 0x01,
    user_verified = 0x04,
    backup_eligible = 0x08,
    backed_up = 0x10,
    has_credential = 0x40,
    has_extensions = 0x80,
};

/// Takes what stands in front; nothing when there is less.
std::optional<ByteView> take(ByteView& rest, std::size_t size) {
    if (rest.size() < size) return std::nullopt;
    const ByteView out = rest.first(size);
    rest = rest.subspan(size);
    return out;
}

/// A data item in front that is a map, as it was written.
std::optional<ByteView> take_map(ByteView& rest) {
    const auto parsed = cbor::parse_first(rest);
    if (!parsed || !parsed->value.map()) return std::nullopt;
    return take(rest, parsed->size);
}

std::optional<AttestedCredential> take_credential(ByteView& rest) {
    AttestedCredential out;
    const auto aaguid = take(rest, out.aaguid.size());
    const auto size = take(rest, 2);
    if (!aaguid || !size) return std::nullopt;
    std::ranges::copy(*aaguid, out.aaguid.begin());
    const auto id_size = static_cast<std::size_t>((*size)[0] << 8 | (*size)[1]);
    if (id_size == 0 || id_size > max_credential_id) return std::nullopt;
    const auto id = take(rest, id_size);
    if (!id) return std::nullopt;
    const auto key = take_map(rest);
    if (!key) return std::nullopt;
    out.id = *id;
    out.public_key = *key;
    return out;
}

}  // namespace

std::optional<AuthenticatorData> parse_authenticator_data(ByteView bytes) {
    if (bytes.size() > max_authenticator_data) return std::nullopt;
    AuthenticatorData out;
    const auto hash = take(bytes, 32);
    const auto flag_byte = take(bytes, 1);
    const auto count = take(bytes, 4);
    if (!hash || !flag_byte || !count) return std::nullopt;
    const std::uint8_t flags = flag_byte->front();
    out.relying_party_hash = *hash;
    out.user_present = (flags & user_present) != 0;
    out.user_verified = (flags & user_verified) != 0;
    out.backup_eligible = (flags & backup_eligible) != 0;
    for (const std::uint8_t byte : *count) out.sign_count = (out.sign_count << 8) | byte;
    if ((flags & backed_up) != 0 && !out.backup_eligible) return std::nullopt;
    if ((flags & has_credential) != 0) {
        out.credential = take_credential(bytes);
        if (!out.credential) return std::nullopt;
    }
    // Nobody asked for extensions; an authenticator may add some all the same (§9).
    if ((flags & has_extensions) != 0 && !take_map(bytes)) return std::nullopt;
    if (!bytes.empty()) return std::nullopt;
    return out;
}

}  // namespace symbolon::crypto::web_authn
