#include "federation/saml/document.hpp"

#include "base/clock.hpp"
#include "federation/saml/messages.hpp"
#include "federation/saml/metadata.hpp"
#include "federation/saml/redirect_binding.hpp"
#include "federation/saml/requests.hpp"
#include "federation/saml/time.hpp"

#include <gtest/gtest.h>

namespace symbolon::federation::saml {
namespace {

// Attack class 47: no document type, no entity, nothing from elsewhere, and bounds on everything.
TEST(SamlDocument, is_harmless_or_nothing) {
    EXPECT_TRUE(Document::parse("<a/>"));
    EXPECT_TRUE(Document::parse("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xC3\xA9&lt;</a>"));
    std::string deep;
    for (int i = 0; i < 33; ++i) deep += "<a>";
    for (int i = 0; i < 33; ++i) deep += "</a>";
    std::string many = "<a>";
    for (int i = 0; i < 8192; ++i) many += "<b/>";
    const std::vector<std::string> refused{
        "",
        "text",
        "<a>",
        "<a/><b/>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM \"http://169.254.169.254/\"><a/>",
        "<a>&undefined;</a>",
        "<a><!-- comment --></a>",
        "<a><?php ?></a>",
        "<?xml-stylesheet href=\"x\"?><a/>",
        "<a ID=\"1\"><b ID=\"1\"/></a>",
        "<a ID=\"1\"><b id=\"1\"/></a>",
        "<a ID=\"1\"><b xml:id=\"1\"/></a>",
        "<a>\xFF</a>",
        std::string("<\0a\0/\0>\0", 8),
        "<a>" + std::string(Document::largest, 'x') + "</a>",
        deep,
        many + "</a>",
    };
    for (const auto& text : refused) EXPECT_FALSE(Document::parse(text)) << text.substr(0, 80);
}

TEST(SamlDocument, text_is_text_and_nothing_else) {
    const auto document = Document::parse("<a> jane <b/></a>");
    EXPECT_FALSE(document->root().text());
    EXPECT_EQ(Document::parse("<a> x<![CDATA[<y>]]> </a>")->root().text(), "x<y>");
}

TEST(SamlTime, is_utc_to_the_second) {
    EXPECT_EQ(parse_time("2027-01-15T08:00:00Z"), noon);
    EXPECT_EQ(parse_time("2027-01-15T08:00:00.123456Z"), noon);
    EXPECT_EQ(time_text(noon), "2027-01-15T08:00:00Z");
    for (const auto* text : {"", "2027-01-15", "2027-01-15T08:00:00", "2027-01-15T08:00:00+01:00",
                             "2027-13-15T08:00:00Z", "2027-02-30T08:00:00Z", "2027-01-15T24:00:00Z",
                             "2027-01-15T08:00:00.Z", "2027-01-15T08:00:00.xZ", " 2027-01-15T08:00:00Z"})
        EXPECT_FALSE(parse_time(text)) << text;
}

std::string metadata_of_idp(const std::string& attributes = {},
                            const std::string& entity = "https://saml.example/idp") {
    return "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
           "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" entityID=\"" +
           entity + "\"" + attributes +
           "><md:IDPSSODescriptor WantAuthnRequestsSigned=\"true\" "
           "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><md:KeyDescriptor use=\"signing\">"
           "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n" +
           std::string(test_certificate(0)) +
           "\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService "
           "Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://saml.example/sso\"/>"
           "</md:IDPSSODescriptor></md:EntityDescriptor>";
}

TEST(SamlMetadata, says_who_and_where_and_with_which_keys) {
    const auto metadata = parse_idp_metadata("\xEF\xBB\xBF\n" + metadata_of_idp(), noon);
    ASSERT_TRUE(metadata);
    EXPECT_EQ(metadata->entity_id, "https://saml.example/idp");
    EXPECT_EQ(metadata->sso_redirect, "https://saml.example/sso");
    EXPECT_EQ(metadata->sso_post, "");
    EXPECT_TRUE(metadata->wants_signed_requests);
    ASSERT_EQ(metadata->certificates.size(), 1U);
    EXPECT_EQ(metadata->certificates[0], certificate(0));
}

TEST(SamlMetadata, what_is_none_is_nothing) {
    EXPECT_TRUE(parse_idp_metadata(metadata_of_idp(" validUntil=\"2027-01-15T08:00:01Z\""), noon));
    EXPECT_FALSE(parse_idp_metadata(metadata_of_idp(" validUntil=\"2027-01-15T08:00:00Z\""), noon));
    EXPECT_FALSE(parse_idp_metadata(metadata_of_idp(" validUntil=\"soon\""), noon));
    EXPECT_FALSE(parse_idp_metadata(metadata_of_idp({}, ""), noon));
    EXPECT_FALSE(parse_idp_metadata(replaced(metadata_of_idp(), "use=\"signing\"", "use=\"encryption\""), noon));
    EXPECT_FALSE(parse_idp_metadata(replaced(metadata_of_idp(), "https://saml.example/sso", "javascript:x"), noon));
    EXPECT_FALSE(parse_idp_metadata("<a/>", noon));
    EXPECT_FALSE(parse_idp_metadata("", noon));
}

TEST(SamlRequest, is_well_formed_and_says_what_it_asks) {
    AuthnRequest request{"_1", "urn:us", "https://saml.example/sso?a=1&b=2", "https://id.example/cb", true, noon};
    const auto document = Document::parse(to_xml(request));
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_TRUE(root.is(ns::protocol, "AuthnRequest"));
    EXPECT_EQ(root.attribute("Destination"), "https://saml.example/sso?a=1&b=2");
    EXPECT_EQ(root.attribute("AssertionConsumerServiceURL"), "https://id.example/cb");
    EXPECT_EQ(root.attribute("ForceAuthn"), "true");
    EXPECT_EQ(root.only_child(ns::assertion, "Issuer")->text(), "urn:us");
}

TEST(SamlRequest, is_signed_as_it_stands_in_the_address) {
    const auto url =
        redirect_url("https://saml.example/sso?a=1", request_parameter, "<a/>", "state", test_key(1).to_der());
    const auto query = url.substr(url.find('?') + 5);
    const auto mark = query.find("&Signature=");
    ASSERT_NE(mark, std::string::npos) << url;
    const auto signature = parse_base64(*percent_decode(query.substr(mark + 11)));
    ASSERT_TRUE(signature);
    EXPECT_TRUE(test_key(1).verify(bytes_of(query.substr(0, mark)), *signature));
    EXPECT_EQ(redirect_url("https://saml.example/sso", request_parameter, "<a/>", "s", std::nullopt).find("Signature"),
              std::string::npos);
}

}  // namespace
}  // namespace symbolon::federation::saml
