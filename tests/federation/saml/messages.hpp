#pragma once

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "crypto/test_keys.hpp"
#include "federation/saml/certificates.hpp"
#include "federation/saml/response.hpp"
#include "federation/saml/signature.hpp"
#include "federation/saml/time.hpp"

#include <chrono>
#include <string>
#include <string_view>

/// What SAML providers say, for tests: every part can be something else.
namespace symbolon::federation::saml {

inline const Instant noon = from_ms(1'800'000'000'000);

inline Bytes certificate(std::size_t number) {
    return *parse_base64(test_certificate(number));
}

struct Message {
    std::string assertion_id = "_a1";
    std::string response_id = "_r1";
    std::string issuer = "https://saml.example/idp";
    std::string name_id = "jane";
    std::string audience = "urn:amazon:cognito:sp:us-east-1_OkPool123";
    std::string recipient = "https://id.example/us-east-1_OkPool123/saml2/idpresponse";
    std::string destination = recipient;
    std::string request_id = "_q1";
    std::string status = "urn:oasis:names:tc:SAML:2.0:status:Success";
    std::string attributes = attribute("mail", "jane@saml.example");
    std::string more_conditions = {};
    std::string session = {};
    Instant issued = noon;
    Instant from = noon - std::chrono::seconds(10);
    Instant until = noon + std::chrono::minutes(5);
    std::size_t key = 0;  ///< which test key signs

    static std::string attribute(std::string_view name, std::string_view value) {
        return "<saml:Attribute Name=\"" + std::string(name) + "\"><saml:AttributeValue>" + std::string(value) +
               "</saml:AttributeValue></saml:Attribute>";
    }

    std::string in_response_to() const { return request_id.empty() ? "" : " InResponseTo=\"" + request_id + "\""; }

    std::string assertion() const {
        return "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" + assertion_id +
               "\" Version=\"2.0\" IssueInstant=\"" + time_text(issued) + "\"><saml:Issuer>" + issuer +
               "</saml:Issuer><saml:Subject><saml:NameID>" + name_id +
               "</saml:NameID><saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
               "<saml:SubjectConfirmationData Recipient=\"" +
               recipient + "\" NotOnOrAfter=\"" + time_text(until) + "\"" + in_response_to() +
               "/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore=\"" + time_text(from) +
               "\" NotOnOrAfter=\"" + time_text(until) + "\"><saml:AudienceRestriction><saml:Audience>" + audience +
               "</saml:Audience></saml:AudienceRestriction>" + more_conditions +
               "</saml:Conditions><saml:AuthnStatement AuthnInstant=\"" + time_text(issued) + "\"" + session +
               "/><saml:AttributeStatement>" + attributes + "</saml:AttributeStatement></saml:Assertion>";
    }
    std::string signed_assertion() const { return without_declaration(sign(assertion(), assertion_id)); }

    /// A response around whatever it is given.
    std::string response(const std::string& content, const std::string& extensions = {}) const {
        return "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" "
               "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" +
               response_id + "\" Version=\"2.0\" IssueInstant=\"" + time_text(issued) + "\" Destination=\"" +
               destination + "\"" + in_response_to() + "><saml:Issuer>" + issuer + "</saml:Issuer>" + extensions +
               "<samlp:Status><samlp:StatusCode Value=\"" + status + "\"/></samlp:Status>" + content +
               "</samlp:Response>";
    }
    std::string with_signed_assertion() const { return response(signed_assertion()); }
    std::string with_signed_response() const { return sign(response(assertion()), response_id); }

    std::string sign(const std::string& text, const std::string& id) const {
        return sign_root(text, id, test_key(key).to_der());
    }
    static std::string without_declaration(const std::string& text) {
        const auto begin = text.starts_with("<?xml") ? text.find("?>") + 2 : 0;
        const auto from_root = text.find('<', begin);
        return text.substr(from_root, text.find_last_of('>') + 1 - from_root);
    }
};

inline Awaited awaited() {
    Awaited out;
    out.provider.entity_id = "https://saml.example/idp";
    out.provider.certificates = {certificate(1), certificate(0)};
    out.entity_id = "urn:amazon:cognito:sp:us-east-1_OkPool123";
    out.callback = "https://id.example/us-east-1_OkPool123/saml2/idpresponse";
    out.request_id = "_q1";
    out.now = noon;
    return out;
}

/// Why a response is refused; "" when it is not.
std::string reason(const std::string& response, const Awaited& expected = awaited());

std::string replaced(std::string text, std::string_view from, std::string_view to);
/// The first element of that name, with all that is in it; "" when there is none.
std::string element(const std::string& text, std::string_view name);

}  // namespace symbolon::federation::saml
