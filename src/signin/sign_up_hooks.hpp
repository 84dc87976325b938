#pragma once

#include "base/task.hpp"
#include "signin/sign_in.hpp"

#include <string>

/// The hook before a user is made (cognito-api.md §3.2, 5.; §6.3). Not within a transaction.
namespace symbolon::signin {

/// Asks the pool's PreSignUp hook, where it has one, of a user who wants to sign up, and does as it says: the user is
/// returned confirmed, with verified addresses, or as it came. To be asked when nothing else refuses the user, so that
/// the hook is not told of users who do not come to be.
/// Fails: hook_refused, hook_failed, hook_answer_invalid (also an address to verify that is not
/// there).
Task<directory::User> ask_pre_sign_up(Services& services, PoolPtr pool, ClientPtr client, directory::User user,
                                      Caller caller);

/// The same of a user whom an administrator makes: the hook may refuse, what else it answers is not heard.
Task<void> ask_pre_create_user(Services& services, PoolPtr pool, directory::User user, triggers::Metadata metadata,
                               triggers::Metadata validation_data);

/// True where a hook verified an address: it takes the alias from whoever has it (§6.3). Nothing else verifies one at
/// sign-up.
bool takes_aliases(const directory::User& user);

}  // namespace symbolon::signin
