// Signatures that hold and yet are none of SAML's kind (attack class 47): a changed one would be refused for no longer
// holding, so these are made as they are.
#include "federation/saml/signature.hpp"

#include "federation/saml/messages.hpp"
#include "federation/saml/xmlsec.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

namespace symbolon::federation::saml {
namespace {

using Changes = std::vector<std::pair<std::string, std::string>>;

struct FreeContext {
    void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
};
using ContextPtr = std::unique_ptr<xmlSecDSigCtx, FreeContext>;

ContextPtr make_context() {
    const auto key = test_key(0).to_der();
    ContextPtr context(xmlSecDSigCtxCreate(nullptr));
    context->signKey = xmlSecCryptoAppKeyLoadMemory(key.data(), static_cast<xmlSecSize>(key.size()),
                                                    xmlSecKeyDataFormatDer, nullptr, nullptr, nullptr);
    return context;
}

void name_root(const Document& document) {
    const auto* id = reinterpret_cast<const xmlChar*>("ID");
    auto* attribute = xmlHasProp(document.root().node(), id);
    xmlAddID(nullptr, document.get(), attribute->children->content, attribute);
}

/// Puts a signature of ours into a root; changed before it is made, so that it holds. "" when the library does not make
/// such a one.
std::string sign_changed(const std::string& text, const Changes& changes) {
    std::string signature = element(Message{}.signed_assertion(), "ds:Signature");
    for (const auto* made : {"ds:DigestValue", "ds:SignatureValue"}) {
        signature = replaced(signature, element(signature, made), "<" + std::string(made) + "/>");
    }
    for (const auto& [from, to] : changes) signature = replaced(signature, from, to);
    const auto document = Document::parse(replaced(text, "</saml:Issuer>", "</saml:Issuer>" + signature));
    if (!document) return {};
    name_root(*document);
    const auto node = document->root().only_child(ns::signature, "Signature");
    if (xmlSecDSigCtxSign(make_context().get(), node->node()) < 0) return {};
    xmlChar* data = nullptr;
    int size = 0;
    xmlDocDumpMemory(document->get(), &data, &size);
    std::string out(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    xmlFree(data);
    return Message::without_declaration(out);
}

/// What the library says by itself.
bool holds(const std::string& text) {
    const auto document = Document::parse(text);
    name_root(*document);
    const auto context = make_context();
    const auto node = document->root().only_child(ns::signature, "Signature");
    return xmlSecDSigCtxVerify(context.get(), node->node()) == 0 && context->status == xmlSecDSigStatusSucceeded;
}

bool vouches(const std::string& text) {
    const auto document = Document::parse(text);
    return signed_part(*document, document->root(), {certificate(0)}).has_value();
}

constexpr const char* exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr const char* inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr const char* all_but_subject =
    "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath "
    "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">not(ancestor-or-self::saml:Subject)</ds:XPath>"
    "</ds:Transform>";

TEST(SamlSignature, of_samls_kind_is_believed) {
    start_libraries();
    const auto usual = sign_changed(Message{}.assertion(), {});
    ASSERT_TRUE(holds(usual));
    EXPECT_TRUE(vouches(usual));
}

TEST(SamlSignature, of_another_kind_is_not_believed_though_it_holds) {
    start_libraries();
    const std::string transforms_end = "</ds:Transforms>";
    const std::vector<Changes> kinds{
        {{"URI=\"#_a1\"", "URI=\"\""}},
        {{"URI=\"#_a1\"", "URI=\"#xpointer(/)\""}},
        {{exclusive, inclusive}},
        {{transforms_end, all_but_subject + transforms_end}},
        {{"<ds:Transform Algorithm=\"" + std::string(exclusive) + "\"/>", ""}},
        {{"<ds:Transform Algorithm=\"" + std::string(exclusive) + "\"/>", all_but_subject}},
        {{"http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"}},
        {{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"}},
        {{"</ds:Signature>", "<ds:Object>more</ds:Object></ds:Signature>"}},
    };
    for (const auto& changes : kinds) {
        const auto text = sign_changed(Message{}.assertion(), changes);
        ASSERT_FALSE(text.empty()) << changes.front().second;
        EXPECT_TRUE(holds(text)) << changes.front().second;
        EXPECT_FALSE(vouches(text)) << changes.front().second;
    }
}

// A response that is signed as a whole, by no name, is as good; but what stands for a part must not stand for all.
TEST(SamlSignature, of_a_response_names_it) {
    start_libraries();
    const auto response = Message{}.response(Message{}.assertion());
    EXPECT_EQ(reason(sign_changed(response, {{"URI=\"#_a1\"", "URI=\"#_r1\""}})), "");
    const auto nameless = sign_changed(response, {{"URI=\"#_a1\"", "URI=\"\""}});
    EXPECT_TRUE(holds(nameless));
    EXPECT_EQ(reason(nameless), "signature of the response");
}

}  // namespace
}  // namespace symbolon::federation::saml
