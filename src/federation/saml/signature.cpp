#include "federation/saml/signature.hpp"

#include "base/error.hpp"
#include "federation/saml/xmlsec.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace symbolon::federation::saml {
namespace {

constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr std::array<std::string_view, 6> signature_methods{
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",   "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",   "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"};
constexpr std::array<std::string_view, 3> digest_methods{"http://www.w3.org/2001/04/xmlenc#sha256",
                                                         "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                                         "http://www.w3.org/2001/04/xmlenc#sha512"};

struct FreeContext {
    void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
};
using Context = std::unique_ptr<xmlSecDSigCtx, FreeContext>;

const xmlChar* xml(const char* text) {
    return reinterpret_cast<const xmlChar*>(text);
}

std::string algorithm_of(const Element& parent, std::string_view name) {
    const auto method = parent.only_child(ns::signature, name);
    return method ? method->attribute("Algorithm").value_or("") : std::string{};
}

template <class List>
bool is_one_of(const List& known, const std::string& algorithm) {
    return std::find(known.begin(), known.end(), algorithm) != known.end();
}

/// Enveloped and then exclusive canonicalization: what SAML allows (Core §5.4.4), and nothing that selects a part.
bool has_fitting_transforms(const Element& reference) {
    const auto list = reference.only_child(ns::signature, "Transforms");
    if (!list) return false;
    const auto transforms = list->children();
    if (transforms.size() != 2) return false;
    for (const auto& transform : transforms)
        if (!transform.is(ns::signature, "Transform")) return false;
    return transforms[0].attribute("Algorithm") == std::string(enveloped) &&
           transforms[1].attribute("Algorithm") == std::string(exclusive);
}

/// The one signature of the element, if it has the form that SAML gives it, and is about the element.
std::optional<Element> fitting_signature(const Element& element) {
    const auto id = element.attribute("ID");
    const auto signature = element.only_child(ns::signature, "Signature");
    if (!id || id->empty() || !signature || !signature->children(ns::signature, "Object").empty()) return std::nullopt;
    const auto info = signature->only_child(ns::signature, "SignedInfo");
    if (!info || algorithm_of(*info, "CanonicalizationMethod") != exclusive ||
        !is_one_of(signature_methods, algorithm_of(*info, "SignatureMethod")))
        return std::nullopt;
    const auto reference = info->only_child(ns::signature, "Reference");
    if (!reference || reference->attribute("URI") != "#" + *id || !has_fitting_transforms(*reference) ||
        !is_one_of(digest_methods, algorithm_of(*reference, "DigestMethod")))
        return std::nullopt;
    return signature;
}

/// Tells the library which element an ID names: this one, and no other.
void name_element(const Document& document, const Element& element) {
    const auto id = element.attribute("ID").value();
    auto* attribute = xmlHasProp(element.node(), xml("ID"));
    if (xmlGetID(document.get(), xml(id.c_str())) == nullptr)
        xmlAddID(nullptr, document.get(), xml(id.c_str()), attribute);
}

/// The bytes that the one reference digested, when the signature holds with this key.
std::optional<std::string> verified_bytes(const Element& signature, const Bytes& certificate) {
    const Context context(xmlSecDSigCtxCreate(nullptr));
    if (!context) return std::nullopt;
    context->flags = XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
    context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
    context->signKey = xmlSecCryptoAppKeyLoadMemory(certificate.data(), static_cast<xmlSecSize>(certificate.size()),
                                                    xmlSecKeyDataFormatCertDer, nullptr, nullptr, nullptr);
    if (!context->signKey) return std::nullopt;
    if (xmlSecDSigCtxVerify(context.get(), signature.node()) < 0) return std::nullopt;
    if (context->status != xmlSecDSigStatusSucceeded) return std::nullopt;
    if (xmlSecPtrListGetSize(&context->signedInfoReferences) != 1) return std::nullopt;
    auto* reference = static_cast<xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(&context->signedInfoReferences, 0));
    auto* buffer = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
    if (!buffer) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(xmlSecBufferGetData(buffer)), xmlSecBufferGetSize(buffer));
}

std::string signature_template(std::string_view id) {
    std::string out = "<ds:Signature xmlns:ds=\"" + std::string(ns::signature) + "\"><ds:SignedInfo>";
    out += "<ds:CanonicalizationMethod Algorithm=\"" + std::string(exclusive) + "\"/>";
    out += "<ds:SignatureMethod Algorithm=\"" + std::string(signature_methods[0]) + "\"/>";
    out += "<ds:Reference URI=\"#" + std::string(id) + "\"><ds:Transforms><ds:Transform Algorithm=\"" +
           std::string(enveloped) + "\"/><ds:Transform Algorithm=\"" + std::string(exclusive) + "\"/></ds:Transforms>";
    out += "<ds:DigestMethod Algorithm=\"" + std::string(digest_methods[0]) + "\"/><ds:DigestValue/></ds:Reference>";
    return out + "</ds:SignedInfo><ds:SignatureValue/></ds:Signature>";
}

std::string text_of(const Document& document) {
    xmlChar* data = nullptr;
    int size = 0;
    xmlDocDumpMemory(document.get(), &data, &size);
    std::string out(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    xmlFree(data);
    return out;
}

}  // namespace

bool has_signature(Element element) {
    return !element.children(ns::signature, "Signature").empty();
}

std::optional<Document> signed_part(const Document& document, Element element, const std::vector<Bytes>& certificates) {
    start_libraries();
    const auto signature = fitting_signature(element);
    if (!signature) return std::nullopt;
    name_element(document, element);
    for (const auto& certificate : certificates)
        if (const auto bytes = verified_bytes(*signature, certificate)) return Document::parse(*bytes);
    return std::nullopt;
}

std::string sign_root(const std::string& text, std::string_view id, ByteView key) {
    // Behind the Issuer, as the schema wants it (SAML Core §3.2.1).
    constexpr std::string_view issuer_end = "</saml:Issuer>";
    const auto at = text.find(issuer_end);
    if (at == std::string::npos) throw Error{Errc::internal, {}, "a SAML message without an issuer"};
    auto with_signature = text;
    with_signature.insert(at + issuer_end.size(), signature_template(id));
    const auto document = Document::parse(with_signature);
    const Context context(xmlSecDSigCtxCreate(nullptr));
    if (!document || !context) throw Error{Errc::internal, {}, "a SAML message of ours is not well-formed"};
    context->signKey = xmlSecCryptoAppKeyLoadMemory(key.data(), static_cast<xmlSecSize>(key.size()),
                                                    xmlSecKeyDataFormatDer, nullptr, nullptr, nullptr);
    name_element(*document, document->root());
    const auto signature = document->root().only_child(ns::signature, "Signature");
    if (!context->signKey || !signature || xmlSecDSigCtxSign(context.get(), signature->node()) < 0)
        throw Error{Errc::internal, {}, "a SAML message could not be signed"};
    return text_of(*document);
}

}  // namespace symbolon::federation::saml
