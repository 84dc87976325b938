#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/federation_requests.hpp"
#include "federation/documents.hpp"
#include "federation/oidc/metadata.hpp"
#include "federation/oidc/requests.hpp"
#include "federation/provider.hpp"
#include "net/fetcher.hpp"
#include "net/form.hpp"
#include "signin/federated_sign_in.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace symbolon::federation::oidc {

/// Makes a person out of what a provider sent back with the browser: exchanges the code, checks the ID token, asks for
/// attributes. Lives as long as one answer. Spec: OpenID Connect Core §3.1.2.7 to §3.1.3.7, §5.3, RFC 9207 §2.4.
class RelyingParty {
public:
    RelyingParty(net::Fetcher& fetcher, Documents& documents, const Clock& clock)
        : fetcher_(fetcher), documents_(documents), clock_(clock) {}

    /// Fails: oauth_access_denied (the provider says that the person refused), oauth_invalid_request (all else).
    Task<signin::ExternalPerson> accept(ProviderPtr provider, directory::FederationRequest request, net::Form answer);
    /// Whether one of the keys at the URL signed it. Fails: oauth_invalid_request (they cannot be read).
    Task<bool> is_signed(std::string jwks_uri, crypto::jose::ParsedJwt token);

private:
    Task<Tokens> exchange_code(ProviderPtr provider, Metadata metadata, directory::FederationRequest request,
                               std::string code);
    Task<boost::json::object> prove(ProviderPtr provider, Metadata metadata, std::string nonce, std::string id_token);
    Task<boost::json::object> get_user_info(ProviderPtr provider, Metadata metadata, std::string access_token,
                                            std::string subject);

    net::Fetcher& fetcher_;
    Documents& documents_;
    const Clock& clock_;
};

}  // namespace symbolon::federation::oidc
