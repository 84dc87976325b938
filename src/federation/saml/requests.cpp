#include "federation/saml/requests.hpp"

#include "federation/saml/document.hpp"
#include "federation/saml/time.hpp"

namespace symbolon::federation::saml {

std::string to_xml(const AuthnRequest& request) {
    std::string out = "<samlp:AuthnRequest xmlns:samlp=\"" + std::string(ns::protocol) + "\" xmlns:saml=\"" +
                      std::string(ns::assertion) + "\" ID=\"" + escape(request.id) + "\" Version=\"2.0\"";
    out += " IssueInstant=\"" + time_text(request.issued) + "\" Destination=\"" + escape(request.destination) + "\"";
    if (request.force) out += " ForceAuthn=\"true\"";
    out += " ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" AssertionConsumerServiceURL=\"" +
           escape(request.callback) + "\">";
    out += "<saml:Issuer>" + escape(request.issuer) + "</saml:Issuer>";
    return out + "</samlp:AuthnRequest>";
}

}  // namespace symbolon::federation::saml
