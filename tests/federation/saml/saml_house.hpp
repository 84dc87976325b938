#pragma once

#include "directory/federation_requests.hpp"
#include "directory/pool_certificates.hpp"
#include "federation/journey.hpp"
#include "federation/saml/messages.hpp"

#include <string>
#include <string_view>

namespace symbolon::federation::saml {

/// A provider's metadata; `more` stands among its services.
inline std::string idp_metadata(std::string_view binding = "HTTP-Redirect", std::string_view wants_signed = "false",
                                std::string_view more = {}) {
    return "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
           "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" entityID=\"https://saml.example/idp\"><md:IDPSSODescriptor "
           "WantAuthnRequestsSigned=\"" +
           std::string(wants_signed) +
           "\" protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><md:KeyDescriptor><ds:KeyInfo>"
           "<ds:X509Data><ds:X509Certificate>" +
           std::string(test_certificate(0)) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>" +
           std::string(more) +
           "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" + std::string(binding) +
           "\" Location=\"https://saml.example/sso\"/></md:IDPSSODescriptor></md:EntityDescriptor>";
}

/// The authorization server's house with a SAML provider `Saml`.
class SamlSignIn : public Travels {
protected:
    SamlSignIn() {
        add("Saml", {{"MetadataFile", idp_metadata()}});
        allow_providers({"COGNITO", "Saml"});
    }
    void add(const std::string& name, directory::ProviderMap details) {
        directory::IdentityProvider added;
        added.pool_id = pool_id;
        added.name = name;
        added.type = directory::IdentityProviderTypeType::SAML;
        added.details = std::move(details);
        added.attribute_mapping = {{"email", "mail"}};
        add_provider(added);
    }
    void change(const std::string& key, const std::string& value) {
        write([&](db::Transaction& tx) {
            directory::IdentityProviders providers(tx, *sealer);
            auto changed = providers.get(pool_id, "Saml");
            changed.details[key] = value;
            providers.save(changed);
        });
    }
    void give_certificate() {
        write([&](db::Transaction& tx) {
            directory::PoolCertificates(tx, *sealer)
                .create(pool_id, {certificate(1), test_key(1).to_der()}, clock.now());
        });
    }
    Journey go(const std::string& name = "Saml") {
        Journey journey;
        journey.departure = authorize({{"identity_provider", name}});
        journey.state = oauth::parameter_of(oauth::location(journey.departure), "RelayState");
        journey.cookie = "csrf-state=" + cookie_of(journey.departure, "csrf-state");
        return journey;
    }
    /// A response to the journey's request.
    Message answer_to(const Journey& journey) {
        const auto kept = write([&](db::Transaction& tx) {
            return directory::FederationRequests(tx, *sealer).find(pool_id, journey.state);
        });
        Message message;
        message.request_id = kept ? kept->saml_id : "";
        return message;
    }
    net::Response post_response(const Journey& journey, const std::string& response) {
        return post("/saml2/idpresponse",
                    Pairs{{"SAMLResponse", to_base64(bytes_of(response))}, {"RelayState", journey.state}},
                    {{"Cookie", journey.cookie}});
    }
    std::string told(const net::Response& arrival) {
        return oauth::parameter_of(oauth::location(arrival), "error") + ": " +
               oauth::parameter_of(oauth::location(arrival), "error_description");
    }
    static constexpr std::string_view invalid =
        "invalid_request: Invalid samlResponse or relayState from identity provider";
};

}  // namespace symbolon::federation::saml
