#include "oauth/client_authentication.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "net/http.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::string_view basic = "Basic ";
constexpr std::size_t max_id = 128;  // ClientIdType
constexpr std::size_t max_secret = 1024;

[[noreturn]] void refuse(const char* message, const char* detail) {
    throw Error{Errc::oauth_invalid_client, message, detail};
}

/// Form-decoded (RFC 6749 §2.3.1); as it is when it cannot be decoded, since many clients forget to encode.
std::string decode(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percent_decode(spaced).value_or(std::string(text));
}

ClientCredentials read_basic(std::string_view authorization) {
    if (authorization.size() < basic.size() || !net::equal_without_case(authorization.substr(0, basic.size()), basic)) {
        refuse("", "an Authorization header that is not Basic");
    }
    const auto decoded = parse_base64(authorization.substr(basic.size()));
    if (!decoded) refuse("", "a Basic header that is not base64");
    const auto pair = text_of(*decoded);
    const auto colon = pair.find(':');
    if (colon == std::string_view::npos) refuse("", "a Basic header without a colon");
    ClientCredentials credentials;
    credentials.id = decode(pair.substr(0, colon));
    const auto secret = pair.substr(colon + 1);
    credentials.secret = decode(secret);
    if (credentials.secret != secret) credentials.raw_secret = secret;
    return credentials;
}

}  // namespace

ClientCredentials read_client_credentials(std::optional<std::string_view> authorization, const net::Form& body) {
    ClientCredentials credentials{body.get("client_id"), body.get("client_secret"), {}};
    if (authorization) {
        auto header = read_basic(*authorization);
        const bool same_id = credentials.id.empty() || credentials.id == header.id;
        const bool same_secret = credentials.secret.empty() ||
                                 crypto::equal_in_constant_time(credentials.secret, header.secret) ||
                                 crypto::equal_in_constant_time(credentials.secret, header.raw_secret);
        if (!same_id || !same_secret) refuse("", "header and body name different clients or secrets");
        credentials = std::move(header);
    }
    if (credentials.id.empty()) {
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'client_id' is not present"};
    }
    return credentials;
}

Task<std::shared_ptr<const directory::Client>> authenticate_client(directory::Catalog& catalog, PoolId pool,
                                                                   ClientCredentials credentials) {
    if (credentials.id.size() > max_id || credentials.secret.size() > max_secret) refuse("", "too long");
    auto client = co_await catalog.find_client(ClientId(credentials.id));
    if (!client || client->pool_id != pool) refuse("", "no such client in this pool");
    if (client->is_confidential()) {
        const bool right = client->has_secret(credentials.secret) || client->has_secret(credentials.raw_secret);
        if (!right) refuse("invalid_client_secret", "the secret is missing or wrong");
    } else if (!credentials.secret.empty()) {
        refuse("invalid_client_secret", "a secret of a public client");
    }
    co_return client;
}

}  // namespace symbolon::oauth
