#include "base/encoding.hpp"
#include "crypto/jose/jwt.hpp"
#include "fuzz.hpp"

#include <boost/json/parse.hpp>

using namespace symbolon;

namespace {

/// A key of which nobody has the private half: its modulus is arbitrary, so no signature fits.
const crypto::jose::VerifyingKey& key() {
    static const auto value = crypto::jose::VerifyingKey::from_jwk({{"kty", "RSA"},
                                                                    {"kid", "k"},
                                                                    {"alg", "RS256"},
                                                                    {"use", "sig"},
                                                                    {"e", "AQAB"},
                                                                    {"n", to_base64url(Bytes(256, 0xA5))}});
    return value;
}

}  // namespace

/// A compact token, or a JWK when it begins like JSON.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (text.starts_with('{')) {
        boost::json::error_code failure;
        const auto jwk = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
        if (!failure) fuzz::allow_refusal([&] { crypto::jose::VerifyingKey::from_jwk(jwk.get_object()); });
        return 0;
    }
    const auto parsed = crypto::jose::parse_jwt(text);
    if (!parsed) return 0;
    fuzz::require(parsed->alg == "RS256", "there is one algorithm");
    fuzz::require(parsed->signed_part + "." + to_base64url(parsed->signature) == text, "a token has one spelling");
    fuzz::require(!key().verify(bytes_of(parsed->signed_part), parsed->signature), "no token is signed by chance");
    return 0;
}
