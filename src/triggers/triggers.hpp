#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "triggers/answers.hpp"
#include "triggers/call.hpp"
#include "triggers/functions.hpp"
#include "triggers/pool_queues.hpp"
#include "triggers/response.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::triggers {

/// The hooks into user code, one coroutine for each trigger: it makes the event, has the function run, and reads the
/// answer, of which nothing is believed. Call them only where the pool names a function, and never within a
/// transaction. All of them fail with: hook_failed (`<Trigger> invocation failed due to error <reason>.`), hook_refused
/// (`<Trigger> failed with error <message>.`), hook_answer_invalid. Threads: any. Spec: cognito-api.md §6.
class Triggers {
public:
    explicit Triggers(Functions& functions, QueueLimits limits = {});

    Task<PreSignUpAnswer> pre_sign_up(Call call, PreSignUpSource source, Metadata validation_data);
    Task<void> post_confirmation(Call call, PostConfirmationSource source);

    /// `validation_data` is the ClientMetadata of InitiateAuth.
    Task<void> pre_authentication(Call call, Metadata validation_data, bool user_not_found);
    Task<void> post_authentication(Call call, bool new_device_used);

    Task<DefineAuthAnswer> define_auth_challenge(Call call, std::vector<ChallengeResult> session, bool user_not_found);
    Task<CreateAuthAnswer> create_auth_challenge(Call call, std::string challenge_name,
                                                 std::vector<ChallengeResult> session, bool user_not_found);
    /// True when the answer is right.
    Task<bool> verify_auth_challenge(Call call, Attributes private_parameters, std::string answer, bool user_not_found);

    Task<TokenAnswer> pre_token_generation(Call call, TokenQuestion question);

    /// `call.username` is what was typed; `password` is empty when it was forgotten. Nothing: nobody knows such a user.
    Task<std::optional<MigratedUser>> user_migration(Call call, MigrationSource source, Password password,
                                                     Metadata validation_data);

    /// Asked before the code exists: the answer is a template. `admin_create_user` has `{username}` as well.
    Task<MessageAnswer> custom_message(Call call, MessageSource source);
    /// Hands a message to the function that sends it. `sealed_code` is what the function can open (sender_code.hpp), or
    /// "" when there is none to send.
    Task<void> custom_sms_sender(Call call, MessageSource source, std::string sealed_code);
    Task<void> custom_email_sender(Call call, MessageSource source, std::string sealed_code);

    /// The attributes to map; nothing: unchanged.
    Task<std::optional<boost::json::object>> inbound_federation(Call call, FederationQuestion question);

private:
    Task<Response> ask(PoolId pool, std::string function, std::string_view trigger, boost::json::object event);

    Functions& functions_;
    PoolQueues queues_;
};

}  // namespace symbolon::triggers
