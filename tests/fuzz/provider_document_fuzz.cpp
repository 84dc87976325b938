#include "base/error.hpp"
#include "federation/json.hpp"
#include "federation/oidc/id_token.hpp"
#include "federation/oidc/metadata.hpp"
#include "federation/oidc/requests.hpp"
#include "fuzz.hpp"

#include <string>

using namespace symbolon;
using namespace symbolon::federation;

namespace {

constexpr std::string_view issuer = "https://idp.example";

/// What is refused is refused as the service does.
template <class Read>
void read(Read use) {
    try {
        use();
    } catch (const Error& error) {
        fuzz::require(error.code == Errc::oauth_invalid_request, "a provider's mistake is told as one");
        fuzz::require(!error.message.empty(), "and it is told which");
    }
}

directory::IdentityProvider make_provider() {
    directory::IdentityProvider provider;
    provider.name = "Provider";
    return provider;
}

void check_answers(std::string_view text) {
    static const auto provider = make_provider();
    net::ClientResponse response;
    response.headers.add("Content-Type", "application/json");
    response.body = text;
    for (const int status : {200, 400}) {
        response.status = status;
        read([&] {
            const auto tokens = oidc::parse_tokens(provider, response);
            fuzz::require(status == 200, "only success gives tokens");
            fuzz::require(!tokens.access_token.empty() || !tokens.id_token.empty(), "there are tokens");
        });
        read([&] {
            oidc::parse_user_info(provider, response);
            fuzz::require(status == 200, "only success tells of a person");
        });
    }
}

}  // namespace

/// What an OpenID provider publishes or answers: its discovery document, tokens, claims.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    read([&] {
        const auto metadata = oidc::parse_metadata(text, std::string(issuer));
        fuzz::require(metadata.issuer == issuer, "a document is that of the issuer");
        for (const auto* url : {&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri})
            fuzz::require(url->find_first_of(" \r\n\"<>") == std::string::npos, "an address is one");
    });
    check_answers(text);

    const auto claims = parse_object(text);
    if (!claims) return 0;
    const auto fault = oidc::find_fault(*claims, {std::string(issuer), "client", "nonce"}, from_ms(1'800'000'000'000));
    if (fault) {
        fuzz::require(!fault->empty(), "a fault has words");
        return 0;
    }
    fuzz::require(text_member(*claims, "iss") == issuer, "a token that holds is the issuer's");
    fuzz::require(text_member(*claims, "nonce") == "nonce", "and for this sign-in");
    fuzz::require(!text_member(*claims, "sub").empty(), "and of somebody");
    return 0;
}
