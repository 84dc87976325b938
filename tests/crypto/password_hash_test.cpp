// Password hashes of other systems: published test vectors, what is refused, and what a hash may cost.
#include "crypto/password_hash/password_hash.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/password.hpp"
#include "crypto/password_hash/hash_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace symbolon::crypto {

void PrintTo(HashFault fault, std::ostream* out) {
    *out << static_cast<int>(fault);
}

namespace {

using namespace std::string_view_literals;

bool matches(std::string_view text, std::string_view password) {
    const auto parsed = parse_password_hash(text);
    const auto* hash = std::get_if<std::unique_ptr<const PasswordHash>>(&parsed);
    EXPECT_TRUE(hash) << text;
    return hash && (*hash)->matches(password);
}

/// The fault that a text has; a text that has none fails the test.
HashFault fault_of(std::string_view text) {
    const auto parsed = parse_password_hash(text);
    const auto* fault = std::get_if<HashFault>(&parsed);
    EXPECT_TRUE(fault) << text << " is accepted";
    return fault ? *fault : HashFault{-1};
}

/// Hexadecimal, as standards print it, to what PHC texts hold.
std::string unpadded(std::string_view hex) {
    return hash_text::to_unpadded(parse_hex(hex).value());
}
std::string adapted(std::string_view hex) {
    std::string text = unpadded(hex);
    std::replace(text.begin(), text.end(), '+', '.');
    return text;
}

struct Vector {
    std::string_view password;
    std::string text;
};

void expect_only_its_password(const std::vector<Vector>& vectors) {
    for (const auto& [password, text] : vectors) {
        EXPECT_TRUE(matches(text, password)) << text;
        EXPECT_FALSE(matches(text, std::string(password) + "x")) << text;
        if (password.empty()) continue;
        EXPECT_FALSE(matches(text, password.substr(0, password.size() - 1))) << text;
    }
}

// The vectors that came with crypt_blowfish, which every implementation of bcrypt is tested with.
TEST(BcryptHash, knows_the_published_vectors_under_all_its_prefixes) {
    for (const std::string prefix : {"$2a$05$", "$2b$05$", "$2y$05$"}) {
        expect_only_its_password({
            {"U*U", prefix + "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
            {"U*U*", prefix + "CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"},
            {"U*U*U", prefix + "XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"},
            {"", prefix + "CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"},
            {"\xA3", prefix + "/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"},
            // libcrypt itself would derive something else under $2a$, unlike those who wrote such hashes.
            {"\xFF\xFF\xA3", prefix + "/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e"},
        });
    }
}

TEST(BcryptHash, reads_seventy_two_bytes_of_a_password_as_those_who_hashed_it_did) {
    const std::string text = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
    const std::string read = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    EXPECT_TRUE(matches(text, read + "chars after 72 are ignored"));
    EXPECT_TRUE(matches(text, read + std::string(100'000, 'x')));
    EXPECT_FALSE(matches(text, read.substr(0, 71)));
}

TEST(BcryptHash, does_not_take_a_password_for_what_stands_before_its_nul) {
    const std::string empty = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy";
    EXPECT_FALSE(matches(empty, "\0"sv));
    EXPECT_FALSE(matches(empty, "\0more"sv));
    EXPECT_FALSE(matches("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U\0x"sv));
}

// RFC 7914 §11; the first block of each vector is the whole of a hash.
TEST(Pbkdf2Hash, knows_the_vectors_of_rfc_7914) {
    expect_only_its_password({
        {"passwd", "$pbkdf2-sha256$1$" + adapted("73616c74") + "$" +
                       adapted("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")},
        {"Password", "$pbkdf2-sha256$80000$" + adapted("4e61436c") + "$" +
                         adapted("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56")},
    });
}

// RFC 6070's inputs; its outputs are those of SHA-1, these are the known ones of SHA-256 and SHA-512.
TEST(Pbkdf2Hash, knows_the_vectors_in_the_manner_of_rfc_6070) {
    const std::string salt = adapted("73616c74");
    expect_only_its_password({
        {"password", "$pbkdf2-sha256$2$" + salt + "$" +
                         adapted("ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43")},
        {"password", "$pbkdf2-sha256$4096$" + salt + "$" +
                         adapted("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a")},
        {"password", "$pbkdf2-sha512$1$" + salt + "$" +
                         adapted("867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
                                 "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce")},
    });
}

TEST(Pbkdf2Hash, reads_the_spellings_of_passlib_and_django) {
    expect_only_its_password({
        // from passlib's documentation
        {"password", "$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44"},
        {"Correct-Horse-7", "pbkdf2_sha256$1000$seasalt$FhlroWMXh5Nd6TSxBeHgz7rIZ3jih61kkcwqfeatGAk="},
        {"Correct-Horse-7",
         "pbkdf2_sha512$1000$seasalt$ol6q/rOofEHQJcFQ5AKOp60Ngxt5DxGPQvRVo4yLopBI6nbfo2YufG8oQlI7cO3"
         "/vqtDPJ0Ip6TAkHBTZ603eg=="},
    });
}

// RFC 7914 §12, but for the one of 1 GiB, which is refused.
TEST(ScryptHash, knows_the_vectors_of_rfc_7914) {
    expect_only_its_password({
        {"password", "$scrypt$ln=10,r=8,p=16$" + unpadded("4e61436c") + "$" +
                         unpadded("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                                  "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")},
        {"pleaseletmein", "$scrypt$ln=14,r=8,p=1$" + unpadded("536f6469756d43686c6f72696465") + "$" +
                              unpadded("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                                       "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")},
    });
    EXPECT_EQ(fault_of("$scrypt$ln=20,r=8,p=1$" + unpadded("536f6469756d43686c6f72696465") + "$" +
                       unpadded("2101cb9b6a511aaeaddbbe09cf70f881ec568d574a2ffd4dabe5ee9820adaa47")),
              HashFault::too_costly);
}

TEST(ScryptHash, reads_what_passlib_writes) {
    // from passlib's documentation
    const std::string text = "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E";
    EXPECT_TRUE(matches(text, "password"));
    EXPECT_FALSE(matches(text, "Password"));
}

TEST(Argon2Hash, knows_the_three_types_with_other_parameters) {
    expect_only_its_password({
        // of the reference implementation's own tests
        {"password", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA"},
        // made with its command
        {"password", "$argon2d$v=19$m=64,t=2,p=1$c29tZXNhbHQ$+SDZVThkhGWr7rpq4G6lMu0m3zFK/2AVAjfY/hFvYs0"},
        {"Correct-Horse-7",
         "$argon2id$v=19$m=64,t=3,p=4$c2Vhc2FsdHNlYXNhbHQxMg$H7NnqVpP/JzRkbm1yCZeMYb4sSquWexBF2e/H+/2drI"},
    });
}

const std::string salt16 = "c2Vhc2FsdHNlYXNhbHQxMg";
const std::string hash32 = "FhlroWMXh5Nd6TSxBeHgz7rIZ3jih61kkcwqfeatGAk";
const std::string bcrypt_rest = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

TEST(PasswordHash, refuses_what_is_no_hash_of_a_scheme) {
    for (const std::string& text :
         {std::string(), std::string("Correct-Horse-7"), std::string("$"), "$1$" + salt16 + "$" + hash32,
          "$6$" + salt16 + "$" + hash32, "$argon" + hash32, "{SSHA}" + hash32, "$pbkdf2$1000$" + salt16 + "$" + hash32,
          "sha256$" + salt16 + "$" + hash32}) {
        EXPECT_EQ(fault_of(text), HashFault::unknown_scheme) << text;
    }
}

TEST(PasswordHash, refuses_malformed_ones) {
    const std::string cost = "ln=10,r=8,p=1$";
    const std::string nul(1, '\0');
    for (const std::string& text :
         {"$2$05$" + bcrypt_rest, "$2x$05$" + bcrypt_rest, "$2b$5$" + bcrypt_rest, "$2b$03$" + bcrypt_rest,
          "$2b$ 5$" + bcrypt_rest, "$2b$05$" + bcrypt_rest + "W", "$2b$05$" + bcrypt_rest.substr(1),
          "$2b$05$" + nul + bcrypt_rest.substr(1), "$2b$05$!" + bcrypt_rest.substr(1),
          // bits of the last character that are none of the hash
          "$2b$05$" + bcrypt_rest.substr(0, 52) + "X", "$pbkdf2-sha1$1000$" + salt16 + "$" + hash32,
          "$pbkdf2-sha256$0$" + salt16 + "$" + hash32, "$pbkdf2-sha256$-1$" + salt16 + "$" + hash32,
          "$pbkdf2-sha256$01000$" + salt16 + "$" + hash32, "$pbkdf2-sha256$1000$$" + hash32,
          "$pbkdf2-sha256$1000$" + salt16, "$pbkdf2-sha256$1000$" + salt16 + "$" + hash32 + "=",
          "$pbkdf2-sha256$1000$" + salt16 + "$" + hash32.substr(0, 40),
          "$pbkdf2-sha512$1000$" + salt16 + "$" + hash32,  // half of one
          "$pbkdf2-sha256$1000$" + std::string(100, 'A') + "$" + hash32, "pbkdf2_sha256$1000$salt$" + hash32,
          "pbkdf2_sha256$1000$$" + hash32 + "=", "pbkdf2_md5$1000$salt$" + hash32 + "=", "$scrypt$" + cost,
          "$scrypt$" + cost + salt16, "$scrypt$" + cost + salt16 + "$" + hash32 + "=", "$scrypt$" + cost + "$" + hash32,
          "$scrypt$" + cost + salt16 + "$AAAA", "$scrypt$ln=0,r=8,p=1$" + salt16 + "$" + hash32,
          "$scrypt$ln=10,r=0,p=1$" + salt16 + "$" + hash32, "$scrypt$ln=10,r=8,p=0$" + salt16 + "$" + hash32,
          "$scrypt$r=8,ln=10,p=1$" + salt16 + "$" + hash32, "$scrypt$ln=64,r=8,p=1$" + salt16 + "$" + hash32,
          // N must be below 2^(16 r)
          "$scrypt$ln=16,r=1,p=1$" + salt16 + "$" + hash32, "$argon2$v=19$m=64,t=1,p=1$" + salt16 + "$" + hash32,
          "$argon2x$v=19$m=64,t=1,p=1$" + salt16 + "$" + hash32}) {
        EXPECT_EQ(fault_of(text), HashFault::malformed) << text;
    }
}

/// A stranger's file may ask for as much as the standards allow; the last of each pair is refused before it costs
/// anything.
TEST(PasswordHash, refuses_costs_above_what_is_accepted) {
    const auto accepted = [](const std::string& text) { EXPECT_NO_THROW(check_password_hash(text)) << text; };
    const auto too_costly = [](const std::string& text) { EXPECT_EQ(fault_of(text), HashFault::too_costly) << text; };
    const std::string tail = "$" + salt16 + "$" + hash32;
    accepted("$2b$14$" + bcrypt_rest);
    too_costly("$2b$15$" + bcrypt_rest);
    too_costly("$2b$31$" + bcrypt_rest);
    accepted("$pbkdf2-sha256$2000000" + tail);
    too_costly("$pbkdf2-sha256$2000001" + tail);
    too_costly("pbkdf2_sha256$4294967295$salt$" + hash32 + "=");
    accepted("$pbkdf2-sha512$1000000$" + salt16 + "$" + std::string(86, 'A'));
    too_costly("$pbkdf2-sha512$1000001$" + salt16 + "$" + std::string(86, 'A'));
    accepted("$scrypt$ln=18,r=8,p=1" + tail);
    too_costly("$scrypt$ln=18,r=8,p=2" + tail);
    too_costly("$scrypt$ln=18,r=9,p=1" + tail);
    too_costly("$scrypt$ln=19,r=8,p=1" + tail);
    too_costly("$scrypt$ln=63,r=8,p=1" + tail);
    too_costly("$scrypt$ln=1,r=4294967295,p=4294967295" + tail);
    accepted("$argon2id$v=19$m=262144,t=3,p=1" + tail);
    too_costly("$argon2id$v=19$m=262145,t=1,p=1" + tail);
    too_costly("$argon2id$v=19$m=262144,t=4,p=1" + tail);
    too_costly("$argon2id$v=19$m=4294967295,t=4294967295,p=1" + tail);
    accepted("$argon2i$v=19$m=12288,t=64,p=16" + tail);
    too_costly("$argon2i$v=19$m=12288,t=65,p=16" + tail);
    too_costly("$argon2d$v=19$m=12288,t=1,p=17" + tail);
}

TEST(PasswordHash, is_refused_in_words_that_do_not_show_it) {
    const auto refusal = [](const std::string& text) {
        try {
            check_password_hash(text);
        } catch (const Error& error) {
            EXPECT_EQ(error.code, Errc::invalid_parameter);
            EXPECT_EQ(error.detail, "");
            return error.message;
        }
        return std::string("accepted");
    };
    EXPECT_EQ(refusal("hunter2"),
              "The password hash is of no scheme that is known here: Argon2, bcrypt, PBKDF2 or scrypt.");
    EXPECT_EQ(refusal("$2b$05$hunter2"), "The password hash begins like one of bcrypt, but is malformed.");
    EXPECT_EQ(refusal("$2b$31$" + bcrypt_rest), "The password hash costs more than is accepted of bcrypt: cost 14.");
}

}  // namespace
}  // namespace symbolon::crypto
