#pragma once

#include "base/task.hpp"
#include "federation/documents.hpp"
#include "federation/federation.hpp"
#include "federation/saml/logout_messages.hpp"

#include <optional>
#include <string>

namespace symbolon::federation::saml {

/// Single logout as a service provider, begun here or there. Only with providers that are set to it (IDPSignout), and
/// only with messages that are signed. Lives as long as one request. Spec: SAML Profiles §4.4,
/// oauth-and-hosted-ui.md §1.7.
class SingleLogout {
public:
    SingleLogout(signin::Services& services, Documents& documents) : services_(services), documents_(documents) {}

    struct Asked {
        Departure departure;
        std::string request_id;  ///< the answer has to name it
    };
    /// Asks the provider to end its session. Fails: oauth_invalid_request (it is not set to it, its metadata cannot be
    /// read or names no place for it, the pool has no certificate yet).
    Task<Asked> ask(signin::PoolPtr pool, signin::ProviderSession session, std::string relay_state);

    /// Checks the provider's answer; false when it says that it did not end the session.
    /// `place`: where it arrived. Fails: oauth_invalid_request.
    Task<bool> check_answer(signin::PoolPtr pool, directory::FederationRequest request, SamlParameters answer,
                            std::string place);

    /// A provider's request, which is used up where it is carried out. Fails: oauth_invalid_request (of no provider
    /// that is set to it, or as check_logout_request).
    Task<ProviderSignOut> accept(signin::PoolPtr pool, SamlParameters request, std::string place);
    /// Tells the provider that its request was carried out. Fails: oauth_invalid_request (it names no place for
    /// answers, the pool has no certificate yet).
    Task<Departure> answer(signin::PoolPtr pool, ProviderSignOut done);

private:
    Task<ProviderPtr> find_provider(PoolId pool, std::string name);
    Task<ProviderPtr> find_issuer(PoolId pool, std::string entity_id);

    signin::Services& services_;
    Documents& documents_;
};

}  // namespace symbolon::federation::saml
