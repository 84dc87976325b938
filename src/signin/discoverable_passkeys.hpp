#pragma once

#include "base/task.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>

/// Passkeys that say themselves whose they are, as a browser offers them where a name is typed: nobody has said who
/// they are when the question is asked. Spec: WebAuthn Level 3 §5.1.4 (conditional mediation), §6.2.2.
namespace symbolon::signin {

/// What the browser is asked.
struct PasskeyQuestion {
    std::string session;  ///< sealed: of this pool, client and browser, for a while and one answer
    std::string options;  ///< PublicKeyCredentialRequestOptionsJSON without allowCredentials
};

class DiscoverablePasskeys {
public:
    explicit DiscoverablePasskeys(Services& services) : services_(services) {}

    /// Nothing where no passkey can begin a sign-in: the pool, its host or the client does not allow it.
    std::optional<PasskeyQuestion> ask(const directory::Pool& pool, const directory::Client& client,
                                       const Caller& caller) const;

    /// Answers ask() with an AuthenticationResponseJSON. The question is used up whatever comes of it. Fails:
    /// not_authorized, whatever is wrong; and as SignIn::choose().
    Task<Outcome> sign_in(PoolPtr pool, ClientPtr client, std::string session, std::string credential, Caller caller);

private:
    Services& services_;
};

/// Whether a passkey would get the user in by this client, and there is none yet: where one is worth an offer.
bool lacks_passkey(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                   const directory::Client& client, const directory::User& user);

}  // namespace symbolon::signin
