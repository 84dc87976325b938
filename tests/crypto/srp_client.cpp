#include "crypto/srp_client.hpp"

#include "base/encoding.hpp"

#include <initializer_list>
#include <memory>
#include <stdexcept>

namespace symbolon::crypto::srp {
namespace {

using Context = std::unique_ptr<BN_CTX, FreedBy<BN_CTX_free>>;

BignumPtr parse(const std::string& hex) {
    BIGNUM* raw = nullptr;
    if (BN_hex2bn(&raw, hex.c_str()) != static_cast<int>(hex.size())) throw std::invalid_argument("no number: " + hex);
    return BignumPtr(raw);
}

BignumPtr from_bytes(ByteView bytes) {
    return BignumPtr(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

std::string to_hex_text(const BIGNUM* number) {
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, bytes.data());
    return to_hex(bytes);
}

const BIGNUM* n() {
    static const BignumPtr prime(BN_get_rfc3526_prime_3072(nullptr));
    return prime.get();
}

BignumPtr power(const BIGNUM* base, const BIGNUM* exponent) {
    const Context context(BN_CTX_new());
    BignumPtr out(BN_new());
    BN_mod_exp(out.get(), base, exponent, n(), context.get());
    return out;
}

BignumPtr two() {
    BignumPtr out(BN_new());
    BN_set_word(out.get(), 2);
    return out;
}

Digest hash(std::initializer_list<Bytes> parts) {
    Bytes joined;
    for (const Bytes& part : parts) joined.insert(joined.end(), part.begin(), part.end());
    return sha256(ByteView(joined));
}

Bytes bytes(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

Bytes bytes(const Digest& digest) {
    return Bytes(digest.begin(), digest.end());
}

}  // namespace

Bytes Client::pad(const std::string& hex) {
    std::string text = hex.size() % 2 == 0 ? hex : "0" + hex;
    if (std::string("89abcdefABCDEF").find(text[0]) != std::string::npos) text = "00" + text;
    return *parse_hex(text);
}

Client::Client(const std::string& secret) : a_(parse(secret)) {}

std::string Client::value() const {
    return to_hex_text(power(two().get(), a_.get()).get());
}

Digest Client::private_key(std::string_view group, std::string_view name, std::string_view password,
                           std::string_view salt) {
    const Digest inner = hash({bytes(group), bytes(name), bytes(":"), bytes(password)});
    return hash({pad(std::string(salt)), bytes(inner)});
}

Bytes Client::verifier(const Digest& private_key) {
    return pad(to_hex_text(power(two().get(), from_bytes(private_key).get()).get()));
}

Bytes Client::sign(const Question& question) const {
    // S = (B - k g^x)^(a + u x)
    const Context context(BN_CTX_new());
    const Digest u_digest = hash({pad(value()), pad(question.server_value)});
    const auto u = from_bytes(u_digest);
    const auto k = from_bytes(hash({pad(to_hex_text(n())), Bytes{2}}));
    const auto x = from_bytes(private_key(question.group, question.name, question.password, question.salt));
    BignumPtr kgx(BN_new());
    BignumPtr base(BN_new());
    BignumPtr exponent(BN_new());
    BN_mod_mul(kgx.get(), k.get(), power(two().get(), x.get()).get(), n(), context.get());
    BN_mod_sub(base.get(), parse(question.server_value).get(), kgx.get(), n(), context.get());
    BN_mul(exponent.get(), u.get(), x.get(), context.get());
    BN_add(exponent.get(), exponent.get(), a_.get());
    const auto shared = power(base.get(), exponent.get());

    const Digest prk = hmac_sha256(pad(to_hex(u_digest)), pad(to_hex_text(shared.get())));
    const Digest block = hmac_sha256(prk, bytes_of(std::string_view("Caldera Derived Key\x01")));
    Bytes message = bytes(question.group + question.name);
    message.insert(message.end(), question.secret_block.begin(), question.secret_block.end());
    for (const char c : question.timestamp) message.push_back(static_cast<std::uint8_t>(c));
    const Digest signature = hmac_sha256(ByteView(block).first(16), message);
    return Bytes(signature.begin(), signature.end());
}

}  // namespace symbolon::crypto::srp
