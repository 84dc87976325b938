#include "crypto/srp.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/srp_client.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::crypto::srp {
namespace {

// cognito-api.md, Appendix D.
const std::string a_of_vector =
    "28afc59b10103d2a84e2c1fd16a0b550a2c0b9c8db3823ebad6bf2e79f22856e58fc4be85cbfeb191a5c2231b1d31ef4"
    "1cace03d21dd73149f4194d66ecbb701b9115d3dc59140f9380878c2e2d566588bcdae25fcbde634ebb9a5b60cf3f6d8"
    "da868c7829ce332c0feb266250369d995dcee677335414eb5ffeefbb05539547d29f5074746f0782466c4c52d2c1d224"
    "502dc9de74b2d7eafcb4e93c376111d3c14da6e86d867c54ef03bb8141940981f2acfce4f5a64dd789299386396c0b1a"
    "ecb8d1d8c29da0dce76054f4479529e277a4ae32eca4cf17b72adaee627efba1ed743809525d18d3c7a56ca6fc91bd17"
    "aa4560dd9b74d25fa339efdbee6e7f4e9a966c2eed4b1ea9826db41bf9fb2ff8f0ff14610ba3b7c19ce826305a1579e4"
    "30779b0b7dfedeb221756e0058c2e194be381ffb6b9259645c23dd13556839be144a540890f4eecda64b87de84c6c8ea"
    "6b3762f864323dfbbb1e5511d5e1769ca4064a00161d903898a4514a43781444b08edbb679753e56745eb3c1e705a11d";
const std::string b_of_vector =
    "926325ce7c7c9865135baeeb0ca95779b53e4db984fa2f2458ca9c47ef8da7a1a5426b3629864d13d8421e2f5963b98a"
    "0e5f8dd20b96b230944c5d49ca3beb26843649ae0f2c5893643523b641de34acbfcaea241db09bfab3868431b208f6d9"
    "e019e21ec44861a0612800013ef8efd4e83ae8c315263825fc72ea1c7a3e6b86436bb5a362ea341506793842ac9264df"
    "956d6f3526838b244e3bf17335ec398d061d77f929b16e6940f32c1f6d42b317eba70a000c3f0deb89ac0d1919d77d54"
    "10bc36a1f9585da3bfbf3c95a70e58fef1f53ca41a1a8bbe76b948e18cb0f753609ce1412894c3815d978ef202061174"
    "5a0e1e2a45ab5bf2f02ec244b522e618fbdb1fbbc744e87614f2bfd95559ff7460036771f311b0b71291cf4f51ff33b0"
    "521d6a9c9b7d1f251b7ff4670e0da605f4f7e4d3faeb12437be45386dc6a1ad17635f03e813e109cca70bf7be2b80885"
    "c70aa70fd4dbe0d63ab13ed07c49492f076fa47c5310a3041a32d13a5fbfee074e5843bcc6ec7811f8b9e0ee376d37e8";
constexpr std::string_view salt_of_vector = "9f2b4c6d8e0a1b3c5d7e9f0a1b2c3d4e";
constexpr std::string_view timestamp = "Tue Nov 3 08:05:09 UTC 2026";

std::string repeat(std::string_view text, int times) {
    std::string out;
    while (times-- > 0) out += text;
    return out;
}

const std::string client_secret = repeat("e0b107f9f96f69a2b6165a2ac7ae551643a4240881e2c14a01e8e9a56212a39a", 4);
const std::string server_secret = repeat("2ba8c445a8ffa6c4f024af5300867d7ea7d5c99b6e564fd8335aab70a36b9af8", 4);

Bytes from_hex(std::string_view hex) {
    return *parse_hex(hex);
}

std::string hash_of_padded(std::string_view number) {
    return to_hex(sha256(ByteView(Client::pad(std::string(number)))));
}

const Identity alice{"TestPool1", "alice"};

Verifier verifier_of_alice() {
    return make_verifier(alice, Password("Passw0rd!"), from_hex(salt_of_vector));
}

const std::string n_hex =
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b"
    "302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6"
    "49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d"
    "670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718"
    "3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7d"
    "b3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c"
    "bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff";

std::string doubled(const std::string& hex) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "0" + hex;
    std::size_t carry = 0;
    for (std::size_t i = out.size(); i-- > 0;) {
        const std::size_t sum = 2 * digits.find(out[i]) + carry;
        out[i] = digits[sum % 16];
        carry = sum / 16;
    }
    return out;
}

// The vectors.

TEST(Srp, makes_the_verifier_of_the_vector) {
    EXPECT_EQ(to_hex(Client::private_key("TestPool1", "alice", "Passw0rd!", salt_of_vector)),
              "943aa7da0b35e6ae979b0643e1c4795b31c4125a19a17fec37a054fbf8d123da");
    const auto verifier = verifier_of_alice();
    EXPECT_EQ(hash_of_padded(to_wire(bytes_of(verifier.value.reveal()))),
              "3c75d3bf4aa33a998f7bb093f165c98d02d43bc34b9de8126abb48004d281459");
    EXPECT_EQ(to_wire(verifier.salt), salt_of_vector);
}

TEST(Srp, makes_the_challenge_of_the_vector) {
    const auto value = restore_server_value(verifier_of_alice(), ServerSecret(text_of(from_hex(server_secret))));
    EXPECT_EQ(to_wire(value.value), b_of_vector);
}

TEST(Srp, verifies_the_claim_of_the_vector) {
    const auto verifier = verifier_of_alice();
    const auto value = restore_server_value(verifier, ServerSecret(text_of(from_hex(server_secret))));
    const auto a = parse_client_value(a_of_vector);
    ASSERT_TRUE(a);
    const auto block = bytes_of("opaque-secret-block-0001");
    const auto signature = *parse_base64("BFwtSp0Uf79b3wcqE7S4AxPh1Xhh4AydUuyNLQKH4N4=");
    EXPECT_TRUE(verify_claim(alice, verifier, *a, value, {block, timestamp, signature}));
}

TEST(Srp, the_clients_of_these_tests_are_those_of_the_vector) {
    const Client client(client_secret);
    EXPECT_EQ(client.value(), a_of_vector);
    const auto block = bytes_of("opaque-secret-block-0001");
    const auto signature = client.sign({"TestPool1", "alice", "Passw0rd!", std::string(salt_of_vector), b_of_vector,
                                        Bytes(block.begin(), block.end()), std::string(timestamp)});
    EXPECT_EQ(to_base64(signature), "BFwtSp0Uf79b3wcqE7S4AxPh1Xhh4AydUuyNLQKH4N4=");
}

TEST(Srp, takes_the_verifier_of_a_device_as_it_comes) {
    constexpr std::string_view group = "-dgkey0001";
    constexpr std::string_view key = "us-east-1_11111111-2222-3333-4444-555555555555";
    constexpr std::string_view password = "ZGV2aWNlLXBhc3N3b3Jk";
    const auto salt = *parse_base64("AMPU5fYHGCk6S1xtfo+QESI=");
    const auto x = Client::private_key(group, key, password, "c3d4e5f60718293a4b5c6d7e8f901122");
    EXPECT_EQ(to_hex(x), "30ea2f267eed58cff64fc0166ca744fd00e01b163a8e5c0787ea02c3030e1393");
    const auto padded = Client::verifier(x);
    EXPECT_EQ(to_hex(sha256(ByteView(padded))), "8ca081c181c815ae10592e2e65f5a663abb0c5c6624fb748b6b9d4cc42f4a309");

    const auto taken = parse_verifier(salt, padded);
    ASSERT_TRUE(taken);
    const auto made = make_verifier({std::string(group), std::string(key)}, Password(password), salt);
    EXPECT_EQ(taken->value.reveal(), made.value.reveal());
    EXPECT_EQ(taken->salt, made.salt);
    EXPECT_EQ(to_wire(taken->salt), "c3d4e5f60718293a4b5c6d7e8f901122");
}

// Whole exchanges.

class Exchange : public testing::Test {
protected:
    Bytes sign(const std::string& password) {
        return client.sign({alice.group, alice.name, password, to_wire(verifier.salt), to_wire(server.value), block,
                            std::string(timestamp)});
    }
    bool verify(const Bytes& signature, const Identity& identity = alice) {
        const auto a = parse_client_value(client.value());
        return a && verify_claim(identity, verifier, *a, server, {block, timestamp, signature});
    }

    SeededRandom random{1};
    Bytes block = random.bytes(64);
    Client client{to_hex(random.bytes(128))};
    Verifier verifier = make_verifier(alice, Password("Passw0rd!"), random);
    ServerValue server = make_server_value(verifier, random);
};

TEST_F(Exchange, who_knows_the_password_is_let_in_many_times_over) {
    for (int i = 0; i < 20; ++i) {  // leading zeros and top bits come and go
        verifier = make_verifier(alice, Password("Passw0rd!"), random);
        server = make_server_value(verifier, random);
        client = Client(to_hex(random.bytes(128)));
        EXPECT_TRUE(verify(sign("Passw0rd!")));
    }
}

TEST_F(Exchange, another_password_is_refused) {
    EXPECT_FALSE(verify(sign("Passw0rd?")));
    EXPECT_FALSE(verify(sign("")));
}

TEST_F(Exchange, a_changed_signature_is_refused) {
    auto signature = sign("Passw0rd!");
    for (std::size_t i = 0; i < signature.size(); ++i) {
        signature[i] ^= 1;
        EXPECT_FALSE(verify(signature));
        signature[i] ^= 1;
    }
    signature.pop_back();
    EXPECT_FALSE(verify(signature));
    EXPECT_FALSE(verify({}));
}

TEST_F(Exchange, a_claim_is_of_one_identity_block_and_time) {
    const auto signature = sign("Passw0rd!");
    EXPECT_FALSE(verify(signature, {"TestPool2", "alice"}));
    EXPECT_FALSE(verify(signature, {"TestPool1", "alicf"}));
    const auto a = *parse_client_value(client.value());
    EXPECT_FALSE(verify_claim(alice, verifier, a, server, {block, "Tue Nov 3 08:05:10 UTC 2026", signature}));
    block[0] ^= 1;
    EXPECT_FALSE(verify(signature));
}

TEST_F(Exchange, a_claim_is_of_one_exchange_and_one_verifier) {
    const auto signature = sign("Passw0rd!");
    const auto former = std::move(server);
    server = make_server_value(verifier, random);
    EXPECT_FALSE(verify(signature));
    const auto former_verifier = std::exchange(verifier, make_verifier(alice, Password("Passw0rd!"), random));
    server = restore_server_value(verifier, former.secret.clone());
    EXPECT_FALSE(verify(signature)) << "the password was set anew meanwhile";
    verifier = former_verifier.clone();
    server = restore_server_value(verifier, former.secret.clone());
    EXPECT_TRUE(verify(signature));
}

// Attack row 55.
TEST_F(Exchange, an_a_that_fixes_the_shared_secret_is_refused_even_unparsed) {
    for (const std::string& hex : {std::string("00"), n_hex}) {
        const auto a = from_hex(hex);
        // With A mod N = 0 the secret is 0: anyone can sign.
        Bytes u_input = Client::pad(hex);
        const Bytes b = Client::pad(to_wire(server.value));
        u_input.insert(u_input.end(), b.begin(), b.end());
        const Digest prk = hmac_sha256(Client::pad(to_hex(sha256(ByteView(u_input)))), Bytes{0});
        const Digest key = hmac_sha256(prk, bytes_of(std::string_view("Caldera Derived Key\x01")));
        Bytes message(alice.group.begin(), alice.group.end());
        message.insert(message.end(), alice.name.begin(), alice.name.end());
        message.insert(message.end(), block.begin(), block.end());
        message.insert(message.end(), timestamp.begin(), timestamp.end());
        const Digest forged = hmac_sha256(ByteView(key).first(16), message);
        EXPECT_FALSE(verify_claim(alice, verifier, a, server, {block, timestamp, forged}));
    }
}

// Attack row 55.
TEST(SrpClientValue, takes_what_an_honest_client_sends) {
    EXPECT_EQ(to_wire(*parse_client_value(a_of_vector)), a_of_vector);
    EXPECT_EQ(parse_client_value("00" + a_of_vector), parse_client_value(a_of_vector));
    const std::string odd = a_of_vector.substr(1);
    EXPECT_EQ(parse_client_value(odd), parse_client_value("0" + odd));
    std::string upper = a_of_vector;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(parse_client_value(upper), parse_client_value(a_of_vector));
}

TEST(SrpClientValue, refuses_what_no_honest_client_sends) {
    std::string less_one = n_hex;
    less_one.back() = 'e';
    const std::string twice_n = doubled(n_hex);
    ASSERT_EQ(twice_n.size(), n_hex.size() + 1);
    for (const std::string& hex :
         {std::string(), std::string("0"), std::string("1"), std::string(768, '0'), n_hex, less_one, "00" + n_hex,
          twice_n, std::string(768, 'f'), std::string(127, 'f'), "0000" + a_of_vector, a_of_vector + "00",
          std::string("xyz"), "-" + a_of_vector, " " + a_of_vector, "0x" + a_of_vector, std::string(100000, '1')}) {
        EXPECT_FALSE(parse_client_value(hex)) << hex.substr(0, 40);
    }
    EXPECT_TRUE(parse_client_value(std::string(128, 'f')));
}

TEST(SrpVerifier, bounds_what_a_device_may_bring) {
    const Bytes salt(16, 1);
    const Bytes value(384, 1);
    EXPECT_TRUE(parse_verifier(salt, value));
    EXPECT_FALSE(parse_verifier(Bytes(7, 1), value));
    EXPECT_FALSE(parse_verifier(Bytes(65, 1), value));
    EXPECT_FALSE(parse_verifier({}, value));
    EXPECT_FALSE(parse_verifier(Bytes(16, 0), value));
    EXPECT_FALSE(parse_verifier(salt, {}));
    EXPECT_FALSE(parse_verifier(salt, Bytes{0}));
    EXPECT_FALSE(parse_verifier(salt, Bytes{1}));
    EXPECT_FALSE(parse_verifier(salt, from_hex(n_hex)));
    EXPECT_FALSE(parse_verifier(salt, Bytes(384, 0xFF)));
    EXPECT_FALSE(parse_verifier(salt, Bytes(385, 1)));
    Bytes padded = value;
    padded.insert(padded.begin(), 0);
    EXPECT_TRUE(parse_verifier(salt, padded));
    padded.insert(padded.begin(), 0);
    EXPECT_FALSE(parse_verifier(salt, padded)) << "no encoding of a number";
    Bytes less_one = from_hex(n_hex);
    less_one.back() -= 1;
    EXPECT_FALSE(parse_verifier(salt, less_one));
    less_one.back() -= 1;
    EXPECT_TRUE(parse_verifier(salt, less_one));
}

TEST(SrpVerifier, has_a_salt_of_its_own) {
    SeededRandom random(2);
    const auto one = make_verifier(alice, Password("x"), random);
    const auto other = make_verifier(alice, Password("x"), random);
    EXPECT_EQ(one.salt.size(), salt_size);
    EXPECT_NE(one.salt, other.salt);
    EXPECT_NE(one.value.reveal(), other.value.reveal());
}

// Attack row 33.
TEST(SrpVerifier, of_nobody_is_always_the_same_and_of_nobody_else) {
    SeededRandom random(3);
    const Sealer sealer(Bytes(32, 7), random);
    const auto one = simulate_verifier(sealer, "pool|nobody");
    const auto again = simulate_verifier(sealer, "pool|nobody");
    const auto other = simulate_verifier(sealer, "pool|nobody else");
    EXPECT_EQ(one.salt, again.salt);
    EXPECT_EQ(one.value.reveal(), again.value.reveal());
    EXPECT_NE(one.salt, other.salt);
    EXPECT_EQ(one.salt.size(), salt_size);
    EXPECT_TRUE(parse_verifier(one.salt, bytes_of(one.value.reveal())));
    EXPECT_FALSE(make_server_value(one, random).value.empty());
}

TEST(SrpPoolName, is_what_follows_the_first_underscore) {
    EXPECT_EQ(pool_name("us-east-1_AbCdEfGhI"), "AbCdEfGhI");
    EXPECT_EQ(pool_name("a_b_c"), "b_c");
    EXPECT_EQ(pool_name("plain"), "plain");
}

TEST(SrpTimestamp, is_english_utc_with_or_without_a_leading_zero) {
    const auto third = parse_timestamp(timestamp);
    ASSERT_TRUE(third);
    EXPECT_EQ(to_iso8601(*third), "2026-11-03T08:05:09.000Z");
    EXPECT_EQ(parse_timestamp("Tue Nov 03 08:05:09 UTC 2026"), third);
    EXPECT_EQ(to_iso8601(*parse_timestamp("Thu Feb 29 23:59:59 UTC 2024")), "2024-02-29T23:59:59.000Z");
}

TEST(SrpTimestamp, of_another_form_is_none) {
    for (const std::string_view text :
         {"", "Tue Nov  3 08:05:09 UTC 2026", "Tue Nov 3 8:05:09 UTC 2026", "Tue Nov 3 08:05:09 GMT 2026",
          "Tue Nov 3 08:05:09 2026", "Die Nov 3 08:05:09 UTC 2026", "Tue nov 3 08:05:09 UTC 2026",
          "Tue Nov 31 08:05:09 UTC 2026", "Thu Feb 29 08:05:09 UTC 2026", "Tue Nov 0 08:05:09 UTC 2026",
          "Tue Nov 003 08:05:09 UTC 2026", "Tue Nov 3 24:05:09 UTC 2026", "Tue Nov 3 08:60:09 UTC 2026",
          "Tue Nov 3 08:05:61 UTC 2026", "Tue Nov 3 08:05:09 UTC 26", "Tue Nov 3 08:05:09 UTC 2026 ",
          "Tue Nov 3 08:05:09 UTC +026", "2026-11-03T08:05:09Z"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
}

}  // namespace
}  // namespace symbolon::crypto::srp
