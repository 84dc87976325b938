#pragma once

#include "base/error.hpp"
#include "directory/codes.hpp"
#include "directory/users.hpp"
#include "signin/step.hpp"

namespace symbolon::signin {

/// The words in which things are refused. Spec: cognito-api.md §3.1, §3.2, §3.9, §3.11, §3.13.
Error to_error(Refusal refusal);

Error unknown_user();            ///< "User does not exist."
Error unknown_user_of_client();  ///< sign-up and recovery: "Username/client id combination not found."
Error password_locked();
Error attempt_limit_exceeded();
Error too_many_guesses();  ///< at the code of a sign-in
Error cannot_confirm(directory::UserStatus status);
Error compromised_password();  ///< of a new password
Error no_recovery_contact();   ///< nothing verified that a code could be sent to

/// A verification code that is not right. Fails: never asked about a right one.
Error wrong_verification_code(directory::OneTimeCodes::Result result);

}  // namespace symbolon::signin
