#pragma once

#include "base/task.hpp"
#include "net/form.hpp"
#include "voice/assistant.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/identity.hpp"
#include "voice/linking/authorization_url.hpp"
#include "voice/linking/explanations.hpp"
#include "voice/linking/link_log.hpp"
#include "voice/linking/outcome.hpp"
#include "voice/linking/platform_hooks.hpp"
#include "voice/linking/token_client.hpp"
#include "voice/linking/turns.hpp"
#include "voice/platforms/after_link.hpp"
#include "voice/platforms/lwa.hpp"
#include "voice/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// A person's way from the card to the link, and what keeps the link alive (voice-account-linking.md chapters 2 and 4;
/// §7.2). How it behaves towards a skill follows from the skill's knobs (voice/faults).
class Journey {
public:
    Journey(const Assistant::Parts& parts, const Identity& identity, std::string base_url);

    /// What other parts do when the linking comes to them. To be set before the first request.
    LinkHooks hooks;

    struct Start {
        std::string account{first_account};
        std::string platform{"alexa-na"};
        std::string app;         ///< iOS, Android: in the maker's app, where the configuration names it (§2.8)
        std::string login_hint;  ///< after streamlined linking (§4.1)
    };
    /// Begins: the authorization URL with a fresh state, for this browser. Fails: resource_not_found (no such skill, or
    /// its account linking is not set up), invalid_parameter (no such platform).
    Task<std::string> begin(std::string skill_id, std::string browser, Start start);
    Task<std::string> begin(std::string skill_id, std::string browser) {
        return begin(std::move(skill_id), std::move(browser), Start{});
    }
    /// The browser came back to a redirect URL with `answer` (query, or the fragment of the implicit grant).
    Task<LinkOutcome> finish(net::Form answer, std::string browser);
    /// App-to-app from the maker's app (§2.8): a code that the app got from the server, with its own redirect URI.
    Task<LinkOutcome> link_with_code(std::string skill_id, std::string account, std::string code,
                                     std::string redirect_uri);
    /// Voice-forward linking (§2.10): the platform signs the person in at its own Login with Amazon and redeems the
    /// code as the skill's client.
    Task<LinkOutcome> link_by_voice(std::string skill_id, std::string account);
    /// Tokens that came without a browser: streamlined linking (§4.1).
    Task<LinkOutcome> link_with_tokens(std::string skill_id, std::string account, std::string platform,
                                       TokenAnswer tokens);
    /// Deletes the tokens; the next enablement has a new user id.
    Task<void> unlink(std::string skill_id, std::string account);
    /// The same at every skill: the person leaves.
    Task<void> unlink_everywhere(std::string account);
    Task<void> unlink(std::string skill_id) { return unlink(std::move(skill_id), std::string(first_account)); }

    /// The person at the skill with a fresh access token if the account is linked; refreshes it shortly before it
    /// expires, once for all who ask at the same time. A refusal by the server breaks the link; a server that is down
    /// does not: it is asked again after 1, 5, 30 and every 300 seconds.
    Task<Enablement> current(std::string skill_id, std::string account);
    Task<Enablement> current(std::string skill_id) { return current(std::move(skill_id), std::string(first_account)); }

    /// The same clients for those who link in other ways.
    TokenClient& token_client() { return token_client_; }
    Lwa& lwa() { return lwa_; }

private:
    struct Skills {  ///< what a step needs of the database
        std::optional<Skill> skill;
        std::optional<StoredLinking> linking;
        Behaviour behaviour;
        bool is_complete() const { return skill && linking; }
    };
    struct Target {
        std::string skill_id, account, platform;
    };
    Task<Skills> load_skill(std::string skill_id);
    Task<LinkOutcome> redeem(LinkOutcome outcome, Target target, CodeToExchange code, bool may_hold);
    Task<TokenResult> exchange(Skills skills, CodeToExchange code, std::vector<LinkStep>& steps);
    Task<LinkOutcome> settle(LinkOutcome outcome, Target target, Skills skills, TokenAnswer tokens);
    Task<Enablement> save_tokens(Target target, StoredLinking linking, TokenAnswer tokens);
    Task<void> hold(Target target, CodeToExchange code, Instant due);
    Task<void> exchange_held(Enablement enablement);
    Task<void> look_ahead(std::string skill_id, std::string account, std::string url, Behaviour behaviour);

    struct Standing {
        Enablement enablement;
        Behaviour behaviour;
        bool is_new = false;
    };
    Task<Standing> load(std::string skill_id, std::string account);
    Task<Enablement> refreshed(Standing standing);
    Task<TokenResult> refresh(const Enablement& old, const StoredLinking& linking, const Behaviour& behaviour,
                              std::vector<LinkLogLine>& lines);
    Task<void> log(std::string skill_id, std::string account, std::vector<LinkLogLine> lines);
    Task<void> tell(LinkEvent::Kind kind, Enablement enablement);
    Instant now(const Behaviour& behaviour) const;
    bool is_due(const Standing& standing) const;

    Assistant::Parts parts_;
    const Identity& identity_;
    std::string base_url_;
    TokenClient token_client_;
    Lwa lwa_;
    AfterLink after_link_;
    Turns refreshes_;  ///< by skill and person
};

/// How long a token is good, from what the server says or, without that, from the configuration (§2.6).
std::optional<Instant> token_expiry(const TokenAnswer& tokens, const AccountLinking& config, Instant now);
/// A person who never spoke to the skill before has a standing with it from here on; `is_new` tells.
Enablement find_or_make_enablement(Store& store, const std::string& skill_id, const std::string& account,
                                   const std::string& new_user, bool* is_new = nullptr);
std::string make_user_id(crypto::Random& random);

}  // namespace symbolon::voice
