#include "federation/saml/encrypted_response.hpp"
#include "federation/saml/messages.hpp"

#include <gtest/gtest.h>
#include <boost/json/value.hpp>

// Encrypted assertions (SAML Core §2.3.4).
namespace symbolon::federation::saml {
namespace {

class Encrypted : public testing::Test {
protected:
    const std::string response = std::string(text_of(*parse_base64(encrypted_response)));
    Awaited ours = [] {
        Awaited out = awaited();
        out.key = test_key(1).to_der();
        out.encrypted_only = true;
        return out;
    }();
};

TEST_F(Encrypted, an_assertion_is_read_by_whom_it_is_for) {
    const auto assertion = check_response(response, ours);
    EXPECT_EQ(assertion.name_id.value, "jane");
    EXPECT_EQ(assertion.claims.at("mail").as_string(), "jane@saml.example");
}

TEST_F(Encrypted, an_assertion_is_read_by_nobody_else) {
    ours.key = test_key(2).to_der();
    EXPECT_EQ(reason(response, ours), "decryption");
    ours.key.reset();
    EXPECT_EQ(reason(response, ours), "encrypted, and the pool has no key");
}

TEST_F(Encrypted, an_assertion_is_signed_all_the_same) {
    ours.provider.certificates = {certificate(1)};
    EXPECT_EQ(reason(response, ours), "signature of the assertion");
}

TEST_F(Encrypted, a_changed_assertion_is_not_read) {
    const auto at = response.rfind("<xenc:CipherValue>") + 40;
    auto changed = response;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(reason(changed, ours), "");
}

TEST_F(Encrypted, weak_ways_are_not_taken) {
    EXPECT_EQ(reason(replaced(response, "xmlenc#rsa-oaep-mgf1p", "xmlenc#rsa-1_5"), ours), "decryption");
    EXPECT_EQ(reason(replaced(response, "xmlenc#aes256-cbc", "xmlenc#tripledes-cbc"), ours), "decryption");
}

}  // namespace
}  // namespace symbolon::federation::saml
