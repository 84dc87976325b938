#pragma once

#include "crypto/sigv4.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The canonical forms that Signature Version 4 hashes. Private to the floor.
namespace symbolon::crypto::sigv4 {

/// The values of all headers of that name (lower case), each trimmed, inner runs of spaces collapsed, joined by commas;
/// nothing when there is none.
std::optional<std::string> find_header(const SignedRequest& request, std::string_view lower_name);

/// Pairs decoded, encoded the one way, sorted by name and value; nothing when an escape is broken.
std::optional<std::string> canonical_query(std::string_view query);

/// Dot segments resolved, then every octet but '/' and the unreserved ones encoded (a second time).
std::string canonical_path(std::string_view path);

/// The hash of the canonical request, in hexadecimal; nothing when a signed header is absent or the query is broken.
std::optional<std::string> hash_request(const SignedRequest& request, const std::vector<std::string>& signed_headers,
                                        std::string_view payload_hash);

/// `20260102T030405Z`
std::string to_basic_time(Instant t);
std::optional<Instant> parse_basic_time(std::string_view text);
/// `Fri, 02 Jan 2026 03:04:05 GMT` (RFC 9110 §5.6.7, the preferred form only).
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace symbolon::crypto::sigv4
