#include "base/error.hpp"
#include "fuzz.hpp"
#include "oauth/dpop_proof.hpp"

#include <string>

using namespace symbolon;

/// The lines: a URL, and the value of a DPoP header.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = fuzz::text_of(data, size);
    const std::string url(fuzz::take_part(text));
    const auto normal = oauth::normal_url(url);
    fuzz::require(oauth::normal_url(normal) == normal, "a normal URL stays as it is");
    fuzz::require(normal.find_first_of("?#") == std::string::npos, "query and fragment do not count");

    const auto now = from_ms(1'800'000'000'000);
    try {
        const auto proof =
            oauth::read_dpop_proof(text, {"POST", {"https://id.example/us-east-1_a/oauth2/token"}, ""}, now);
        // A key may be anybody's: it stands in the proof. The corpus has proofs that are genuine.
        fuzz::require(proof.jkt.size() == 43, "a key is known by its SHA-256");
        fuzz::require(!proof.id.empty(), "a proof can be used up");
        fuzz::require(proof.expires > now && proof.expires < now + std::chrono::minutes(5), "and soon forgotten");
    } catch (const Error& error) {
        fuzz::require(error.code == Errc::oauth_invalid_dpop_proof, "a proof is refused as one");
    }
    return 0;
}
