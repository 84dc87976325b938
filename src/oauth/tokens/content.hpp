#pragma once

#include "base/task.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"
#include "oauth/tokens.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"
#include "triggers/answers.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// What the tokens of one answer say of a user, beyond who signed in and when.
struct Content {
    std::vector<std::string> scopes;         ///< granted: they release attributes into the ID token
    std::vector<std::string> access_scopes;  ///< of the access token: the same, unless the pool's hook changed them
    std::string nonce = {};
    triggers::Groups groups = {};
    triggers::ClaimChanges id_token = {};
    triggers::ClaimChanges access_token = {};
    FrontChannel front = {};
};

/// The user's groups and their roles as tokens show them (oauth-and-hosted-ui.md §2.2).
triggers::Groups find_groups(db::Transaction& tx, const PoolId& pool, const UserId& user);

/// Asks the pool's pre token generation hook, where it has one, what to change. Not within a transaction.
/// Fails: hook_failed, hook_refused, hook_answer_invalid. Spec: cognito-api.md §6.3.
Task<Content> ask_token_hook(signin::Services& services, signin::PoolPtr pool, signin::ClientPtr client,
                             directory::User user, Content content, triggers::TokenSource source,
                             triggers::Metadata metadata);
/// The same of a token of a client for itself; only hooks of version V3_0 are asked.
Task<Content> ask_client_token_hook(signin::Services& services, signin::PoolPtr pool, signin::ClientPtr client,
                                    Content content, triggers::Metadata metadata);

/// Lays the changes over the claims of a token; a claim both added and suppressed is suppressed. No hook changes a
/// reserved claim (directory/claim_mappings.hpp).
void apply_changes(const triggers::ClaimChanges& changes, boost::json::object& claims);

}  // namespace symbolon::oauth
