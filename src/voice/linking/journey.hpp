#pragma once

#include "base/task.hpp"
#include "net/form.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/token_client.hpp"
#include "voice/linking/turns.hpp"
#include "voice/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// One thing that happened on the way to a link, for the page that explains.
struct LinkStep {
    std::string title;
    bool ok = true;
    std::string detail;
    std::optional<std::int64_t> milliseconds;
};

/// How a linking ended.
struct LinkOutcome {
    bool linked = false;
    std::string skill_id;     ///< "" when the state named none
    std::string cause;        ///< fixed code, e.g. oauth_error:invalid_client
    std::string explanation;  ///< what it means
    std::string advice;
    std::vector<LinkStep> steps;
};

/// A person's way from the card to the link, and what keeps the link alive (voice-account-linking.md chapter 2).
class Journey {
public:
    Journey(const Assistant::Parts& parts, const Identity& identity, std::string base_url);

    /// Begins: the authorization URL with a fresh state, for this browser. Fails: resource_not_found (no such skill, or
    /// its account linking is not set up).
    Task<std::string> begin(std::string skill_id, std::string browser, std::size_t region = 0);
    /// The browser came back to a redirect URL with `answer` (query, or the fragment of the implicit grant).
    Task<LinkOutcome> finish(net::Form answer, std::string browser);
    /// Deletes the tokens; the next enablement has a new user id.
    Task<void> unlink(std::string skill_id);

    /// The person at the skill with a fresh access token if the account is linked; refreshes it shortly before it
    /// expires, once for all who ask at the same time. A refusal by the server breaks the link; a server that is down
    /// does not.
    Task<Enablement> current(std::string skill_id);

private:
    Task<LinkOutcome> redeem(LinkOutcome outcome, Store::Linking linking, std::string code);
    Task<void> save_tokens(std::string skill_id, StoredLinking linking, TokenAnswer tokens);
    Task<Enablement> load(std::string skill_id);
    Task<Enablement> refreshed(Enablement enablement);

    Assistant::Parts parts_;
    const Identity& identity_;
    std::string base_url_;
    TokenClient token_client_;
    Turns refreshes_;  ///< by skill
};

/// The authorization URL of a configuration: its own query is kept, the parameters follow in the platform's order
/// (voice-account-linking.md §2.2).
std::string authorization_url(const AccountLinking& config, const std::string& state, const std::string& redirect_uri);

/// What a failure code means, and what to do about it.
struct Explanation {
    std::string_view text;
    std::string_view advice;
};
Explanation explain(std::string_view cause);

}  // namespace symbolon::voice
