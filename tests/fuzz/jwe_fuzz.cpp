#include "base/encoding.hpp"
#include "crypto/jose/jwe.hpp"
#include "fuzz.hpp"

#include <boost/json/parse.hpp>

#include <string>

using namespace symbolon;
using namespace symbolon::crypto;

namespace {

/// The key that follows from the private key of RFC 8037 A.1, in PKCS#8: everybody has it, so that a corpus can hold
/// messages that are read.
const jose::DecryptionKey& key() {
    static const auto made = jose::DecryptionKey::derive(jose::SigningKey::from_der(
        *parse_base64("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"), jose::Algorithm::eddsa));
    return made;
}

void check_message(std::string_view text, const jose::ParsedJwe& message) {
    const auto again = message.bound + "." + to_base64url(message.encrypted_key) + "." +
                       to_base64url(message.content.iv) + "." + to_base64url(message.content.ciphertext) + "." +
                       to_base64url(message.content.tag);
    fuzz::require(again == text, "a message has one spelling");
    const auto plain = key().decrypt(message);
    if (!plain) return;
    fuzz::require(plain->size() <= message.content.ciphertext.size(), "nothing grows when it is read");
    auto changed = message;
    changed.content.tag.front() ^= 1;
    fuzz::require(!key().decrypt(changed), "and nothing is read that was changed");
}

void check_key(const boost::json::object& jwk) {
    SeededRandom random(1);
    for (const auto alg : jose::all_key_managements) {
        fuzz::allow_refusal([&] {
            const auto to = jose::Recipient::from_jwk(jwk, {alg});
            const auto message = jose::parse_jwe(to.encrypt("plain", "", random));
            // The message holds the key's name, which may be longer than a message.
            const auto* kid = jwk.if_contains("kid");
            const bool is_short = !kid || !kid->is_string() || kid->get_string().size() < 1024;
            fuzz::require(message || !is_short, "what we write can be parsed");
        });
    }
}

}  // namespace

/// A compact encrypted message, or a JWK when it begins like JSON.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (text.starts_with('{')) {
        boost::json::error_code failure;
        const auto jwk = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
        if (!failure && jwk.is_object()) check_key(jwk.get_object());
        return 0;
    }
    if (const auto message = jose::parse_jwe(text)) check_message(text, *message);
    return 0;
}
