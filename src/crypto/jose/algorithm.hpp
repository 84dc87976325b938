#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace symbolon::crypto::jose {

/// The algorithms of signatures with a key pair that tokens of ours and of partners have. Spec: RFC 7518 §3.1, RFC 8037
/// §3.1; ES256 is over P-256, EdDSA over Ed25519.
enum class Algorithm { rs256, ps256, es256, eddsa };

inline constexpr std::array all_algorithms{Algorithm::rs256, Algorithm::ps256, Algorithm::es256, Algorithm::eddsa};

/// As the `alg` of a header or key has it, e.g. "RS256".
std::string_view to_text(Algorithm algorithm);
/// Byte for byte; nothing for any other text.
std::optional<Algorithm> parse_algorithm(std::string_view text);
/// The `kty` of its keys: RSA | EC | OKP.
std::string_view key_type_of(Algorithm algorithm);

}  // namespace symbolon::crypto::jose
