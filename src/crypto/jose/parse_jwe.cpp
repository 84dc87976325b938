#include "base/encoding.hpp"
#include "crypto/jose/content_cipher.hpp"
#include "crypto/jose/jwe.hpp"
#include "crypto/jose/parts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <utility>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

constexpr std::size_t max_size = 24 * 1024;
constexpr std::size_t longest_encrypted_key = 1024;  // RSA of 8192 bits

using Parts = std::array<std::string_view, 5>;

std::optional<Parts> split(std::string_view message) {
    Parts parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto end = message.find('.');
        const bool is_last = i + 1 == parts.size();
        if ((end == std::string_view::npos) != is_last) return std::nullopt;
        parts[i] = message.substr(0, end);
        message.remove_prefix(is_last ? message.size() : end + 1);
    }
    return parts;
}

/// Absent is empty. False when it is not base64url.
bool read_bytes(const json::object& members, std::string_view name, Bytes& out) {
    std::string text;
    if (!read_text(members, name, text)) return false;
    auto bytes = parse_base64url(text);
    if (!bytes) return false;
    out = std::move(*bytes);
    return true;
}

/// The sender's key for this message alone (RFC 7518 §4.6.1.1).
bool read_ephemeral(const json::object& header, ParsedJwe& out) {
    const auto* member = header.if_contains("epk");
    const auto* key = member ? member->if_object() : nullptr;
    std::string type, curve;
    return key && read_text(*key, "kty", type) && type == "EC" && read_text(*key, "crv", curve) && curve == "P-256" &&
           read_bytes(*key, "x", out.ephemeral_x) && read_bytes(*key, "y", out.ephemeral_y);
}

bool read_header(const json::object& header, ParsedJwe& out) {
    // Compression tells of what is encrypted, and grows without a bound (RFC 8725 §3.6).
    if (header.contains("zip") || header.contains("crit")) return false;
    std::string alg_text, enc_text;
    if (!read_text(header, "alg", alg_text) || !read_text(header, "enc", enc_text) ||
        !read_text(header, "kid", out.kid) || !read_text(header, "cty", out.content_type))
        return false;
    const auto alg = parse_key_management(alg_text);
    const auto enc = parse_content_encryption(enc_text);
    if (!alg || !enc) return false;
    out.how = {*alg, *enc};
    if (*alg == KeyManagement::rsa_oaep_256) return true;
    return read_ephemeral(header, out) && read_bytes(header, "apu", out.apu) && read_bytes(header, "apv", out.apv);
}

}  // namespace

std::optional<ParsedJwe> parse_jwe(std::string_view message) {
    if (message.size() > max_size) return std::nullopt;
    const auto parts = split(message);
    if (!parts) return std::nullopt;
    const auto header = parse_part((*parts)[0]);
    ParsedJwe out;
    if (!header || !read_header(*header, out)) return std::nullopt;
    auto encrypted_key = parse_base64url((*parts)[1]);
    auto iv = parse_base64url((*parts)[2]);
    auto ciphertext = parse_base64url((*parts)[3]);
    auto tag = parse_base64url((*parts)[4]);
    if (!encrypted_key || !iv || !ciphertext || !tag) return std::nullopt;
    const bool agreed = out.how.alg == KeyManagement::ecdh_es;
    if (encrypted_key->empty() != agreed || encrypted_key->size() > longest_encrypted_key) return std::nullopt;
    if (iv->size() != iv_size(out.how.enc) || tag->size() != tag_size(out.how.enc)) return std::nullopt;
    out.bound = (*parts)[0];
    out.encrypted_key = std::move(*encrypted_key);
    out.content = {std::move(*iv), std::move(*ciphertext), std::move(*tag)};
    return out;
}

}  // namespace symbolon::crypto::jose
