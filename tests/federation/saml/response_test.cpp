#include "federation/saml/messages.hpp"

#include <gtest/gtest.h>
#include <boost/json/value.hpp>

#include <functional>
#include <utility>
#include <vector>

// What makes a response hold, one thing after the other (SAML Profiles §4.1.4.3).
namespace symbolon::federation::saml {
namespace {

using namespace std::chrono_literals;

TEST(SamlResponse, holds_by_either_signature) {
    const Message message;
    for (const auto& text : {message.with_signed_assertion(), message.with_signed_response(),
                             message.sign(message.response(message.signed_assertion()), message.response_id)}) {
        const auto assertion = check_response(text, awaited());
        EXPECT_EQ(assertion.name_id.value, "jane");
        EXPECT_EQ(assertion.id, "_a1");
        EXPECT_EQ(assertion.claims.at("mail").as_string(), "jane@saml.example");
    }
}

TEST(SamlResponse, anything_else_than_expected_is_refused) {
    const std::vector<std::pair<const char*, std::function<void(Message&)>>> wrong{
        {"Issuer of the response", [](Message& m) { m.issuer = "https://other.example"; }},
        {"for another audience", [](Message& m) { m.audience = "urn:amazon:cognito:sp:us-east-1_Foreign12"; }},
        {"for another audience",
         [](Message& m) {
             m.more_conditions =
                 "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>";
         }},
        {"no confirmation of the subject for this request", [](Message& m) { m.recipient = "https://evil.example"; }},
        {"Destination", [](Message& m) { m.destination = "https://evil.example"; }},
        {"InResponseTo", [](Message& m) { m.request_id = "_q2"; }},
        {"InResponseTo", [](Message& m) { m.request_id = ""; }},
        {"status is not success", [](Message& m) { m.status = "urn:oasis:names:tc:SAML:2.0:status:Responder"; }},
        {"expired", [](Message& m) { m.until = noon - 60s; }},
        {"not valid yet", [](Message& m) { m.from = noon + 61s; }},
        {"IssueInstant", [](Message& m) { m.issued = noon + 61s; }},
        {"IssueInstant", [](Message& m) { m.issued = noon - 24h; }},
        {"session over", [](Message& m) { m.session = " SessionNotOnOrAfter=\"" + time_text(noon - 60s) + "\""; }},
        {"NameID", [](Message& m) { m.name_id = ""; }},
        {"NameID", [](Message& m) { m.name_id = std::string(1025, 'x'); }},
        {"NameID", [](Message& m) { m.name_id = "jane</saml:NameID><saml:NameID>root"; }},
        {"NameID", [](Message& m) { m.name_id = "jane<saml:x/>.evil.example"; }},
        {"an attribute twice, or without a name",
         [](Message& m) { m.attributes += Message::attribute("mail", "other@evil.example"); }},
        {"an attribute twice, or without a name",
         [](Message& m) { m.attributes += Message::attribute("NameID", "root"); }},
    };
    for (const auto& [why, change] : wrong) {
        Message message;
        change(message);
        EXPECT_EQ(reason(message.with_signed_response()), why);
        EXPECT_EQ(reason(message.with_signed_assertion()), why);
    }
}

// Where the assertion alone is signed, whoever got hold of it writes the response around it: that one is always right
// here.
TEST(SamlResponse, around_an_assertion_does_not_help_it) {
    const Message message;
    const auto until = "NotOnOrAfter=\"" + time_text(message.until) + "\"";  // the confirmation's comes first
    const auto unconfirmed = "no confirmation of the subject for this request";
    struct Case {
        const char* why;
        std::string from, to;
    };
    const std::vector<Case> wrong{
        {unconfirmed, " InResponseTo=\"_q1\"", " InResponseTo=\"_q2\""},
        {unconfirmed, " InResponseTo=\"_q1\"", ""},
        {unconfirmed, until, "NotOnOrAfter=\"" + time_text(noon - 60s) + "\""},
        {unconfirmed, until, ""},
        {unconfirmed, until, until + " NotBefore=\"" + time_text(noon + 61s) + "\""},
        {unconfirmed, "cm:bearer", "cm:sender-vouches"},
        {"Issuer of the assertion", "https://saml.example/idp", "https://other.example"},
        {"no SAML 2.0 assertion", "Version=\"2.0\"", "Version=\"1.1\""},
        {"no conditions", "saml:Conditions ", "saml:Advice "},
        {"no authentication", "saml:AuthnStatement ", "saml:AuthzStatement "},
    };
    for (const auto& [why, from, to] : wrong) {
        auto assertion = replaced(message.assertion(), from, to);
        if (from == "saml:Conditions ") assertion = replaced(assertion, "</saml:Conditions>", "</saml:Advice>");
        const auto signed_alone = Message::without_declaration(message.sign(assertion, message.assertion_id));
        EXPECT_EQ(reason(message.response(signed_alone)), why) << to;
    }
}

TEST(SamlResponse, within_another_is_refused) {
    const Message message;
    const auto inner = "<samlp:Extensions>" + message.response("") + "</samlp:Extensions>";
    Message other;
    other.response_id = "_r2";
    EXPECT_EQ(reason(other.response(message.signed_assertion(), inner)), "a response inside of something else");
}

TEST(SamlResponse, within_the_tolerance_clocks_may_differ) {
    Message message;
    message.until = noon - 59s;
    EXPECT_EQ(reason(message.with_signed_response()), "");
    message = {};
    message.from = message.issued = noon + 60s;
    EXPECT_EQ(reason(message.with_signed_response()), "");
}

TEST(SamlResponse, signatures_of_others_do_not_hold) {
    Message message;
    message.key = 2;
    EXPECT_EQ(reason(message.with_signed_response()), "signature of the response");
    EXPECT_EQ(reason(message.with_signed_assertion()), "signature of the assertion");
    EXPECT_EQ(reason(message.response(message.assertion())), "signature of the assertion");
}

TEST(SamlResponse, what_was_signed_may_not_change) {
    const Message message;
    EXPECT_EQ(reason(replaced(message.with_signed_response(), ">jane<", ">root<")), "signature of the response");
    EXPECT_EQ(reason(replaced(message.with_signed_assertion(), ">jane<", ">root<")), "signature of the assertion");
    // A signature that is there has to hold, also where another would do.
    const auto both = message.sign(message.response(message.signed_assertion()), message.response_id);
    EXPECT_EQ(reason(replaced(both, "<ds:SignatureValue>", "<ds:SignatureValue>AAAA")), "signature of the response");
}

TEST(SamlResponse, only_samls_own_way_of_signing_counts) {
    const auto good = Message{}.with_signed_assertion();
    const std::vector<std::pair<std::string, std::string>> changes{
        {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"},
        {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"},
        {"http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"},
        {"http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xslt-19991116"},
        {"http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xpath-19991116"},
        {"URI=\"#_a1\"", "URI=\"\""},
        {"URI=\"#_a1\"", "URI=\"#_r1\""},
        {"URI=\"#_a1\"", "URI=\"#xpointer(id('_a1'))\""},
        {"URI=\"#_a1\"", "URI=\"file:///etc/passwd\""},
        {"URI=\"#_a1\"", "URI=\"http://169.254.169.254/\""},
    };
    EXPECT_EQ(reason(good), "");
    for (const auto& [from, to] : changes)
        EXPECT_EQ(reason(replaced(good, from, to)), "signature of the assertion") << to;
}

TEST(SamlResponse, a_provider_that_begins_names_no_request) {
    auto unasked = awaited();
    unasked.request_id.clear();
    Message message;
    message.request_id.clear();
    EXPECT_EQ(reason(message.with_signed_assertion(), unasked), "");
    EXPECT_EQ(reason(Message{}.with_signed_assertion(), unasked), "InResponseTo");
    unasked.now = noon + 6min;
    message.until = noon + 30min;
    EXPECT_EQ(reason(message.with_signed_assertion(), unasked), "too old");
}

TEST(SamlResponse, several_values_are_a_list) {
    Message message;
    message.attributes =
        "<saml:Attribute Name=\"groups\"><saml:AttributeValue>a</saml:AttributeValue><saml:AttributeValue>b"
        "</saml:AttributeValue></saml:Attribute>" +
        Message::attribute("empty", "") + Message::attribute("emoji", "\xF0\x9F\x98\x80");
    const auto claims = check_response(message.with_signed_assertion(), awaited()).claims;
    EXPECT_EQ(claims.at("groups").as_array().size(), 2U);
    EXPECT_EQ(claims.at("empty").as_string(), "");
    EXPECT_EQ(claims.at("emoji").as_string(), "\xF0\x9F\x98\x80");  // the service refuses it
}

TEST(SamlResponse, where_only_encrypted_ones_are_taken_plain_ones_are_not) {
    auto strict = awaited();
    strict.encrypted_only = true;
    EXPECT_EQ(reason(Message{}.with_signed_assertion(), strict), "not encrypted");
}

}  // namespace
}  // namespace symbolon::federation::saml
