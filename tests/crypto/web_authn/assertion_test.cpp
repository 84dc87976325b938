// An assertion with every check of WebAuthn §7.2 broken once (attack row 42).
#include "base/encoding.hpp"
#include "crypto/web_authn/ceremonies.hpp"

#include <string>
#include <utility>

namespace symbolon::crypto::web_authn {
namespace {

class Assertions : public WebAuthn {};

TEST_P(Assertions, takes_an_assertion) {
    const auto credential = known();
    for (int i = 0; i < 5; ++i) {
        challenge = Bytes(32, static_cast<std::uint8_t>(i));
        const auto result = get(credential);
        ASSERT_TRUE(std::holds_alternative<Assertion>(result));
        EXPECT_TRUE(std::get<Assertion>(result).user_verified);
    }
    authenticator.flags = 0x01;
    const auto result = get(credential);
    ASSERT_TRUE(std::holds_alternative<Assertion>(result));
    EXPECT_FALSE(std::get<Assertion>(result).user_verified);
}

TEST_P(Assertions, assertion_must_be_of_this_ceremony_challenge_origin_and_relying_party) {
    EXPECT_EQ(get_fault([](Authenticator& a) { a.type = "webauthn.create"; }), Fault::wrong_type);
    authenticator.type.clear();
    EXPECT_EQ(get_fault([](Authenticator& a) { a.origin = "https://app.example.com.evil.example"; }),
              Fault::wrong_origin);
    authenticator.origin = "https://app.example.com";
    EXPECT_EQ(get_fault([](Authenticator& a) {
                  a.change_client_data = [](boost::json::object& data) { data["crossOrigin"] = true; };
              }),
              Fault::wrong_origin);
    authenticator.change_client_data = {};
    EXPECT_EQ(get_fault([](Authenticator& a) {
                  a.change_client_data = [](boost::json::object& data) { data["challenge"] = "AAAA"; };
              }),
              Fault::wrong_challenge);
    authenticator.change_client_data = {};
    EXPECT_EQ(get_fault([](Authenticator& a) { a.relying_party = "com"; }), Fault::wrong_relying_party);
}

TEST_P(Assertions, assertion_of_an_absent_or_unverified_user_is_refused) {
    EXPECT_EQ(get_fault([](Authenticator& a) { a.flags = 0x04; }), Fault::user_not_present);
    authenticator.flags = 0x05;
    verification_required = true;
    EXPECT_EQ(get_fault([](Authenticator& a) { a.flags = 0x01; }), Fault::user_not_verified);
}

TEST_P(Assertions, assertion_that_another_key_signed_is_refused) {
    const auto credential = known();
    const Authenticator other(GetParam());
    const auto asserted = authenticator.get(challenge);
    const auto result = verify_assertion({asserted.client_data, asserted.authenticator_data, asserted.signature},
                                         expected(), {other.key.cose(), 0});
    EXPECT_EQ(std::get<Fault>(result), Fault::wrong_signature);
    EXPECT_TRUE(std::holds_alternative<Assertion>(get(credential)));
}

TEST_P(Assertions, assertion_that_was_changed_is_refused) {
    const auto credential = known();
    const auto asserted = authenticator.get(challenge);
    const AssertionResponse valid{asserted.client_data, asserted.authenticator_data, asserted.signature};
    const auto fault = [&](const AssertionResponse& response) {
        const auto result = verify_assertion(response, expected(), credential);
        return std::holds_alternative<Fault>(result) ? std::get<Fault>(result) : Fault::malformed;
    };
    auto changed = valid;
    changed.authenticator_data.back() ^= 1;  // the counter
    EXPECT_EQ(fault(changed), Fault::wrong_signature);
    changed = valid;
    changed.authenticator_data[32] ^= 0x08;  // a flag
    EXPECT_EQ(fault(changed), Fault::wrong_signature);
    changed = valid;
    changed.client_data.insert(changed.client_data.end() - 1, ' ');
    EXPECT_EQ(fault(changed), Fault::wrong_signature);
    changed = valid;
    changed.signature[changed.signature.size() / 2] ^= 1;
    EXPECT_EQ(fault(changed), Fault::wrong_signature);
    changed = valid;
    changed.signature.clear();
    EXPECT_EQ(fault(changed), Fault::wrong_signature);
    changed = valid;
    changed.authenticator_data.pop_back();
    EXPECT_EQ(fault(changed), Fault::malformed);
    changed.authenticator_data.clear();
    EXPECT_EQ(fault(changed), Fault::malformed);
}

TEST_P(Assertions, counter_must_go_forward_unless_it_does_not_count) {
    auto credential = known();
    const auto count = [&](std::uint32_t stored, std::uint32_t shown) {
        credential.sign_count = stored;
        authenticator.sign_count = shown;
        return get(credential);
    };
    EXPECT_TRUE(std::holds_alternative<Assertion>(count(0, 0)));
    EXPECT_EQ(std::get<Assertion>(count(0, 1)).sign_count, 1U);
    EXPECT_EQ(std::get<Assertion>(count(5, 0xFFFFFFFF)).sign_count, 0xFFFFFFFFU);
    for (const auto& [stored, shown] : {std::pair(5U, 5U), std::pair(5U, 4U), std::pair(5U, 0U)})
        EXPECT_EQ(std::get<Fault>(count(stored, shown)), Fault::counter_went_back);
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Assertions, testing::Values(-7, -257, -8), algorithm_name);

}  // namespace
}  // namespace symbolon::crypto::web_authn
