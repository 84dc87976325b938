#include "oauth/dpop_proof.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "net/http.hpp"
#include "oauth/jwt_claims.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace symbolon::oauth {
namespace {

using boost::json::object;
using crypto::jose::ParsedJwt;
using crypto::jose::VerifyingKey;

constexpr std::chrono::seconds life{60};
constexpr std::size_t max_id = 512;
constexpr std::array<std::string_view, 8> private_members{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};

[[noreturn]] void refuse(const char* detail) {
    throw Error{Errc::oauth_invalid_dpop_proof, "The DPoP proof is not accepted.", detail};
}

const object& key_of(const ParsedJwt& jwt) {
    const auto* value = jwt.header.if_contains("jwk");
    const auto* jwk = value ? value->if_object() : nullptr;
    if (!jwk) refuse("no jwk");
    const auto is_there = [&](std::string_view name) { return jwk->contains(name); };
    if (std::any_of(private_members.begin(), private_members.end(), is_there)) refuse("a private key");
    return *jwk;
}

std::optional<VerifyingKey> to_key(const object& jwk, std::string_view alg) {
    const auto algorithm = crypto::jose::parse_algorithm(alg);
    if (!algorithm) return std::nullopt;
    try {
        return VerifyingKey::from_jwk(jwk, *algorithm);
    } catch (const Error&) {  // somebody else's mistake, told as what it is here
        return std::nullopt;
    }
}

std::string thumbprint_of(const object& jwk) {
    const auto digest = parse_base64(crypto::jose::thumbprint_of(jwk));
    return to_base64url(*digest);
}

void check_request(const object& claims, const ProvenRequest& request) {
    if (text_claim(claims, "htm") != request.method) refuse("for another method");
    const auto url = normal_url(text_claim(claims, "htu"));
    const auto is_it = [&](const std::string& own) { return normal_url(own) == url; };
    if (std::none_of(request.urls.begin(), request.urls.end(), is_it)) refuse("for another URL");
    if (request.access_token.empty()) return;
    const auto hash = to_base64url(crypto::sha256(request.access_token));
    if (!crypto::equal_in_constant_time(text_claim(claims, "ath"), hash)) refuse("for another access token");
}

}  // namespace

std::string normal_url(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return std::string(url);
    const auto path = std::min(url.find('/', scheme_end + 3), url.size());
    auto origin = net::to_lower(url.substr(0, path));
    for (const std::string_view port : {":443", ":80"}) {
        const bool usual = origin.starts_with(port == ":443" ? "https:" : "http:");
        if (usual && origin.ends_with(port)) origin.resize(origin.size() - port.size());
    }
    return origin.append(path == url.size() ? "/" : url.substr(path));
}

DpopProof read_dpop_proof(std::string_view text, const ProvenRequest& request, Instant now) {
    const auto jwt = crypto::jose::parse_jwt(text);
    if (!jwt || jwt->typ != "dpop+jwt") refuse("no dpop+jwt of a known algorithm");
    const auto& jwk = key_of(*jwt);
    const auto key = to_key(jwk, jwt->alg);
    if (!key || !crypto::jose::verifies(*key, *jwt)) refuse("not signed by its key");
    check_request(jwt->claims, request);
    const auto issued = time_claim(jwt->claims, "iat");
    if (!issued || *issued > now + clock_skew || *issued + life <= now) refuse("not of this moment");
    DpopProof proof;
    proof.alg = jwt->alg;
    proof.jkt = thumbprint_of(jwk);
    proof.id = text_claim(jwt->claims, "jti");
    if (proof.id.empty() || proof.id.size() > max_id) refuse("without jti");
    proof.nonce = text_claim(jwt->claims, "nonce");
    proof.expires = *issued + life;
    return proof;
}

}  // namespace symbolon::oauth
