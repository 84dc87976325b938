#include "base/encoding.hpp"
#include "fuzz.hpp"
#include "voice/linking/token_client.hpp"

#include <string>
#include <variant>

using namespace symbolon;

/// The lines: the status of a token endpoint's answer, its Content-Type, its body.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto body = fuzz::text_of(data, size);
    net::ClientResponse response;
    const auto status = fuzz::take_part(body);
    response.status = status == "200" ? 200 : 400 + static_cast<int>(status.size() % 200);
    response.headers.add("Content-Type", std::string(fuzz::take_part(body)));
    response.body = body;
    for (const bool refresh_token_needed : {false, true}) {
        const auto result = voice::read_token_answer(response, refresh_token_needed);
        if (const auto* tokens = std::get_if<voice::TokenAnswer>(&result)) {
            fuzz::require(response.status == 200, "only success gives tokens");
            fuzz::require(!tokens->access_token.empty(), "there is an access token");
            fuzz::require(!refresh_token_needed || !tokens->refresh_token.empty(), "there is a refresh token");
            fuzz::require(tokens->expires_in.value_or(1) > 0, "a token lives for some time");
            continue;
        }
        const auto& failure = std::get<voice::TokenFailure>(result);
        fuzz::require(!failure.code.empty(), "a failure has a name");
        fuzz::require(count_characters(failure.detail).has_value(), "what is shown of it is text");
        fuzz::require(failure.detail.size() <= 1024 && failure.code.size() <= 1024, "and short");
    }
    return 0;
}
