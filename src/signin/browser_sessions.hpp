#pragma once

#include "base/task.hpp"
#include "directory/browser_sessions.hpp"
#include "signin/sign_in.hpp"

#include <boost/describe/class.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::signin {

/// How a SAML provider knows a session that it opened for a person: by this it is asked to end it, and says that it did
/// (federation/saml/single_logout.hpp).
struct ProviderSession {
    std::string provider;  ///< its name here
    std::string name_id;
    std::string name_format;
    std::string name_qualifier;
    std::string name_sp_qualifier;
    std::string index;  ///< "" : the provider did not say
};
BOOST_DESCRIBE_STRUCT(ProviderSession, (), (provider, name_id, name_format, name_qualifier, name_sp_qualifier, index))

/// What a SAML provider says is over, proven to be its word.
struct ProviderLogout {
    std::string provider;                      ///< its name here
    std::string name_id;                       ///< what it calls the person
    std::vector<std::string> session_indexes;  ///< of its sessions; none: all of the person's
    std::string proof_id;                      ///< by which its request is known again
    Instant proof_expires{};                   ///< until then
};

/// A browser that stays signed in, for single sign-on: an opaque handle in a cookie, its hash in the database. How long
/// is the pool's setting (directory/session_rules.hpp).
class BrowserSessionService {
public:
    explicit BrowserSessionService(Services& services) : services_(services) {}

    struct Begun {
        std::string handle;  ///< the cookie's value
        SignedIn signed_in;  ///< tokens that come of the session are of this one
    };
    /// Begins a session: always a new handle (no fixation). `agent` is what the browser calls itself, for the person to
    /// know it again. A sign-in is known by its moment, so that of two in one millisecond the second is a bit later.
    Task<Begun> begin(PoolPtr pool, SignedIn signed_in, std::string agent);
    /// The same of a person whom a SAML provider let in.
    Task<Begun> begin(PoolPtr pool, SignedIn signed_in, std::string agent, std::optional<ProviderSession> origin);
    /// Who is signed in; nothing when the handle is unknown, expired, idle for too long or too old for the client, when
    /// the client lets in nobody by a way that the person has (SupportedIdentityProviders), or the user was disabled,
    /// deleted or signed out.
    Task<std::optional<SignedIn>> find(PoolPtr pool, ClientPtr client, std::string handle);
    /// The same for the pool itself, whatever clients say of how old a sign-in may be. The sign-in is of no client.
    Task<std::optional<SignedIn>> find(PoolPtr pool, std::string handle);

    /// A sign-in that ended.
    struct Ended {
        UserId user_id;
        Instant auth_time{};
        std::vector<ClientId> clients;  ///< those that got tokens through it
        std::optional<ProviderSession> origin = {};
    };
    /// Ends a session, and notes it for apps that want to hear (directory/logout_notices.hpp). Nothing when there was
    /// none.
    Task<std::optional<Ended>> end(PoolPtr pool, std::string handle);
    /// The same for what a SAML provider says is over. Its request is used up with what it ends, in one transaction;
    /// nothing when it was before.
    Task<std::optional<std::vector<Ended>>> end_of_provider(PoolPtr pool, ProviderLogout logout);

    /// What the database knows of a handle: enough to find it, not to use it.
    Bytes hash_of(const PoolId& pool, std::string_view handle) const;

private:
    /// `client` null: whatever the client.
    Task<std::optional<SignedIn>> look_up(PoolPtr pool, ClientPtr client, std::string handle);
    Bytes origin_hash_of(const PoolId& pool, const std::string& provider, const std::string& name_id) const;
    std::optional<ProviderSession> open_origin(const directory::BrowserSession& session) const;
    Ended end_in(db::Transaction& tx, const directory::BrowserSession& session, Instant now) const;

    Services& services_;
};

}  // namespace symbolon::signin
