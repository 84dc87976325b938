#include "crypto/encryption_sdk.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <gtest/gtest.h>

namespace symbolon::crypto {
namespace {

WrappingKey wrapping_key() {
    return {.key_namespace = "symbolon",
            .name = "custom-sender",
            .key = Bytes{1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
                         17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32}};
}

/// The AWS Encryption SDK for JavaScript (@aws-crypto/client-node 5.0.2, raw AES keyring) opened this message, made
/// once with this key, and found "123456".
constexpr std::string_view opened_by_the_sdk =
    "AYABeKWIbyH8tfAoYzuOjXu6FBIAAAABAAhzeW1ib2xvbgAhY3VzdG9tLXNlbmRlcgAAAIAAAAAMA4QjaIqA4ibJiTlrADAJg97M"
    "0Nok6ikf+fg7W6NoHJcJNn0r3SxU1zBtFwAeKPFgEFdVJ7dr2AXuGu00Rq8CAAAAAAwAABAAAAAAAAAAAAAAAAAAooVocyvkLjzT"
    "S6UHkmo+I/////8AAAABAAAAAAAAAAAAAAABAAAABmwY5253voLQwjzD/knxftV49mIQ41s=";

TEST(EncryptionSdk, writes_the_message_that_the_sdk_opened) {
    SeededRandom random{5};
    EXPECT_EQ(to_base64(encrypt_message(wrapping_key(), bytes_of(std::string_view("123456")), random)),
              opened_by_the_sdk);
}

TEST(EncryptionSdk, never_writes_the_same_message_twice) {
    SeededRandom random{5};
    const auto once = encrypt_message(wrapping_key(), bytes_of(std::string_view("123456")), random);
    const auto again = encrypt_message(wrapping_key(), bytes_of(std::string_view("123456")), random);
    EXPECT_NE(once, again);
    EXPECT_EQ(once.size(), again.size());
}

TEST(EncryptionSdk, refuses_keys_and_texts_of_another_size) {
    SeededRandom random{5};
    auto shorter = wrapping_key();
    shorter.key.pop_back();
    EXPECT_THROW(encrypt_message(shorter, {}, random), Error);
    EXPECT_NO_THROW(encrypt_message(wrapping_key(), Bytes(4095), random));
    EXPECT_THROW(encrypt_message(wrapping_key(), Bytes(4096), random), Error);
}

}  // namespace
}  // namespace symbolon::crypto
