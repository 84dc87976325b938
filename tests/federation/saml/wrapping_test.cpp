#include "federation/saml/messages.hpp"

#include <gtest/gtest.h>

// XML signature wrapping, the eight ways of Somorovsky et al. (2012), attack class 47: a signature that holds stands in
// a message whose reader looks elsewhere. `root` is never let in. Each with the attacker's copy under the same ID and
// under one of its own.
namespace symbolon::federation::saml {
namespace {

class Wrapping : public testing::TestWithParam<const char*> {
protected:
    Message honest;
    Message evil = [] {
        Message message;
        message.name_id = "root";
        message.assertion_id = GetParam();
        return message;
    }();
    static constexpr std::string_view inside = "an assertion inside of something else";
    static constexpr std::string_view several = "not exactly one assertion";
    /// For that reason and no other: all else about the message is right.
    static void expect_refused(const std::string& response, std::string_view why) {
        EXPECT_NE(response.find(">jane<"), std::string::npos);
        EXPECT_NE(response.find(">root<"), std::string::npos);
        const bool has_id_twice = GetParam() == std::string("_a1");
        EXPECT_EQ(reason(response), has_id_twice ? "not the XML that is expected" : why) << response;
    }
    static std::string without_signature(const std::string& text) {
        return replaced(text, element(text, "ds:Signature"), "");
    }
    /// A signature with something put into it.
    static std::string with_inside(const std::string& signature, const std::string& content) {
        return replaced(signature, "</ds:Signature>", content + "</ds:Signature>");
    }
    static std::string with_behind_issuer(const std::string& text, const std::string& content) {
        return replaced(text, "</saml:Issuer>", "</saml:Issuer>" + content);
    }
};

INSTANTIATE_TEST_SUITE_P(Ids, Wrapping, testing::Values("_a1", "_evil"));

TEST_P(Wrapping, xsw1_the_signed_response_within_its_signature) {
    const auto good = Message::without_declaration(honest.with_signed_response());
    evil.response_id = GetParam() == std::string("_a1") ? "_r1" : "_evil_response";
    const auto wrapped = with_inside(element(good, "ds:Signature"), without_signature(good));
    expect_refused(with_behind_issuer(evil.response(evil.assertion()), wrapped), inside);
}

TEST_P(Wrapping, xsw2_the_signed_response_beside_its_signature) {
    const auto good = Message::without_declaration(honest.with_signed_response());
    evil.response_id = GetParam() == std::string("_a1") ? "_r1" : "_evil_response";
    expect_refused(
        with_behind_issuer(evil.response(evil.assertion()), without_signature(good) + element(good, "ds:Signature")),
        inside);
}

TEST_P(Wrapping, xsw3_an_evil_assertion_before_the_signed_one) {
    expect_refused(honest.response(evil.assertion() + honest.signed_assertion()), several);
    expect_refused(honest.response(honest.signed_assertion() + evil.assertion()), several);
}

TEST_P(Wrapping, xsw4_an_evil_assertion_around_the_signed_one) {
    expect_refused(honest.response(replaced(evil.assertion(), "</saml:Assertion>",
                                            honest.signed_assertion() + "</saml:Assertion>")),
                   inside);
}

TEST_P(Wrapping, xsw5_the_signature_in_an_evil_assertion_the_signed_one_behind) {
    const auto good = honest.signed_assertion();
    expect_refused(
        honest.response(with_behind_issuer(evil.assertion(), element(good, "ds:Signature")) + without_signature(good)),
        several);
}

TEST_P(Wrapping, xsw6_the_signed_one_within_the_signature_of_an_evil_one) {
    const auto good = honest.signed_assertion();
    const auto wrapped = with_inside(element(good, "ds:Signature"), without_signature(good));
    expect_refused(honest.response(with_behind_issuer(evil.assertion(), wrapped)), inside);
}

TEST_P(Wrapping, xsw7_an_evil_assertion_in_extensions) {
    expect_refused(
        honest.response(honest.signed_assertion(), "<samlp:Extensions>" + evil.assertion() + "</samlp:Extensions>"),
        inside);
}

TEST_P(Wrapping, xsw8_the_signed_one_in_an_object_of_the_signature) {
    const auto good = honest.signed_assertion();
    const auto wrapped =
        with_inside(element(good, "ds:Signature"), "<ds:Object>" + without_signature(good) + "</ds:Object>");
    expect_refused(honest.response(with_behind_issuer(evil.assertion(), wrapped)), inside);
}

// What wrapping lives on is gone as well: even a reader who is led astray finds nothing but what was signed.
TEST(Signature, what_it_vouches_for_is_what_was_digested) {
    const Message message;
    const auto document = Document::parse(message.signed_assertion());
    ASSERT_TRUE(document);
    const auto part = signed_part(*document, document->root(), {certificate(0)});
    ASSERT_TRUE(part);
    EXPECT_FALSE(has_signature(part->root()));
    EXPECT_EQ(part->root().attribute("ID"), "_a1");
    EXPECT_FALSE(signed_part(*document, document->root(), {certificate(1)}));
    EXPECT_FALSE(signed_part(*document, document->root(), {}));
}

}  // namespace
}  // namespace symbolon::federation::saml
