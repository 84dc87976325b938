#pragma once

#include "base/task.hpp"
#include "directory/federation_requests.hpp"
#include "federation/documents.hpp"
#include "federation/provider.hpp"
#include "net/fetcher.hpp"
#include "net/form.hpp"
#include "signin/browser_sessions.hpp"
#include "signin/federated_sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace symbolon::federation {

/// The paths below a pool's site that providers send people back to (oauth-and-hosted-ui.md §1.1).
inline constexpr std::string_view oidc_callback_path = "/oauth2/idpresponse";
inline constexpr std::string_view saml_callback_path = "/saml2/idpresponse";
inline constexpr std::string_view saml_logout_path = "/saml2/logout";

/// How the browser gets to a provider: by address, or by a form that it posts.
struct GoTo {
    std::string url;
};
struct PostTo {
    std::string url;
    std::vector<std::pair<std::string, std::string>> fields;
};
using Departure = std::variant<GoTo, PostTo>;

/// Somebody who wants to sign in with a provider.
struct Traveller {
    signin::PoolPtr pool;
    ProviderPtr provider;
    std::string site_url;    ///< of the pool, as the browser sees it
    std::string query;       ///< the authorization request, as it is to be checked again afterwards
    std::string browser;     ///< the browser's secret, which comes back with the person
    std::string login_hint;  ///< "" : none
    std::string prompt;      ///< what the client asks for beside `none`; "" : nothing
    /// The authentication levels that the client wishes for, 1 to 4, the best first.
    std::vector<int> levels = {};
};

/// Somebody who signed out here, and is to be signed out at the SAML provider that let them in as well.
struct Leaver {
    signin::PoolPtr pool;
    std::string site_url;
    std::string browser;
    signin::ProviderSession session;
    std::string target;  ///< where the browser goes in the end
};

/// What SAML's door for single logout was given.
struct SamlParameters {
    std::string query;   ///< undecoded, of a message in the address
    std::string posted;  ///< the field of the message in a form, in Base64; "" : it came in the address
    std::string relay_state;
};

/// A SAML provider's wish that a person be signed out, proven.
struct ProviderSignOut {
    signin::ProviderLogout logout;
    std::string request_id;   ///< the answer names it
    std::string relay_state;  ///< and brings it back
};

/// A person who is in, and the session that their provider keeps of it, if it can be told of its end.
struct Admitted {
    signin::SignedIn signed_in;
    std::optional<signin::ProviderSession> session = {};
};

/// Sign-in through identity providers, between the door that a person leaves by and the one that they come back to.
/// Every departure makes a handle of its own (the `state`, SAML's RelayState): bound to provider, browser and request,
/// good for five minutes and one return. Threads: any.
class Federation {
public:
    static constexpr std::chrono::minutes longest_absence{5};

    Federation(signin::Services& services, net::Fetcher& fetcher);

    /// The provider that an authorization request names, by name or by one of its identifiers. Null when there is none.
    Task<ProviderPtr> find_provider(signin::PoolPtr pool, std::string name, std::string identifier);

    /// Fails: oauth_invalid_request (the provider does not say where it is asked).
    Task<Departure> depart(Traveller traveller);

    /// Who comes back with a handle: what it stands for, which it does no more from now on. Nothing when it is unknown,
    /// used, expired, or another browser's.
    Task<std::optional<directory::FederationRequest>> welcome_back(signin::PoolPtr pool, std::string handle,
                                                                   std::string browser);

    /// What an OIDC or social provider answered (the parameters of its redirect) becomes a sign-in. Fails:
    /// oauth_invalid_request, oauth_access_denied (the person changed their mind), and as FederatedSignIn.
    Task<signin::SignedIn> accept_code(signin::PoolPtr pool, signin::ClientPtr client,
                                       directory::FederationRequest request, net::Form answer, signin::Caller caller);

    /// The same of a SAML provider's response, in Base64. A request without `saml_id` stands for a provider that began
    /// by itself.
    Task<Admitted> accept_response(signin::PoolPtr pool, signin::ClientPtr client, directory::FederationRequest request,
                                   std::string response, signin::Caller caller);

    /// The request that a SAML provider makes up by beginning itself. Null where the provider may not (IDPInit), or the
    /// client lets people in by other ways as well, so that somebody could be signed in as another without noticing.
    Task<std::optional<directory::FederationRequest>> unasked(signin::PoolPtr pool, signin::ClientPtr client,
                                                              std::string site_url, ProviderPtr provider);

    /// Sends the browser of somebody who signed out here on to their provider, which sends it back (saml_logout_path).
    /// Fails: oauth_invalid_request (the provider takes part in no single logout, cannot be read, or the pool has no
    /// certificate yet).
    Task<Departure> depart_signed_out(Leaver leaver);
    /// The provider's answer to that: where the browser goes in the end. Nothing when the browser was not sent there,
    /// or not in the last five minutes. Fails: oauth_invalid_request (the answer is not the provider's to this
    /// request).
    Task<std::optional<std::string>> accept_sign_out_answer(signin::PoolPtr pool, std::string site_url,
                                                            SamlParameters answer, std::string browser);
    /// A provider's own wish, to be carried out once (signin::BrowserSessionService) and then answered.
    /// Fails: oauth_invalid_request.
    Task<ProviderSignOut> accept_sign_out(signin::PoolPtr pool, std::string site_url, SamlParameters request);
    Task<Departure> answer_sign_out(signin::PoolPtr pool, ProviderSignOut done);

    /// What a SAML provider has to know of the pool (saml/metadata.hpp).
    Task<std::string> describe(signin::PoolPtr pool, std::string site_url);

    /// Whom an assertion is addressed to (RFC 7523 §3, `aud`): this server by one of its names, or this server as the
    /// provider knows it, by the client id that it was given there.
    struct AssertionAudience {
        std::vector<std::string> names;
        bool as_client = false;
    };
    /// The person whom a provider of the pool vouches for in a JWT, without a browser. The provider is the one that the
    /// JWT names as its issuer, by its settings. A JWT with a nonce answers somebody's authorization request and is no
    /// assertion. Fails: oauth_invalid_request (no such provider, signature, claims, keys that cannot be read).
    Task<signin::ExternalPerson> accept_assertion(signin::PoolPtr pool, std::string assertion,
                                                  AssertionAudience audience);
    /// Fails as FederatedSignIn.
    Task<signin::SignedIn> sign_in(signin::PoolPtr pool, signin::ClientPtr client, signin::ExternalPerson person,
                                   signin::Caller caller);

private:
    /// The provider that a journey led to, if it still is one of the client's.
    Task<ProviderPtr> get_provider(signin::PoolPtr pool, signin::ClientPtr client, std::string name, bool is_saml);
    /// The journey of a handle, used up, if it is of this browser and leads back to that path.
    Task<std::optional<directory::FederationRequest>> take(signin::PoolPtr pool, std::string handle,
                                                           std::string browser, bool is_sign_out);
    Task<Departure> depart_to_saml(Traveller traveller);
    Task<Departure> depart_to_oidc(Traveller traveller);
    Task<ProviderPtr> find_issuer(signin::PoolPtr pool, std::string issuer);
    Task<void> remember(signin::PoolPtr pool, std::string handle, directory::FederationRequest request);

    signin::Services& services_;
    net::Fetcher& fetcher_;
    Documents documents_;
    signin::FederatedSignIn sign_in_;
};

}  // namespace symbolon::federation
