#include "base/encoding.hpp"
#include "base/error.hpp"
#include "fuzz.hpp"
#include "oauth/client_assertion.hpp"
#include "oauth/request_objects.hpp"

#include <boost/json/parse.hpp>

#include <string>
#include <variant>

using namespace symbolon;

namespace {

constexpr std::string_view issuer = "https://id.example/us-east-1_Pool12345";
const auto now = from_ms(1'800'000'000'000);

directory::Client make_client() {
    directory::Client client;
    client.pool_id = PoolId("us-east-1_Pool12345");
    client.id = ClientId("clientclientclientclientcl");
    client.secret = ClientSecret(std::string_view("a-secret-of-some-length-that-nobody-knows"));
    return client;
}

/// The claims in a JWT of this algorithm, signed with nothing.
std::string token_of(std::string_view algorithm, std::string_view claims) {
    const auto header = R"({"alg":")" + std::string(algorithm) + R"("})";
    return to_base64url(bytes_of(header)) + "." + to_base64url(bytes_of(claims)) + ".AAAA";
}

void check_request(const directory::Client& client, std::string_view claims) {
    const auto token = crypto::jose::parse_jwt(token_of("ES256", claims));
    if (!token) return;
    const auto read = oauth::read_request_object(*token, {client, issuer, now});
    if (const auto* refused = std::get_if<oauth::RefusedRequestObject>(&read)) {
        fuzz::require(!refused->error.empty(), "a refusal has a name");
        return;
    }
    const auto& form = std::get<net::Form>(read);
    fuzz::require(form.count("request") == 0 && form.count("request_uri") == 0, "no request object holds another");
    fuzz::require(form.get("client_id") == client.id.str(), "it is of the client that signed it");
}

void check_assertion(const directory::Client& client, std::string_view claims) {
    for (const auto* algorithm : {"HS256", "ES256"}) {
        try {
            const auto read =
                oauth::read_client_assertion(token_of(algorithm, claims), client, {{std::string(issuer)}}, now);
            fuzz::require(!read.id.empty(), "an assertion can be used up");
            fuzz::require(read.expires > now && read.expires <= now + std::chrono::hours(2), "and is forgotten");
            fuzz::require(!oauth::is_signed_by_secret(client, read.jwt), "nobody signs without the secret");
        } catch (const Error& error) {
            fuzz::require(error.code == Errc::oauth_invalid_client, "an assertion is refused as one");
        }
    }
}

}  // namespace

/// The claims of a JWT that a client sends: an authorization request, or a proof of itself.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto client = make_client();
    const auto claims = fuzz::text_of(data, size);
    check_request(client, claims);
    check_assertion(client, claims);
    return 0;
}
