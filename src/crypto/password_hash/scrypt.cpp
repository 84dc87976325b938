#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/password_hash/hash_text.hpp"
#include "crypto/password_hash/password_hash.hpp"

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

// scrypt (RFC 7914) in the PHC string format: $scrypt$ln=<log2 N>,r=<r>,p=<p>$<salt>$<hash>.
namespace symbolon::crypto {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;
/// 128 * N * r bytes are the memory; times p they are the work.
constexpr std::uint64_t max_work = 256 * mebibyte;
/// OpenSSL counts a little more than that: its blocks for all lanes, and two of working space.
constexpr std::uint64_t max_memory = 2 * max_work;
constexpr std::size_t max_salt = 64;
constexpr std::size_t min_hash = 16;
constexpr std::size_t max_hash = 64;

struct Cost {
    std::uint32_t log_n = 0;
    std::uint32_t r = 0;
    std::uint32_t p = 0;

    /// N < 2^(128 * r / 8) is the standard's own bound (§6).
    bool is_valid() const { return log_n >= 1 && log_n < 64 && r >= 1 && p >= 1 && log_n < 16ULL * r; }
    bool is_affordable() const {
        const std::uint64_t units = max_work / 128;  // r and p are below 2^32: their product does not overflow
        const std::uint64_t lanes = std::uint64_t{r} * p;
        return log_n < 32 && lanes <= units && (lanes << log_n) <= units;
    }
};

class Scrypt final : public PasswordHash {
public:
    Scrypt(const Cost& cost, Bytes salt, Bytes hash) : cost_(cost), salt_(std::move(salt)), hash_(std::move(hash)) {}

    bool matches(std::string_view password) const override {
        Bytes derived(hash_.size());
        const int done = EVP_PBE_scrypt(password.data(), password.size(), salt_.data(), salt_.size(),
                                        std::uint64_t{1} << cost_.log_n, cost_.r, cost_.p, max_memory, derived.data(),
                                        derived.size());
        if (done != 1) throw Error(Errc::internal, {}, "scrypt: OpenSSL failed");
        return equal_in_constant_time(derived, hash_);
    }

private:
    const Cost cost_;
    const Bytes salt_;
    const Bytes hash_;
};

/// `ln=16,r=8,p=1$`
std::optional<Cost> take_cost(std::string_view& rest) {
    const auto take = [&](std::string_view name, std::string_view end) -> std::optional<std::uint32_t> {
        if (!hash_text::take(rest, name)) return std::nullopt;
        const auto number = hash_text::take_number(rest);
        return hash_text::take(rest, end) ? number : std::nullopt;
    };
    const auto log_n = take("ln=", ",");
    const auto r = take("r=", ",");
    const auto p = take("p=", "$");
    if (!log_n || !r || !p) return std::nullopt;
    return Cost{*log_n, *r, *p};
}

}  // namespace

ParsedHash parse_scrypt(std::string_view text) {
    std::string_view rest = text;
    if (!hash_text::take(rest, "$scrypt$")) return HashFault::malformed;
    const auto cost = take_cost(rest);
    if (!cost || !cost->is_valid()) return HashFault::malformed;
    const auto salt_text = hash_text::take_part(rest);
    if (!salt_text) return HashFault::malformed;
    auto salt = hash_text::parse_unpadded(*salt_text);
    auto hash = hash_text::parse_unpadded(rest);
    if (!salt || salt->empty() || salt->size() > max_salt) return HashFault::malformed;
    if (!hash || hash->size() < min_hash || hash->size() > max_hash) return HashFault::malformed;
    if (!cost->is_affordable()) return HashFault::too_costly;
    return std::make_unique<Scrypt>(*cost, std::move(*salt), std::move(*hash));
}

}  // namespace symbolon::crypto
