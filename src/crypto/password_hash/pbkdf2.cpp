#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/password_hash/hash_text.hpp"
#include "crypto/password_hash/password_hash.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

// PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-256 or -SHA-512, in two spellings: passlib's
// $pbkdf2-sha256$<iterations>$<salt>$<hash>, and Django's pbkdf2_sha256$<iterations>$<salt as text>$<hash>.
namespace symbolon::crypto {
namespace {

constexpr std::size_t max_salt = 64;

struct Function {
    std::string_view passlib;
    std::string_view django;
    const EVP_MD* (*digest)();
    std::size_t size;  ///< of the digest, and of the hash: more would be as many times the work
    std::uint32_t max_iterations;
};

constexpr std::array functions{
    Function{"$pbkdf2-sha256$", "pbkdf2_sha256$", &EVP_sha256, 32, 2'000'000},
    Function{"$pbkdf2-sha512$", "pbkdf2_sha512$", &EVP_sha512, 64, 1'000'000},
};

class Pbkdf2 final : public PasswordHash {
public:
    Pbkdf2(const Function& function, std::uint32_t iterations, Bytes salt, Bytes hash)
        : function_(function), iterations_(iterations), salt_(std::move(salt)), hash_(std::move(hash)) {}

    bool matches(std::string_view password) const override {
        Bytes derived(hash_.size());
        const int done = PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt_.data(),
                                           static_cast<int>(salt_.size()), static_cast<int>(iterations_),
                                           function_.digest(), static_cast<int>(derived.size()), derived.data());
        if (done != 1) throw Error(Errc::internal, {}, "PBKDF2: OpenSSL failed");
        return equal_in_constant_time(derived, hash_);
    }

private:
    const Function& function_;
    const std::uint32_t iterations_;
    const Bytes salt_;
    const Bytes hash_;
};

ParsedHash make(const Function& function, std::uint32_t iterations, std::optional<Bytes> salt,
                std::optional<Bytes> hash) {
    if (iterations < 1 || !salt || salt->empty() || salt->size() > max_salt) return HashFault::malformed;
    if (!hash || hash->size() != function.size) return HashFault::malformed;
    if (iterations > function.max_iterations) return HashFault::too_costly;
    return std::make_unique<Pbkdf2>(function, iterations, std::move(*salt), std::move(*hash));
}

}  // namespace

ParsedHash parse_pbkdf2(std::string_view text) {
    for (const Function& function : functions) {
        std::string_view rest = text;
        const bool passlib = hash_text::take(rest, function.passlib);
        if (!passlib && !hash_text::take(rest, function.django)) continue;
        const auto iterations = hash_text::take_number(rest);
        if (!iterations || !hash_text::take(rest, "$")) return HashFault::malformed;
        const auto salt = hash_text::take_part(rest);
        if (!salt) return HashFault::malformed;
        if (passlib)
            return make(function, *iterations, hash_text::parse_adapted(*salt), hash_text::parse_adapted(rest));
        const ByteView bytes = bytes_of(*salt);
        return make(function, *iterations, Bytes(bytes.begin(), bytes.end()), parse_base64(rest));
    }
    return HashFault::malformed;
}

}  // namespace symbolon::crypto
