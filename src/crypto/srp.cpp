#include "crypto/srp.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/openssl_ptr.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace symbolon::crypto::srp {
namespace {

using SecretBignum = std::unique_ptr<BIGNUM, FreedBy<BN_clear_free>>;
using ContextPtr = std::unique_ptr<BN_CTX, FreedBy<BN_CTX_free>>;
using MontgomeryPtr = std::unique_ptr<BN_MONT_CTX, FreedBy<BN_MONT_CTX_free>>;

constexpr int generator = 2;
/// Of b: RFC 5054 §2.5.3 asks for 256 bits at least.
constexpr std::size_t secret_size = 32;
constexpr std::size_t max_secret_size = number_size;
constexpr int min_client_bits = 512;
constexpr std::string_view key_info = "Caldera Derived Key";
constexpr std::size_t key_size = 16;

/// Every call of OpenSSL that can only fail for want of memory.
void require(bool done) {
    if (!done) throw Error(Errc::internal, {}, "srp: big-number arithmetic failed");
}

SecretBignum new_number() {
    SecretBignum out(BN_new());
    require(out != nullptr);
    return out;
}

SecretBignum to_number(ByteView bytes) {
    SecretBignum out(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    require(out != nullptr);
    return out;
}

/// An exponent that nobody may learn from the time it takes.
SecretBignum to_exponent(ByteView bytes) {
    SecretBignum out = to_number(bytes);
    BN_set_flags(out.get(), BN_FLG_CONSTTIME);
    return out;
}

/// Unsigned big-endian bytes that are wiped; the shortest, none for 0.
class Octets {
public:
    explicit Octets(const BIGNUM* number) : bytes_(static_cast<std::size_t>(BN_num_bytes(number))) {
        BN_bn2bin(number, bytes_.data());
    }
    explicit Octets(Bytes bytes) : bytes_(std::move(bytes)) {}
    Octets(const Octets&) = delete;
    Octets& operator=(const Octets&) = delete;
    ~Octets() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

    ByteView view() const { return bytes_; }

private:
    Bytes bytes_;
};

ByteView without_zeros(ByteView number) {
    const auto first = std::ranges::find_if(number, [](std::uint8_t byte) { return byte != 0; });
    return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

/// pad(i): the shortest two's complement, so with a zero byte in front where the top bit is set. Spec: §3.4.
Bytes pad(ByteView number) {
    const ByteView shortest = without_zeros(number);
    Bytes out;
    if (shortest.empty() || (shortest.front() & 0x80) != 0) out.push_back(0);
    out.insert(out.end(), shortest.begin(), shortest.end());
    return out;
}

Digest hash_of(std::initializer_list<ByteView> parts) {
    Bytes joined;
    std::size_t size = 0;
    for (const ByteView part : parts) size += part.size();
    joined.reserve(size);  // so that no copy of a secret is left where it grew
    for (const ByteView part : parts) joined.insert(joined.end(), part.begin(), part.end());
    const Digest digest = sha256(ByteView(joined));
    OPENSSL_cleanse(joined.data(), joined.size());
    return digest;
}

/// The group, and what follows from it. Made once; read by every thread.
struct Group {
    SecretBignum n{BN_get_rfc3526_prime_3072(nullptr)};
    SecretBignum n_less_one = new_number();
    SecretBignum g = new_number();
    SecretBignum k;
    MontgomeryPtr montgomery{BN_MONT_CTX_new()};

    Group() {
        const ContextPtr context(BN_CTX_new());
        require(n && montgomery && context && BN_set_word(g.get(), generator) == 1);
        require(BN_sub(n_less_one.get(), n.get(), BN_value_one()) == 1);
        require(BN_MONT_CTX_set(montgomery.get(), n.get(), context.get()) == 1);
        k = to_number(hash_of({pad(Octets(n.get()).view()), pad(Octets(g.get()).view())}));
    }
};

const Group& group() {
    static const Group the_group;
    return the_group;
}

/// Arithmetic modulo N, with the scratch space of one call.
class Arithmetic {
public:
    Arithmetic() : context_(BN_CTX_secure_new()) { require(context_ != nullptr); }

    /// base^exponent, in a time that does not depend on the exponent's bits.
    SecretBignum power(const BIGNUM* base, const BIGNUM* exponent) {
        SecretBignum out = new_number();
        require(BN_mod_exp_mont_consttime(out.get(), base, exponent, group().n.get(), context_.get(),
                                          group().montgomery.get()) == 1);
        return out;
    }
    SecretBignum product(const BIGNUM* a, const BIGNUM* b) {
        SecretBignum out = new_number();
        require(BN_mod_mul(out.get(), a, b, group().n.get(), context_.get()) == 1);
        return out;
    }
    SecretBignum sum(const BIGNUM* a, const BIGNUM* b) {
        SecretBignum out = new_number();
        require(BN_mod_add(out.get(), a, b, group().n.get(), context_.get()) == 1);
        return out;
    }

private:
    ContextPtr context_;
};

/// 1 < number < N-1: of the two others in between one makes every secret 1, the other 1 or -1.
bool is_element(const BIGNUM* number) {
    return BN_cmp(number, BN_value_one()) > 0 && BN_cmp(number, group().n_less_one.get()) < 0;
}

/// x = H( pad(salt) || H( group || name || ":" || password ) )
SecretBignum private_key(const Identity& identity, const Password& password, ByteView salt) {
    Digest inner =
        hash_of({bytes_of(identity.group), bytes_of(identity.name), bytes_of(":"), bytes_of(password.reveal())});
    Digest x = hash_of({pad(salt), inner});
    SecretBignum out = to_exponent(x);
    OPENSSL_cleanse(inner.data(), inner.size());
    OPENSSL_cleanse(x.data(), x.size());
    return out;
}

VerifierValue to_verifier_value(const BIGNUM* number) {
    return VerifierValue(text_of(Octets(number).view()));
}

SecretBignum to_number(const VerifierValue& value) {
    return to_number(bytes_of(value.reveal()));
}

Bytes to_bytes(ByteView view) {
    return Bytes(view.begin(), view.end());
}

/// The HKDF of one block that makes the key of a claim (RFC 5869 with salt pad(u) and key material pad(S)).
std::array<std::uint8_t, key_size> derive_key(ByteView u, const BIGNUM* shared) {
    const Octets padded_shared(pad(Octets(shared).view()));
    Digest prk = hmac_sha256(pad(u), padded_shared.view());
    Bytes info = to_bytes(bytes_of(key_info));
    info.push_back(1);
    Digest block = hmac_sha256(prk, info);
    std::array<std::uint8_t, key_size> key{};
    std::copy_n(block.begin(), key_size, key.begin());
    OPENSSL_cleanse(prk.data(), prk.size());
    OPENSSL_cleanse(block.data(), block.size());
    return key;
}

/// What the client signs: group || name || secret block || timestamp.
Bytes message_of(const Identity& identity, const Claim& claim) {
    Bytes out;
    for (const ByteView part :
         {bytes_of(identity.group), bytes_of(identity.name), claim.secret_block, bytes_of(claim.timestamp)})
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

}  // namespace

std::string pool_name(std::string_view pool_id) {
    const auto underscore = pool_id.find('_');
    return std::string(underscore == std::string_view::npos ? pool_id : pool_id.substr(underscore + 1));
}

Verifier make_verifier(const Identity& identity, const Password& password, Random& random) {
    // Clients differ in what they do with leading zeros of a salt; there are none.
    Bytes salt = random.bytes(salt_size);
    while (salt.front() == 0) salt = random.bytes(salt_size);
    return make_verifier(identity, password, salt);
}

Verifier make_verifier(const Identity& identity, const Password& password, ByteView salt) {
    const SecretBignum x = private_key(identity, password, salt);
    const SecretBignum v = Arithmetic().power(group().g.get(), x.get());
    return {to_bytes(without_zeros(salt)), to_verifier_value(v.get())};
}

Verifier simulate_verifier(const Sealer& sealer, std::string_view context) {
    Bytes salt = sealer.keyed_hash("srp_salt", context, "salt");
    salt.resize(salt_size);
    if (salt.front() == 0) salt.front() = 1;
    // A square like every true verifier, since 2 is one; made without an exponentiation, which would take time that
    // reading a true one does not.
    Bytes root;
    for (int part = 0; root.size() < number_size; ++part) {
        const Bytes more = sealer.keyed_hash("srp_verifier", context, std::to_string(part));
        root.insert(root.end(), more.begin(), more.end());
    }
    const SecretBignum r = to_number(root);
    const SecretBignum v = Arithmetic().product(r.get(), r.get());
    return {std::move(salt), to_verifier_value(v.get())};
}

std::optional<Verifier> parse_verifier(ByteView salt, ByteView value) {
    constexpr std::size_t min_salt = 8;
    constexpr std::size_t max_salt = 64;
    const ByteView shortest_salt = without_zeros(salt);
    const ByteView shortest_value = without_zeros(value);
    // One zero byte in front is the sign of the two's complement; more are no encoding of a number.
    if (salt.size() > shortest_salt.size() + 1 || value.size() > shortest_value.size() + 1) return std::nullopt;
    if (shortest_salt.size() < min_salt || shortest_salt.size() > max_salt || shortest_value.size() > number_size)
        return std::nullopt;
    const SecretBignum v = to_number(shortest_value);
    if (!is_element(v.get())) return std::nullopt;
    return Verifier{to_bytes(shortest_salt), VerifierValue(text_of(shortest_value))};
}

std::string to_wire(ByteView number) {
    const std::string hex = to_hex(without_zeros(number));
    if (hex.empty()) return "0";
    return hex.front() == '0' ? hex.substr(1) : hex;
}

std::optional<Bytes> parse_client_value(std::string_view hex) {
    constexpr std::size_t max_digits = 2 * number_size + 2;  // with a zero byte in front
    if (hex.empty() || hex.size() > max_digits) return std::nullopt;
    const auto bytes = parse_hex(hex.size() % 2 == 0 ? std::string(hex) : "0" + std::string(hex));
    if (!bytes) return std::nullopt;
    const SecretBignum a = to_number(*bytes);
    if (!is_element(a.get()) || BN_num_bits(a.get()) < min_client_bits) return std::nullopt;
    return to_bytes(without_zeros(*bytes));
}

ServerValue make_server_value(const Verifier& verifier, Random& random) {
    const Octets secret(random.bytes(secret_size));
    return restore_server_value(verifier, ServerSecret(text_of(secret.view())));
}

ServerValue restore_server_value(const Verifier& verifier, ServerSecret secret) {
    if (secret.empty() || secret.reveal().size() > max_secret_size)
        throw Error(Errc::internal, {}, "srp: a secret of another size");
    Arithmetic arithmetic;
    const SecretBignum b = to_exponent(bytes_of(secret.reveal()));
    const SecretBignum v = to_number(verifier.value);
    const SecretBignum kv = arithmetic.product(group().k.get(), v.get());
    const SecretBignum gb = arithmetic.power(group().g.get(), b.get());
    const SecretBignum sum = arithmetic.sum(kv.get(), gb.get());
    return {std::move(secret), to_bytes(Octets(sum.get()).view())};
}

bool verify_claim(const Identity& identity, const Verifier& verifier, ByteView client_value,
                  const ServerValue& server_value, const Claim& claim) {
    const Digest u = hash_of({pad(client_value), pad(server_value.value)});
    const SecretBignum scrambler = to_exponent(u);
    const SecretBignum a = to_number(client_value);
    if (BN_is_zero(scrambler.get()) || !is_element(a.get())) return false;

    // S = (A * v^u)^b
    Arithmetic arithmetic;
    const SecretBignum b = to_exponent(bytes_of(server_value.secret.reveal()));
    const SecretBignum v = to_number(verifier.value);
    const SecretBignum vu = arithmetic.power(v.get(), scrambler.get());
    const SecretBignum base = arithmetic.product(a.get(), vu.get());
    const SecretBignum shared = arithmetic.power(base.get(), b.get());

    auto key = derive_key(u, shared.get());
    const Digest expected = hmac_sha256(key, message_of(identity, claim));
    OPENSSL_cleanse(key.data(), key.size());
    return equal_in_constant_time(ByteView(expected), claim.signature);
}

}  // namespace symbolon::crypto::srp
