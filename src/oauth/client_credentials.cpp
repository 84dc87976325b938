#include "oauth/client_credentials.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/client_certificate.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::string_view basic = "Basic ";
constexpr std::string_view jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

[[noreturn]] void refuse(const char* detail) {
    throw Error{Errc::oauth_invalid_client, "", detail};
}

/// Form-decoded (RFC 6749 §2.3.1); as it is when it cannot be decoded, since many clients forget to encode.
std::string decode(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percent_decode(spaced).value_or(std::string(text));
}

ClientCredentials read_basic(std::string_view authorization) {
    if (authorization.size() < basic.size() || !net::equal_without_case(authorization.substr(0, basic.size()), basic)) {
        refuse("an Authorization header that is not Basic");
    }
    const auto decoded = parse_base64(authorization.substr(basic.size()));
    if (!decoded) refuse("a Basic header that is not base64");
    const auto pair = text_of(*decoded);
    const auto colon = pair.find(':');
    if (colon == std::string_view::npos) refuse("a Basic header without a colon");
    ClientCredentials credentials{decode(pair.substr(0, colon))};
    const auto secret = pair.substr(colon + 1);
    credentials.secret = decode(secret);
    if (credentials.secret != secret) credentials.raw_secret = secret;
    return credentials;
}

ClientCredentials join(ClientCredentials header, const ClientCredentials& body) {
    const bool same_id = body.id.empty() || body.id == header.id;
    const bool same_secret = body.secret.empty() || crypto::equal_in_constant_time(body.secret, header.secret) ||
                             crypto::equal_in_constant_time(body.secret, header.raw_secret);
    if (!same_id || !same_secret) refuse("header and body name different clients or secrets");
    return header;
}

/// The id may be left out: the assertion says it (RFC 7521 §4.2).
std::string subject_of(std::string_view assertion) {
    const auto jwt = crypto::jose::parse_jwt(assertion, {"RS256", "PS256", "ES256", "EdDSA", "HS256"});
    const auto* subject = jwt ? jwt->claims.if_contains("sub") : nullptr;
    return subject && subject->is_string() ? std::string(subject->get_string()) : std::string{};
}

std::string read_assertion(const net::Form& body) {
    auto assertion = body.get("client_assertion");
    const auto type = body.get("client_assertion_type");
    if (assertion.empty() && type.empty()) return {};
    if (assertion.empty()) throw Error{Errc::oauth_invalid_request, "client_assertion is missing"};
    if (type != jwt_bearer) throw Error{Errc::oauth_invalid_request, "client_assertion_type is not jwt-bearer"};
    return assertion;
}

}  // namespace

ClientCredentials read_client_credentials(const net::Request& request, const net::Form& body) {
    ClientCredentials credentials{body.get("client_id"), body.get("client_secret")};
    const auto authorization = request.headers.find("Authorization");
    // Another server in front of this one might have looked at the other one.
    if (request.headers.find_all("Authorization").size() > 1) {
        throw Error{Errc::oauth_invalid_request, "The request has two Authorization headers"};
    }
    auto assertion = read_assertion(body);
    if (!assertion.empty() && (authorization || !credentials.secret.empty())) {
        throw Error{Errc::oauth_invalid_request, "A client proves itself in one way at a time"};
    }
    if (authorization) credentials = join(read_basic(*authorization), credentials);
    if (credentials.id.empty() && !assertion.empty()) credentials.id = subject_of(assertion);
    if (credentials.id.empty()) {
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'client_id' is not present"};
    }
    credentials.assertion = std::move(assertion);
    credentials.certificate = request.client_certificate;
    return credentials;
}

std::string certificate_thumbprint(const net::Request& request) {
    const auto certificate = crypto::x509::ClientCertificate::parse(bytes_of(request.client_certificate));
    return certificate ? certificate->thumbprint() : std::string{};
}

}  // namespace symbolon::oauth
