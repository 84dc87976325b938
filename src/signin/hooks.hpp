#pragma once

#include "base/task.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/occasion.hpp"
#include "signin/services.hpp"
#include "triggers/call.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// From the words of the directory to those of the hooks into user code (triggers). A use case runs a hook so:
///
///     if (auto call = hook_call(*pool, &LambdaConfig::PreAuthentication, client->id.str(), user, {}))
///         co_await services.triggers.pre_authentication(std::move(*call), caller.metadata, false);
///
/// Never inside a transaction. Which ClientMetadata reaches which hook: cognito-api.md §6.4.
namespace symbolon::signin {

using LambdaConfig = directory::LambdaConfigType;
using Hook = std::optional<directory::shape::Arn> LambdaConfig::*;
using VersionedHook = std::optional<directory::LambdaVersionConfigType> LambdaConfig::*;
using TokenHook = std::optional<directory::PreTokenGenerationVersionConfigType> LambdaConfig::*;

/// The call of the function that the pool names for this trigger; nothing when it names none. `client_id` is "" for
/// administrators. A user without id, who does not exist or not yet, has neither `sub` nor status in the event.
std::optional<triggers::Call> hook_call(const directory::Pool& pool, Hook hook, std::string_view client_id,
                                        const directory::User& user, triggers::Metadata metadata);
std::optional<triggers::Call> hook_call(const directory::Pool& pool, VersionedHook hook, std::string_view client_id,
                                        const directory::User& user, triggers::Metadata metadata);
std::optional<triggers::Call> hook_call(const directory::Pool& pool, TokenHook hook, std::string_view client_id,
                                        const directory::User& user, triggers::Metadata metadata);

bool has_hook(const directory::Pool& pool, Hook hook);
/// The call of a function that is known by its ARN alone.
triggers::Call make_function_call(std::string function, const PoolId& pool, std::string_view client_id,
                                  const directory::User& user, triggers::Metadata metadata);

/// Runs the hook after a confirmation, where the pool has one. The confirmation is done already, and stays: what fails
/// here is the answer only (§6.1).
Task<void> run_post_confirmation(Services& services, std::shared_ptr<const directory::Pool> pool, std::string client_id,
                                 directory::User user, triggers::PostConfirmationSource source,
                                 triggers::Metadata metadata);

/// The pool as it is for one message: where it has a CustomMessage hook, that is asked, and what it answers stands
/// where the pool's templates stood. To be asked before the transaction that makes the code, and only where that will
/// come to one: what is refused without the hook is refused first. Spec: cognito-api.md §6.3.
Task<std::shared_ptr<const directory::Pool>> with_custom_texts(Services& services,
                                                               std::shared_ptr<const directory::Pool> pool,
                                                               directory::User user, Occasion occasion);

}  // namespace symbolon::signin
