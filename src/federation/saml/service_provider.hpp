#pragma once

#include "base/task.hpp"
#include "directory/federation_requests.hpp"
#include "federation/documents.hpp"
#include "federation/federation.hpp"
#include "federation/saml/metadata.hpp"
#include "signin/federated_sign_in.hpp"

#include <string>

namespace symbolon::federation::saml {

/// Who came with a response, and how the provider knows the session that it opened for them.
struct Arrived {
    signin::ExternalPerson person;
    signin::ProviderSession session;
};

/// SAML 2.0 as a service provider: asks by redirect or form, takes responses by form. Lives as long as one request.
/// Spec: SAML Profiles §4.1.
class ServiceProvider {
public:
    ServiceProvider(signin::Services& services, Documents& documents) : services_(services), documents_(documents) {}

    struct Asked {
        Departure departure;
        std::string request_id;  ///< of the AuthnRequest; the response has to name it
    };
    /// `callback`: where the response is to be posted. Fails: oauth_invalid_request (no metadata; requests have to be
    /// signed, and the pool has no certificate yet).
    Task<Asked> ask(Traveller traveller, std::string callback, std::string relay_state);

    /// A person out of a response, in Base64 as it was posted. Every assertion is taken once. Fails:
    /// oauth_invalid_request.
    Task<Arrived> accept(signin::PoolPtr pool, ProviderPtr provider, directory::FederationRequest request,
                         std::string response);

private:
    signin::Services& services_;
    Documents& documents_;
};

}  // namespace symbolon::federation::saml
