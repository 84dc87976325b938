#include "federation/saml/metadata.hpp"

#include "base/encoding.hpp"
#include "federation/federation.hpp"
#include "federation/saml/document.hpp"
#include "federation/saml/time.hpp"

#include <algorithm>

namespace symbolon::federation::saml {
namespace {

constexpr std::string_view redirect_binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
constexpr std::string_view post_binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
constexpr std::size_t most_certificates = 16;
constexpr std::size_t largest_certificate = 8192;

/// The descriptor of the one entity: the document itself, or the only one in its list.
std::optional<Element> entity_of(const Element& root) {
    if (root.is(ns::metadata, "EntityDescriptor")) return root;
    if (root.is(ns::metadata, "EntitiesDescriptor")) return root.only_child(ns::metadata, "EntityDescriptor");
    return std::nullopt;
}

bool is_over(const Element& element, Instant now) {
    const auto until = element.attribute("validUntil");
    if (!until) return false;
    const auto time = parse_time(*until);
    return !time || *time <= now;
}

bool is_web(const std::string& location) {
    return location.starts_with("https://") || location.starts_with("http://");
}

/// The first endpoint of a service with that binding.
std::optional<Element> find_endpoint(const Element& descriptor, std::string_view service, std::string_view binding) {
    for (const auto& endpoint : descriptor.children(ns::metadata, service)) {
        const bool is_there = is_web(endpoint.attribute("Location").value_or(""));
        if (is_there && endpoint.attribute("Binding") == std::string(binding)) return endpoint;
    }
    return std::nullopt;
}

std::string location_of(const Element& descriptor, std::string_view service, std::string_view binding) {
    const auto endpoint = find_endpoint(descriptor, service, binding);
    return endpoint ? endpoint->attribute("Location").value_or("") : std::string{};
}

IdpMetadata::LogoutService logout_service(const Element& descriptor, std::string_view binding) {
    IdpMetadata::LogoutService out;
    const auto endpoint = find_endpoint(descriptor, "SingleLogoutService", binding);
    if (!endpoint) return out;
    out.location = endpoint->attribute("Location").value_or("");
    out.responses = endpoint->attribute("ResponseLocation").value_or("");
    if (!is_web(out.responses)) out.responses = out.location;
    return out;
}

std::optional<Bytes> certificate_in(const Element& data) {
    const auto element = data.only_child(ns::signature, "X509Certificate");
    auto text = element ? element->text().value_or("") : std::string{};
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    if (text.empty() || text.size() > largest_certificate) return std::nullopt;
    return parse_base64(text);
}

std::vector<Bytes> signing_certificates(const Element& descriptor) {
    std::vector<Bytes> out;
    for (const auto& key : descriptor.children(ns::metadata, "KeyDescriptor")) {
        if (key.attribute("use").value_or("signing") != "signing") continue;
        const auto info = key.only_child(ns::signature, "KeyInfo");
        if (!info) continue;
        for (const auto& data : info->children(ns::signature, "X509Data"))
            if (auto certificate = certificate_in(data); certificate && out.size() < most_certificates)
                out.push_back(std::move(*certificate));
    }
    return out;
}

std::string key_descriptor(std::string_view use, const Bytes& certificate) {
    return "<md:KeyDescriptor use=\"" + std::string(use) + "\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>" +
           to_base64(certificate) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>";
}

}  // namespace

std::optional<IdpMetadata> parse_idp_metadata(std::string_view text, Instant now) {
    const auto begin = text.find('<');  // a byte order mark, or blank lines
    const auto document = begin == text.npos ? std::nullopt : Document::parse(text.substr(begin));
    const auto entity = document ? entity_of(document->root()) : std::nullopt;
    if (!entity || is_over(document->root(), now) || is_over(*entity, now)) return std::nullopt;
    const auto descriptor = entity->only_child(ns::metadata, "IDPSSODescriptor");
    if (!descriptor || is_over(*descriptor, now)) return std::nullopt;
    IdpMetadata out;
    out.entity_id = entity->attribute("entityID").value_or("");
    out.certificates = signing_certificates(*descriptor);
    out.sso_redirect = location_of(*descriptor, "SingleSignOnService", redirect_binding);
    out.sso_post = location_of(*descriptor, "SingleSignOnService", post_binding);
    out.slo_redirect = logout_service(*descriptor, redirect_binding);
    out.slo_post = logout_service(*descriptor, post_binding);
    const auto wants = descriptor->attribute("WantAuthnRequestsSigned");
    out.wants_signed_requests = wants == "true" || wants == "1";
    if (out.entity_id.empty() || out.certificates.empty()) return std::nullopt;
    if (out.sso_redirect.empty() && out.sso_post.empty()) return std::nullopt;
    return out;
}

std::string entity_id_of(std::string_view pool_id) {
    return "urn:amazon:cognito:sp:" + std::string(pool_id);
}

std::string sp_metadata(std::string_view pool_id, std::string_view site_url, const std::optional<Bytes>& certificate) {
    const auto url = escape(site_url);
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntityDescriptor xmlns:md=\"" +
                      std::string(ns::metadata) + "\" xmlns:ds=\"" + std::string(ns::signature) + "\" entityID=\"" +
                      escape(entity_id_of(pool_id)) +
                      "\"><md:SPSSODescriptor WantAssertionsSigned=\"true\" "
                      "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">";
    if (certificate) out += key_descriptor("signing", *certificate) + key_descriptor("encryption", *certificate);
    for (const auto binding : {redirect_binding, post_binding})
        out += "<md:SingleLogoutService Binding=\"" + std::string(binding) + "\" Location=\"" + url +
               std::string(saml_logout_path) + "\"/>";
    out += "<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>";
    out += "<md:AssertionConsumerService index=\"0\" isDefault=\"true\" Binding=\"" + std::string(post_binding) +
           "\" Location=\"" + url + std::string(saml_callback_path) + "\"/>";
    return out + "</md:SPSSODescriptor></md:EntityDescriptor>\n";
}

}  // namespace symbolon::federation::saml
