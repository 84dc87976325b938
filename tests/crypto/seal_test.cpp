#include "crypto/seal.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace symbolon::crypto {
namespace {

class Seal : public testing::Test {
protected:
    SystemRandom random;
    Bytes master_key = random.bytes(32);
    Sealer sealer{master_key, random};
};

TEST_F(Seal, opens_what_it_sealed) {
    for (const std::string& plain :
         {std::string(), std::string("x"), std::string("a\0b", 3), std::string(100'000, 'p')}) {
        const std::string sealed = sealer.seal_text("totp", "users|seed|1", plain);
        EXPECT_EQ(sealer.open_text("totp", "users|seed|1", sealed), plain);
    }
}

TEST_F(Seal, the_plain_text_does_not_show) {
    const Bytes sealed = sealer.seal("p", "c", bytes_of("a secret of some length"));
    EXPECT_EQ(text_of(sealed).find("secret"), std::string_view::npos);
}

TEST_F(Seal, a_value_cannot_be_moved_to_another_purpose_context_or_key) {
    const Bytes sealed = sealer.seal("purpose", "context", bytes_of("plain"));
    EXPECT_FALSE(sealer.open("purpose2", "context", sealed));
    EXPECT_FALSE(sealer.open("purpose", "context2", sealed));
    EXPECT_FALSE(sealer.open("purpose", "", sealed));
    const Sealer other(random.bytes(32), random);
    EXPECT_FALSE(other.open("purpose", "context", sealed));
    const Sealer again(master_key, random);
    EXPECT_TRUE(again.open("purpose", "context", sealed));
}

TEST_F(Seal, the_border_between_purpose_and_context_counts) {
    EXPECT_FALSE(sealer.open("a", "bc", sealer.seal("ab", "c", bytes_of("x"))));
    EXPECT_NE(sealer.keyed_hash("ab", "c", "x"), sealer.keyed_hash("a", "bc", "x"));
    EXPECT_NE(sealer.keyed_hash("a", "bc", "x"), sealer.keyed_hash("a", "b", "cx"));
}

TEST_F(Seal, every_changed_bit_and_every_cut_is_noticed) {
    const Bytes sealed = sealer.seal("p", "c", bytes_of("some plain text"));
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes changed = sealed;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1u << (bit % 8)));
        EXPECT_FALSE(sealer.open("p", "c", changed)) << "bit " << bit;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(sealer.open("p", "c", ByteView(sealed).first(size))) << "size " << size;
    }
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_FALSE(sealer.open("p", "c", longer));
}

/// Attack class 52.
TEST_F(Seal, no_nonce_is_used_twice) {
    std::set<Bytes> nonces;
    std::set<Bytes> values;
    for (int i = 0; i < 20'000; ++i) {
        const Bytes sealed = sealer.seal("p", "c", bytes_of("the same"));
        nonces.insert(Bytes(sealed.begin() + 1, sealed.begin() + 13));
        values.insert(sealed);
    }
    EXPECT_EQ(nonces.size(), 20'000u);
    EXPECT_EQ(values.size(), 20'000u);
}

TEST_F(Seal, sealed_text_is_strict_base64url) {
    const std::string sealed = sealer.seal_text("p", "c", "plain");
    EXPECT_TRUE(parse_base64url(sealed));
    for (const std::string& text : {sealed + "=", sealed + "A", " " + sealed, std::string(), std::string("!")}) {
        EXPECT_FALSE(sealer.open_text("p", "c", text)) << text;
    }
}

TEST_F(Seal, keyed_hashes_depend_on_everything_and_on_nothing_else) {
    const Bytes hash = sealer.keyed_hash("code", "user 1", "123456");
    EXPECT_EQ(hash.size(), 32u);
    EXPECT_EQ(hash, Sealer(master_key, random).keyed_hash("code", "user 1", "123456"));
    EXPECT_NE(hash, sealer.keyed_hash("code", "user 1", "123457"));
    EXPECT_NE(hash, sealer.keyed_hash("code", "user 2", "123456"));
    EXPECT_NE(hash, sealer.keyed_hash("token", "user 1", "123456"));
    EXPECT_NE(hash, Sealer(random.bytes(32), random).keyed_hash("code", "user 1", "123456"));
}

TEST_F(Seal, more_purposes_than_are_remembered_still_work) {
    for (int i = 0; i < 600; ++i) {
        const std::string purpose = "purpose " + std::to_string(i);
        EXPECT_EQ(sealer.open_text(purpose, "", sealer.seal_text(purpose, "", "x")), "x");
    }
}

TEST_F(Seal, refuses_a_master_key_of_another_size) {
    for (const std::size_t size : {0u, 16u, 31u, 33u}) {
        EXPECT_THROW(Sealer(Bytes(size, 1), random), Error) << size;
    }
}

}  // namespace
}  // namespace symbolon::crypto
