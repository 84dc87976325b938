#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "fuzz.hpp"
#include "oauth/tokens/family.hpp"

#include <string>

using namespace symbolon;

namespace {

const crypto::Sealer& sealer() {
    static crypto::SeededRandom random(1);
    static const crypto::Sealer value(random.bytes(32), random);
    return value;
}

}  // namespace

/// What comes back from outside as a sealed token, or as a refresh token.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    fuzz::require(!sealer().open("proof", "pool|client", {data, size}), "nothing is sealed by chance");
    fuzz::require(!sealer().open_text("proof", "pool|client", text), "no text is sealed by chance");
    if (const auto shown = oauth::parse_refresh_token(text)) {
        const auto generation = shown->generation > 0 ? "." + std::to_string(shown->generation) : std::string();
        fuzz::require(shown->grant_id + generation + "." + shown->secret == text, "a refresh token has one spelling");
    }
    return 0;
}
