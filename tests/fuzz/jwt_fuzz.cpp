#include "base/encoding.hpp"
#include "crypto/jose/algorithm.hpp"
#include "crypto/jose/jwt.hpp"
#include "fuzz.hpp"

#include <boost/json/parse.hpp>

#include <string>
#include <vector>

using namespace symbolon;
using namespace symbolon::crypto;

namespace {

/// Keys of which nobody here has the private half: the modulus is arbitrary, the points are those of RFC 7515 A.3 and
/// RFC 8037 A.2. No signature fits but those of the standards' own examples, which are no inputs.
const std::vector<jose::VerifyingKey>& keys() {
    static const std::vector<jose::VerifyingKey> made{
        jose::VerifyingKey::from_jwk({{"kty", "RSA"}, {"e", "AQAB"}, {"n", to_base64url(Bytes(256, 0xA5))}},
                                     jose::Algorithm::rs256),
        jose::VerifyingKey::from_jwk({{"kty", "RSA"}, {"e", "AQAB"}, {"n", to_base64url(Bytes(256, 0xA5))}},
                                     jose::Algorithm::ps256),
        jose::VerifyingKey::from_jwk({{"kty", "EC"},
                                      {"crv", "P-256"},
                                      {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
                                      {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}}),
        jose::VerifyingKey::from_jwk(
            {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwaaPJHhURo"}})};
    return made;
}

void check_token(std::string_view text, const jose::ParsedJwt& token) {
    fuzz::require(token.signed_part + "." + to_base64url(token.signature) == text, "a token has one spelling");
    fuzz::require(!token.header.contains("crit"), "what must be understood is not passed over");
    for (const auto& key : keys()) fuzz::require(!jose::verifies(key, token), "no token is signed by chance");
}

std::string_view member_text(const boost::json::object& jwk, std::string_view member) {
    const auto* value = jwk.if_contains(member);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view{};
}

void check_key(const boost::json::object& jwk) {
    const auto key = jose::VerifyingKey::from_jwk(jwk);
    fuzz::require(member_text(jwk, "kty") == jose::key_type_of(key.algorithm()), "a key is of the kind that it says");
    if (const auto algorithm = member_text(jwk, "alg"); !algorithm.empty())
        fuzz::require(algorithm == jose::to_text(key.algorithm()), "and for the algorithm that it says");
    for (const auto algorithm : jose::all_algorithms) {
        fuzz::allow_refusal([&] {
            const auto as_told = jose::VerifyingKey::from_jwk(jwk, algorithm);
            fuzz::require(as_told.algorithm() == algorithm, "a key is used as it is told, or not");
            fuzz::require(jose::key_type_of(algorithm) == member_text(jwk, "kty"), "never as one of another kind");
        });
    }
}

}  // namespace

/// A compact token, or a JWK when it begins like JSON.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (text.starts_with('{')) {
        boost::json::error_code failure;
        const auto jwk = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
        if (!failure) fuzz::allow_refusal([&] { check_key(jwk.get_object()); });
        return 0;
    }
    const auto signed_by_pair = jose::parse_jwt(text);
    const auto signed_by_secret = jose::parse_jwt(text, {"HS256"});
    fuzz::require(!signed_by_pair || !signed_by_secret, "a public key is never taken for a secret");
    if (signed_by_pair) {
        fuzz::require(jose::parse_algorithm(signed_by_pair->alg).has_value(), "the algorithm is one that we know");
        check_token(text, *signed_by_pair);
    }
    if (signed_by_secret) check_token(text, *signed_by_secret);
    return 0;
}
