// Encrypted messages: RFC 7516, RFC 7518 §4 and §5.
#include "crypto/jose/jwe.hpp"

#include "base/cpu_time.hpp"
#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/jose/content_cipher.hpp"
#include "crypto/jose/jwe_vectors.hpp"
#include "crypto/jose/key_delivery.hpp"
#include "crypto/p256.hpp"
#include "crypto/test_keys.hpp"

#include <gtest/gtest.h>
#include <openssl/rsa.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <numeric>
#include <string>
#include <vector>

namespace symbolon::crypto::jose {
namespace {

namespace json = boost::json;

Bytes decoded(std::string_view base64url) {
    return parse_base64url(base64url).value();
}

KeyPtr private_key(std::string_view number) {
    return p256::from_number(decoded(number));
}

std::string read(EVP_PKEY* key, const ParsedJwe& message) {
    const auto content_key = take_key(key, message);
    if (!content_key) return "no key";
    const auto plain = open_content(message.how.enc, content_key->view(), message.content, bytes_of(message.bound));
    return plain ? to_string(*plain) : "no content";
}

/// Ours, as the server makes them.
const DecryptionKey& own_key() {
    static const auto key = DecryptionKey::derive(test_key(0));
    return key;
}

std::string encrypt_to_own(const Encryption& how, std::string_view plain = "plain") {
    SeededRandom random(1);
    return Recipient::from_jwk(own_key().public_jwk(), how).encrypt(plain, "JWT", random);
}

std::vector<std::string> split(const std::string& message) {
    std::vector<std::string> parts(1);
    for (const char c : message) {
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::string join(const std::vector<std::string>& parts) {
    std::string message = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) message += "." + parts[i];
    return message;
}

json::object header_of(const std::string& message) {
    return json::parse(to_string(decoded(split(message).front()))).as_object();
}

/// A message that is right but for its header.
std::string with_header(const std::string& message, const json::object& header) {
    auto parts = split(message);
    parts.front() = to_base64url(bytes_of(json::serialize(header)));
    return join(parts);
}

TEST(ContentCipher, RFC7518_B_1_and_B_3) {
    const auto check = [](ContentEncryption enc, std::string_view ciphertext, std::string_view tag) {
        Bytes key(key_size(enc));
        std::iota(key.begin(), key.end(), std::uint8_t{0});
        const auto sealed =
            seal_content(enc, key, *parse_hex(vectors::iv), bytes_of(vectors::bound), bytes_of(vectors::content));
        EXPECT_EQ(to_hex(sealed.ciphertext), ciphertext);
        EXPECT_EQ(to_hex(sealed.tag), tag);
        EXPECT_EQ(to_string(open_content(enc, key, sealed, bytes_of(vectors::bound)).value()), vectors::content);
    };
    check(ContentEncryption::a128cbc_hs256, vectors::small_ciphertext, vectors::small_tag);
    check(ContentEncryption::a256cbc_hs512, vectors::large_ciphertext, vectors::large_tag);
}

TEST(KeyDelivery, RFC7518_C_agrees_on_the_examples_key) {
    ParsedJwe message;
    message.how = {KeyManagement::ecdh_es, ContentEncryption::a128gcm};
    message.ephemeral_x = decoded(vectors::alice_x);
    message.ephemeral_y = decoded(vectors::alice_y);
    message.apu = decoded("QWxpY2U");
    message.apv = decoded("Qm9i");
    const auto key = take_key(private_key(vectors::bob_d).get(), message);
    ASSERT_TRUE(key);
    EXPECT_EQ(to_base64url(key->view()), vectors::agreed);
}

TEST(KeyDelivery, RFC7520_5_5_is_read) {
    const auto message = parse_jwe(vectors::frodo);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->kid, "meriadoc.brandybuck@buckland.example");
    const auto plain = read(private_key(vectors::frodo_d).get(), *message);
    EXPECT_EQ(plain.rfind(vectors::frodo_begins, 0), 0U) << plain;
    EXPECT_EQ(read(private_key(vectors::bob_d).get(), *message), "no content");
}

TEST(KeyDelivery, messages_of_another_program_are_read) {
    const auto bob = private_key(vectors::bob_d);
    EXPECT_EQ(to_base64url(p256::point_of(bob.get()).x), vectors::bob_x);
    for (const auto text : vectors::of_others) {
        const auto message = parse_jwe(text);
        ASSERT_TRUE(message) << text;
        EXPECT_EQ(read(bob.get(), *message), vectors::half_of_a_token) << text;
    }
}

// RFC 7518 §4.3. We only write such messages; here OpenSSL reads them.
TEST(Recipient, of_an_rsa_key_gets_what_its_private_half_reads) {
    SeededRandom random(1);
    auto jwk = test_key(2).public_jwk();
    jwk["use"] = "enc";
    jwk["alg"] = "RSA-OAEP-256";
    for (const auto enc : all_content_encryptions) {
        const auto text = Recipient::from_jwk(jwk, {KeyManagement::rsa_oaep_256, enc}).encrypt("plain", "", random);
        const auto message = parse_jwe(text);
        ASSERT_TRUE(message);
        const auto der = test_key(2).to_der();
        const unsigned char* at = der.data();
        const KeyPtr key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
        const KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
        Bytes content_key(256);
        std::size_t size = content_key.size();
        ASSERT_EQ(EVP_PKEY_decrypt_init(context.get()), 1);
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING);
        EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), EVP_sha256());
        ASSERT_EQ(EVP_PKEY_decrypt(context.get(), content_key.data(), &size, message->encrypted_key.data(),
                                   message->encrypted_key.size()),
                  1);
        content_key.resize(size);
        const auto plain = open_content(enc, content_key, message->content, bytes_of(message->bound));
        ASSERT_TRUE(plain);
        EXPECT_EQ(to_string(*plain), "plain");
        EXPECT_FALSE(own_key().decrypt(*message)) << "we are no oracle for RSA";
    }
}

TEST(Jwe, every_way_brings_the_message_to_its_reader_alone) {
    const auto other = DecryptionKey::derive(test_key(1));
    for (const auto alg : all_key_managements) {
        if (alg == KeyManagement::rsa_oaep_256) continue;
        for (const auto enc : all_content_encryptions) {
            for (const auto* plain : {"", "plain", "0123456789abcdef"}) {
                const auto text = encrypt_to_own({alg, enc}, plain);
                const auto message = parse_jwe(text);
                ASSERT_TRUE(message) << text;
                EXPECT_EQ(message->content_type, "JWT");
                EXPECT_EQ(message->kid, own_key().kid());
                EXPECT_EQ(own_key().decrypt(*message), plain) << to_text(alg) << " " << to_text(enc);
                EXPECT_FALSE(other.decrypt(*message));
            }
        }
    }
}

// RFC 7516 §5.2: whatever was changed, nothing comes out.
TEST(Jwe, every_changed_character_is_noticed) {
    for (const Encryption how : {Encryption{KeyManagement::ecdh_es, ContentEncryption::a128cbc_hs256},
                                 Encryption{KeyManagement::ecdh_es_a256kw, ContentEncryption::a256gcm}}) {
        const auto text = encrypt_to_own(how);
        for (std::size_t i = 0; i < text.size(); ++i) {
            auto changed = text;
            changed[i] = text[i] == 'A' ? 'B' : 'A';
            const auto message = parse_jwe(changed);
            if (message) {
                EXPECT_FALSE(own_key().decrypt(*message)) << changed;
            }
        }
    }
}

TEST(Jwe, two_of_one_message_have_nothing_in_common) {
    SeededRandom random(1);
    const auto to = Recipient::from_jwk(own_key().public_jwk(), {KeyManagement::ecdh_es_a128kw});
    const auto one = split(to.encrypt("plain", "", random)), two = split(to.encrypt("plain", "", random));
    for (const std::size_t part : {1, 2, 3, 4}) EXPECT_NE(one[part], two[part]) << part;
    EXPECT_NE(header_of(join(one)).at("epk"), header_of(join(two)).at("epk"));
    EXPECT_FALSE(header_of(join(one)).at("epk").as_object().contains("d"));
}

// RFC 8725 §3.2, §3.6; attack class 13.
TEST(Jwe, no_other_algorithm_is_parsed_and_nothing_compressed) {
    const auto text = encrypt_to_own({KeyManagement::ecdh_es_a128kw, ContentEncryption::a128gcm});
    const auto good = header_of(text);
    const auto refuses = [&](std::string_view name, const json::value& value) {
        auto header = good;
        header[name] = value;
        EXPECT_FALSE(parse_jwe(with_header(text, header))) << name << " " << json::serialize(value);
    };
    ASSERT_TRUE(parse_jwe(with_header(text, good)));
    for (const char* alg : {"RSA1_5", "RSA-OAEP", "dir", "A128KW", "PBES2-HS256+A128KW", "ecdh-es", "none", ""})
        refuses("alg", alg);
    for (const char* enc : {"A192GCM", "A192CBC-HS384", "none", "a128gcm", ""}) refuses("enc", enc);
    refuses("alg", 1);
    refuses("enc", nullptr);
    refuses("kid", 1);
    refuses("cty", json::array{});
    refuses("zip", "DEF");
    refuses("crit", json::array{"exp"});
    for (const char* gone : {"alg", "enc", "epk"}) {
        auto header = good;
        header.erase(gone);
        EXPECT_FALSE(parse_jwe(with_header(text, header))) << gone;
    }
}

TEST(Jwe, has_five_parts_of_their_sizes) {
    const auto text = encrypt_to_own({KeyManagement::ecdh_es_a128kw, ContentEncryption::a128gcm});
    const auto parts = split(text);
    ASSERT_EQ(parts.size(), 5U);
    EXPECT_FALSE(parse_jwe(""));
    EXPECT_FALSE(parse_jwe("...."));
    EXPECT_FALSE(parse_jwe(text + "."));
    EXPECT_FALSE(parse_jwe(text.substr(0, text.rfind('.'))));
    EXPECT_FALSE(parse_jwe(text + "="));
    for (const std::size_t part : {1, 2, 4}) {
        auto changed = parts;
        changed[part].clear();
        EXPECT_FALSE(parse_jwe(join(changed))) << part;
    }
    auto short_tag = parts;
    short_tag[4] = to_base64url(Bytes(12));  // a shorter tag is easier to guess
    EXPECT_FALSE(parse_jwe(join(short_tag)));
    auto direct = split(encrypt_to_own({KeyManagement::ecdh_es, ContentEncryption::a128gcm}));
    EXPECT_TRUE(direct[1].empty());
    direct[1] = "AAAA";
    EXPECT_FALSE(parse_jwe(join(direct))) << "RFC 7516 §5.2 no. 10";
}

// The invalid curve attack: a point that is not on the curve tells the private number, one bit after the other.
TEST(Jwe, a_point_that_is_not_on_the_curve_is_none) {
    const auto text = encrypt_to_own({KeyManagement::ecdh_es, ContentEncryption::a128gcm});
    auto header = header_of(text);
    const auto key = header.at("epk").as_object();
    const auto opens = [&](std::string_view name, std::string_view value) {
        header["epk"] = key;
        header["epk"].as_object()[name] = value;
        const auto message = parse_jwe(with_header(text, header));
        return message && take_key(p256::generate().get(), *message).has_value();
    };
    EXPECT_TRUE(opens("x", key.at("x").as_string()));
    EXPECT_FALSE(opens("y", key.at("x").as_string()));
    EXPECT_FALSE(opens("x", to_base64url(Bytes(32))));
    EXPECT_FALSE(opens("x", to_base64url(Bytes(31, 1))));
    EXPECT_FALSE(opens("x", ""));
    EXPECT_FALSE(opens("crv", "P-384"));
    EXPECT_FALSE(opens("kty", "OKP"));
}

TEST(Jwe, hostile_sizes_and_depths_are_refused_quickly) {
    std::string deep;
    for (int i = 0; i < 3000; ++i) deep += "{\"a\":";
    const auto nested = to_base64url(bytes_of(deep)) + "....A";
    constexpr Encryption how{KeyManagement::ecdh_es, ContentEncryption::a128gcm};
    EXPECT_TRUE(parse_jwe(encrypt_to_own(how, std::string(16 * 1024, 'x'))));
    EXPECT_FALSE(parse_jwe(encrypt_to_own(how, std::string(20 * 1024, 'x')))) << "longer than any message of ours";
    for (const auto& hostile : {std::string(1024 * 1024, '.'), std::string(1024 * 1024, 'A'), nested}) {
        const auto spent = least_cpu_time(3, [&] { EXPECT_FALSE(parse_jwe(hostile)); });
        EXPECT_LT(spent, std::chrono::milliseconds(20));
    }
}

TEST(Recipient, takes_keys_of_its_algorithm_alone) {
    const auto ec = own_key().public_jwk();
    auto rsa = test_key(0).public_jwk();
    const auto refused = [](json::object jwk, KeyManagement alg) {
        try {
            Recipient::from_jwk(jwk, {alg});
        } catch (const Error& error) {
            return error.code == Errc::invalid_parameter;
        }
        return false;
    };
    const auto with = [](json::object jwk, std::string_view name, json::value value) {
        jwk[name] = std::move(value);
        return jwk;
    };
    EXPECT_TRUE(refused(rsa, KeyManagement::rsa_oaep_256)) << "for signatures";
    rsa.erase("use");
    rsa.erase("alg");
    EXPECT_FALSE(refused(rsa, KeyManagement::rsa_oaep_256));
    EXPECT_TRUE(refused(rsa, KeyManagement::ecdh_es));
    EXPECT_TRUE(refused(with(rsa, "n", json::string(to_base64url(Bytes(128, 0xA5)))), KeyManagement::rsa_oaep_256))
        << "1024 bits";
    EXPECT_FALSE(refused(ec, KeyManagement::ecdh_es_a256kw));
    EXPECT_TRUE(refused(ec, KeyManagement::rsa_oaep_256));
    EXPECT_TRUE(refused(with(ec, "use", json::string("sig")), KeyManagement::ecdh_es));
    EXPECT_TRUE(refused(with(ec, "alg", json::string("ES256")), KeyManagement::ecdh_es));
    EXPECT_TRUE(refused(with(ec, "alg", json::string("ECDH-ES+A128KW")), KeyManagement::ecdh_es));
    EXPECT_TRUE(refused(with(ec, "crv", json::string("P-384")), KeyManagement::ecdh_es));
    EXPECT_TRUE(refused(with(ec, "x", ec.at("y")), KeyManagement::ecdh_es)) << "off the curve";
    EXPECT_TRUE(refused(with(ec, "x", json::value(1)), KeyManagement::ecdh_es));
    EXPECT_TRUE(refused({}, KeyManagement::ecdh_es));
}

TEST(DecryptionKey, follows_from_its_signing_key) {
    const auto again = DecryptionKey::derive(SigningKey::from_der(test_key(0).to_der()));
    EXPECT_EQ(again.kid(), own_key().kid());
    EXPECT_NE(DecryptionKey::derive(test_key(1)).kid(), own_key().kid());
    EXPECT_NE(own_key().kid(), test_key(0).kid());
    const auto curve = SigningKey::generate(Algorithm::es256);
    EXPECT_NE(DecryptionKey::derive(curve).public_jwk().at("x"), curve.public_jwk().at("x"));
    const auto jwk = own_key().public_jwk();
    EXPECT_EQ(jwk.at("use").as_string(), "enc");
    EXPECT_FALSE(jwk.contains("d"));
    EXPECT_THROW(VerifyingKey::from_jwk(jwk), Error) << "no signature is checked with it";
}

// What clients encrypted to before an upgrade is read after it. The key is that of RFC 8037 §A.1; another program
// derived the point.
TEST(DecryptionKey, does_not_change_from_one_version_to_the_next) {
    const auto der = *parse_base64("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g");
    const auto jwk = DecryptionKey::derive(SigningKey::from_der(der, Algorithm::eddsa)).public_jwk();
    EXPECT_EQ(jwk.at("x").as_string(), "YQzXtQzKUxSA8-O9PZts9cthJ-8PnInb1m8-gga1r1U");
    EXPECT_EQ(jwk.at("y").as_string(), "J8HuIi4e-9QXggsuQ9q39whktvAo6tfvWWMFDI_NqdQ");
}

TEST(Encryption, has_the_names_of_the_standard) {
    for (const auto alg : all_key_managements) EXPECT_EQ(parse_key_management(to_text(alg)), alg);
    for (const auto enc : all_content_encryptions) EXPECT_EQ(parse_content_encryption(to_text(enc)), enc);
    EXPECT_FALSE(parse_key_management("RSA1_5"));
    EXPECT_FALSE(parse_content_encryption(""));
}

TEST(P256, takes_numbers_below_the_order_alone) {
    const auto order = *parse_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    EXPECT_FALSE(p256::from_number(Bytes(32)));
    EXPECT_FALSE(p256::from_number(order));
    auto last = order;
    --last.back();
    EXPECT_TRUE(p256::from_number(last));
    EXPECT_THROW(p256::from_seed(Bytes(47, 1)), Error);
    EXPECT_TRUE(p256::is_key(p256::from_seed(Bytes(48, 0xff)).get()));
}

}  // namespace
}  // namespace symbolon::crypto::jose
