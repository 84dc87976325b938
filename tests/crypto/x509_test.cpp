#include "crypto/x509.hpp"

#include "base/error.hpp"
#include "crypto/pem.hpp"
#include "crypto/x509_fixtures.hpp"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <chrono>
#include <string>

namespace symbolon::crypto::x509 {
namespace {

constexpr std::string_view name = "echo-api.example";
const Instant begin = from_ms(1767225600000);  // 2026-01-01
const Instant end = begin + std::chrono::hours(24 * 30);
const Instant now = begin + std::chrono::hours(24);

const LocalAuthority& authority() {
    static const LocalAuthority made = make_local_authority(name, begin, end);
    return made;
}

TrustedChain trusted(const std::string& chain, std::string_view dns_name, Instant at, const std::string& root) {
    return TrustedChain::verify(chain, dns_name, {root}, false, at);
}

/// Expects a refusal; returns its detail.
std::string refusal(const std::string& chain, std::string_view dns_name = name, Instant at = now,
                    const std::string& root = authority().root_pem) {
    try {
        trusted(chain, dns_name, at, root);
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::not_authorized);
        return error.detail;
    }
    ADD_FAILURE() << "accepted";
    return {};
}

TEST(TrustedChain, verifies_signatures_of_the_leafs_key) {
    const TrustedChain chain = trusted(authority().chain_pem(), name, now, authority().root_pem);
    const Bytes signature = sign_sha256(authority().leaf_key_pem, bytes_of("body"));
    EXPECT_TRUE(chain.verify_sha256(bytes_of("body"), signature));
    EXPECT_FALSE(chain.verify_sha256(bytes_of("bodY"), signature));
    EXPECT_FALSE(chain.verify_sha256(bytes_of("body"), {}));
    Bytes changed = signature;
    changed.back() ^= 1;
    EXPECT_FALSE(chain.verify_sha256(bytes_of("body"), changed));
    EXPECT_EQ(chain.not_before(), begin);
    EXPECT_EQ(chain.not_after(), end);
}

TEST(TrustedChain, the_root_need_not_be_sent) {
    EXPECT_NO_THROW(trusted(authority().leaf_pem, name, now, authority().root_pem));
}

TEST(TrustedChain, names_have_no_case_and_no_other_leeway) {
    EXPECT_NO_THROW(trusted(authority().chain_pem(), "Echo-API.example", now, authority().root_pem));
    for (const char* other : {"", "echo-api.example.", "x.echo-api.example", "api.example", "echo-api.exampl", "*"}) {
        EXPECT_EQ(refusal(authority().chain_pem(), other), "the leaf is for another name") << other;
    }
}

TEST(TrustedChain, is_valid_from_its_first_to_its_last_second) {
    using std::chrono::seconds;
    EXPECT_NO_THROW(trusted(authority().chain_pem(), name, begin, authority().root_pem));
    EXPECT_NO_THROW(trusted(authority().chain_pem(), name, end - seconds(1), authority().root_pem));
    EXPECT_EQ(refusal(authority().chain_pem(), name, begin - seconds(1)), "certificate is not yet valid");
    EXPECT_EQ(refusal(authority().chain_pem(), name, end + seconds(1)), "certificate has expired");
}

TEST(TrustedChain, a_root_that_only_the_chain_brings_is_not_trusted) {
    const LocalAuthority other = make_local_authority(name, begin, end);
    refusal(other.chain_pem());
    refusal(other.leaf_pem + authority().root_pem);
    EXPECT_THROW(TrustedChain::verify(authority().chain_pem(), name, {}, false, now), Error);
    EXPECT_THROW(TrustedChain::verify(authority().chain_pem(), name, {"garbage"}, true, now), Error);
}

TEST(TrustedChain, a_leaf_cannot_issue_certificates) {
    // `forged` is signed by a leaf's key (basicConstraints CA:FALSE) of a trusted root.
    EXPECT_EQ(refusal(std::string(fixtures::forged) + std::string(fixtures::not_an_authority), "victim.example",
                      fixtures::now, std::string(fixtures::root)),
              "invalid CA certificate");
}

TEST(TrustedChain, refuses_leaves_that_are_not_for_signing_requests) {
    const std::string root(fixtures::root);
    EXPECT_EQ(refusal(std::string(fixtures::elliptic), "elliptic.example", fixtures::now, root),
              "the leaf's key is not RSA of 2048 to 8192 bits");
    EXPECT_EQ(refusal(std::string(fixtures::authority_leaf), "ca.example", fixtures::now, root),
              "the leaf is a certificate authority");
    EXPECT_EQ(refusal(std::string(fixtures::encipherment_only), "usage.example", fixtures::now, root),
              "the leaf's key is not for signatures");
    EXPECT_EQ(refusal(std::string(fixtures::common_name_only), "cn.example", fixtures::now, root),
              "the leaf is for another name");
    EXPECT_EQ(refusal(std::string(fixtures::wildcard), "a.wild.example", fixtures::now, root),
              "the leaf is for another name");
    EXPECT_NO_THROW(trusted(std::string(fixtures::through_intermediate) + std::string(fixtures::intermediate),
                            "deep.example", fixtures::now, root));
    EXPECT_EQ(refusal(std::string(fixtures::through_intermediate), "deep.example", fixtures::now, root),
              "unable to get local issuer certificate");
}

TEST(TrustedChain, refuses_what_is_not_a_list_of_certificates) {
    const std::string leaf = authority().leaf_pem;
    std::string broken = leaf;
    broken[broken.size() / 2] = '!';
    std::string many;
    for (int i = 0; i < 9; ++i) many += leaf;
    const std::string encrypted =
        "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
        "AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
        "AAAA\n-----END CERTIFICATE-----\n";
    for (const std::string& text :
         {std::string(), std::string("x"), broken, leaf + broken, leaf.substr(0, leaf.size() / 2), many,
          leaf + std::string(70'000, '\n'), authority().leaf_key_pem, encrypted}) {
        EXPECT_EQ(refusal(text), "the chain is not a list of certificates in PEM");
    }
}

TEST(LocalAuthority, a_name_cannot_bring_other_names_or_settings) {
    const std::string hostile = "a.example,DNS:b.example";
    const LocalAuthority made = make_local_authority(hostile, begin, end);
    EXPECT_NO_THROW(trusted(made.chain_pem(), hostile, now, made.root_pem));
    EXPECT_EQ(refusal(made.chain_pem(), "b.example", now, made.root_pem), "the leaf is for another name");
}

TEST(SignSha256, refuses_what_is_not_an_rsa_key) {
    const std::string elliptic = pem::to_text(KeyPtr(EVP_EC_gen("P-256")).get());
    const std::string too_short = pem::to_text(KeyPtr(EVP_RSA_gen(1024)).get());
    for (const std::string& text : {std::string(), authority().leaf_pem, elliptic, too_short}) {
        EXPECT_THROW(sign_sha256(text, bytes_of("x")), Error);
    }
}

}  // namespace
}  // namespace symbolon::crypto::x509
