#include "crypto/sigv4.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/sigv4_canonical.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace symbolon::crypto::sigv4 {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view terminator = "aws4_request";
constexpr std::chrono::minutes tolerance{5};

constexpr std::string_view mismatch =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details.";

/// What the Authorization header says, split but not believed.
struct Claim {
    std::string access_key_id, date, region, service;
    std::vector<std::string> signed_headers;
    std::string signature;
};

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

[[noreturn]] void refuse_incomplete(std::string message) {
    throw Error(Errc::incomplete_signature, std::move(message));
}
[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::wrong_signature, std::move(message));
}

void read_credential(std::string_view credential, Claim& claim) {
    auto parts = split(credential, '/');
    if (parts.size() != 5 || parts[0].empty()) {
        refuse_incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
    }
    if (parts[4] != terminator) refuse("Credential should be scoped with a valid terminator: 'aws4_request'.");
    claim.access_key_id = std::move(parts[0]);
    claim.date = std::move(parts[1]);
    claim.region = std::move(parts[2]);
    claim.service = std::move(parts[3]);
}

/// Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, parts in any order.
Claim read_authorization(std::string_view header, bool has_date) {
    if (!header.starts_with(algorithm) || header.size() == algorithm.size() || header[algorithm.size()] != ' ') {
        refuse_incomplete("Unsupported signing algorithm in the Authorization header: 'AWS4-HMAC-SHA256' is required.");
    }
    Claim claim;
    std::string credential;
    std::string signed_headers;
    for (std::string_view part : split(header.substr(algorithm.size() + 1), ',')) {
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            refuse_incomplete("Invalid key=value pair (missing equal-sign) in Authorization header.");
        const std::string_view name = part.substr(0, equals);
        std::string* target = name == "Credential"      ? &credential
                              : name == "SignedHeaders" ? &signed_headers
                              : name == "Signature"     ? &claim.signature
                                                        : nullptr;
        if (!target) continue;
        if (!target->empty()) refuse_incomplete("The Authorization header repeats a parameter.");
        *target = part.substr(equals + 1);
    }
    std::string missing;
    const auto require = [&missing](bool present, std::string_view what) {
        if (present) return;
        if (!missing.empty()) missing += ' ';
        missing += "Authorization header requires ";
        missing += what;
    };
    require(!credential.empty(), "'Credential' parameter.");
    require(!claim.signature.empty(), "'Signature' parameter.");
    require(!signed_headers.empty(), "'SignedHeaders' parameter.");
    require(has_date, "existence of either a 'X-Amz-Date' or a 'Date' header.");
    if (!missing.empty()) refuse_incomplete(std::move(missing));
    read_credential(credential, claim);
    claim.signed_headers = split(signed_headers, ';');
    return claim;
}

/// The headers that must be signed: without X-Amz-Target a captured request could be made another operation.
void check_signed_headers(const SignedRequest& request, const Claim& claim, std::string_view date_header) {
    const auto& names = claim.signed_headers;
    const auto holds = [&names](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
    if (std::ranges::adjacent_find(names, std::ranges::greater_equal{}) != names.end()) {
        refuse_incomplete("'SignedHeaders' must be lower case, sorted and without repetition.");
    }
    if (!holds("host")) refuse("'Host' must be a 'SignedHeader' in the AWS Authorization.");
    for (const std::string_view name : {date_header, std::string_view("x-amz-target")}) {
        if (find_header(request, name) && !holds(name)) {
            refuse('\'' + std::string(name) + "' must be a 'SignedHeader' in the AWS Authorization.");
        }
    }
}

void check_time(Instant signed_at, Instant now) {
    const std::string at = to_basic_time(signed_at);
    const std::string present = to_basic_time(now);
    if (signed_at < now - tolerance) {
        refuse("Signature expired: " + at + " is now earlier than " + to_basic_time(now - tolerance) + " (" + present +
               " - 5 min.)");
    }
    if (signed_at > now + tolerance) {
        refuse("Signature not yet current: " + at + " is still later than " + to_basic_time(now + tolerance) + " (" +
               present + " + 5 min.)");
    }
}

std::string compute_signature(std::string_view request_hash, std::string_view secret, std::string_view basic_time,
                              std::string_view region, std::string_view service) {
    const std::string_view date = basic_time.substr(0, 8);
    std::string text(algorithm);
    text.append("\n").append(basic_time).append("\n");
    text.append(date).append("/").append(region).append("/").append(service).append("/").append(terminator);
    text.append("\n").append(request_hash);

    Digest key = hmac_sha256(bytes_of("AWS4" + std::string(secret)), bytes_of(date));
    for (const std::string_view part : {region, service, terminator}) key = hmac_sha256(key, bytes_of(part));
    return to_hex(hmac_sha256(key, bytes_of(text)));
}

}  // namespace

Verified verify(const SignedRequest& request, std::string_view service, Instant now, const FindSecret& find_secret) {
    const auto authorization = find_header(request, "authorization");
    if (!authorization) throw Error(Errc::missing_signature, "Missing Authentication Token");
    const auto amz_date = find_header(request, "x-amz-date");
    const auto date = amz_date ? amz_date : find_header(request, "date");
    const Claim claim = read_authorization(*authorization, date.has_value());

    auto signed_at = parse_basic_time(*date);
    if (!signed_at && !amz_date) signed_at = parse_http_date(*date);
    if (!signed_at) {
        refuse_incomplete("Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
    const std::string basic_time = to_basic_time(*signed_at);
    check_signed_headers(request, claim, amz_date ? "x-amz-date" : "date");
    check_time(*signed_at, now);
    if (claim.date != basic_time.substr(0, 8)) {
        refuse("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.");
    }
    if (claim.service != service) {
        refuse("Credential should be scoped to correct service: '" + std::string(service) + "'.");
    }
    const auto secret = find_secret(claim.access_key_id);
    if (!secret) throw Error(Errc::unknown_access_key, "The security token included in the request is invalid.");

    // The body is hashed here, always: a client's word for it (UNSIGNED-PAYLOAD, or another body's hash) is not taken.
    const std::string payload_hash = to_hex(sha256(request.body));
    const auto claimed_hash = find_header(request, "x-amz-content-sha256");
    if (claimed_hash && *claimed_hash != payload_hash) refuse(std::string(mismatch));
    const auto request_hash = hash_request(request, claim.signed_headers, payload_hash);
    if (!request_hash) refuse(std::string(mismatch));
    const std::string expected = compute_signature(*request_hash, *secret, basic_time, claim.region, service);
    if (!equal_in_constant_time(expected, claim.signature)) refuse(std::string(mismatch));
    return {claim.access_key_id, claim.region};
}

std::string claimed_access_key_id(const SignedRequest& request) {
    constexpr std::string_view name = "Credential=";
    const auto authorization = find_header(request, "authorization");
    if (!authorization) return {};
    const auto at = authorization->find(name);
    if (at == std::string::npos) return {};
    const auto id = at + name.size();
    return authorization->substr(id, authorization->find_first_of("/, ", id) - id);
}

std::vector<std::pair<std::string, std::string>> sign(const SignedRequest& request, std::string_view access_key_id,
                                                      std::string_view secret, std::string_view region,
                                                      std::string_view service, Instant now) {
    const std::string basic_time = to_basic_time(now);
    const std::string payload_hash = to_hex(sha256(request.body));
    std::vector<std::pair<std::string, std::string>> added{{"X-Amz-Date", basic_time},
                                                           {"X-Amz-Content-Sha256", payload_hash}};
    SignedRequest whole = request;
    whole.headers.insert(whole.headers.end(), added.begin(), added.end());

    // Only what no proxy and no HTTP client changes on the way.
    std::vector<std::string> names;
    for (const auto& [name, value] : whole.headers) {
        std::string lower = name;
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (lower == "host" || lower == "content-type" || lower.starts_with("x-amz-"))
            names.push_back(std::move(lower));
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());

    const auto request_hash = hash_request(whole, names, payload_hash);
    if (!request_hash) throw Error(Errc::invalid_parameter, "The query has a broken percent escape.");
    std::string authorization(algorithm);
    authorization.append(" Credential=").append(access_key_id).append("/").append(basic_time, 0, 8).append("/");
    authorization.append(region).append("/").append(service).append("/").append(terminator).append(", SignedHeaders=");
    for (std::size_t i = 0; i < names.size(); ++i) authorization.append(i == 0 ? "" : ";").append(names[i]);
    authorization.append(", Signature=");
    authorization += compute_signature(*request_hash, secret, basic_time, region, service);
    added.emplace_back("Authorization", std::move(authorization));
    return added;
}

}  // namespace symbolon::crypto::sigv4
