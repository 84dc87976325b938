#include "fuzz.hpp"
#include "symbolon/skill/token_verifier.hpp"

#include <string>
#include <variant>

using namespace symbolon;

namespace {

/// A key of P-256 whose private half was thrown away.
constexpr std::string_view lost_key =
    R"({"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"k",)"
    R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

skill::TokenVerifier verifier_with(std::string keys) {
    return skill::TokenVerifier(
        {.issuer = "https://id.example",
         .client_ids = {"c"},
         .fetch = [keys = std::move(keys)](const skill::FetchRequest&) { return skill::HttpResponse{200, {}, keys}; },
         .now = [] { return skill::Time(std::chrono::hours(24 * 365 * 56)); }});
}

}  // namespace

/// A key set in the first line, an access token in the rest.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto strict = verifier_with(std::string(lost_key));
    const std::string text(fuzz::text_of(data, size));
    const auto line = text.find('\n');
    const skill::AccessToken token(line == std::string::npos ? text : text.substr(line + 1));
    fuzz::require(!std::holds_alternative<skill::TokenClaims>(strict.verify(token)), "no signature fits by chance");
    if (line != std::string::npos) verifier_with(text.substr(0, line)).verify(token);
    return 0;
}
