#include "signin/refusals.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <string>

namespace symbolon::signin {

Error to_error(Refusal refusal) {
    switch (refusal) {
        case Refusal::wrong_password:
            return Error{Errc::not_authorized, "Incorrect username or password."};
        case Refusal::disabled:
            return Error{Errc::not_authorized, "User is disabled."};
        case Refusal::not_confirmed:
            return Error{Errc::user_not_confirmed, "User is not confirmed."};
        case Refusal::reset_required:
            return Error{Errc::password_reset_required, "Password reset required for the user"};
        case Refusal::temporary_password_expired:
            return Error{Errc::not_authorized, "Temporary password has expired and must be reset by an administrator."};
        case Refusal::wrong_code:
            return Error{Errc::code_mismatch, "Invalid code or auth state for the user."};
        case Refusal::wrong_app_code:
            return Error{Errc::code_mismatch, "Invalid code received for user"};
        case Refusal::not_offered:
            return Error{Errc::invalid_parameter, "The selected challenge is not available for the user."};
        case Refusal::out_of_turn:
            return Error{Errc::not_authorized, "Invalid session for the user."};
        case Refusal::blocked:
            return Error{Errc::sign_in_blocked, "Unable to login because of security reasons."};
        case Refusal::compromised_password:
            return Error{Errc::password_reset_required, "Password reset required for the user"};
        case Refusal::level_out_of_reach:
            return Error{Errc::not_authorized, "The user cannot reach the requested authentication level."};
    }
    return Error{Errc::internal, {}, "an unknown refusal"};
}

Error unknown_user() {
    return Error{Errc::user_not_found, "User does not exist."};
}

Error unknown_user_of_client() {
    return Error{Errc::user_not_found, "Username/client id combination not found."};
}

Error password_locked() {
    return Error{Errc::not_authorized, "Password attempts exceeded"};
}

Error attempt_limit_exceeded() {
    return Error{Errc::limit_exceeded, "Attempt limit exceeded, please try after some time."};
}

Error too_many_guesses() {
    return Error{Errc::too_many_attempts, "Attempt limit exceeded, please try after some time."};
}

Error cannot_confirm(directory::UserStatus status) {
    return Error{Errc::not_authorized, std::string("User cannot be confirmed. Current status is ") +
                                           boost::describe::enum_to_string(status, "UNKNOWN")};
}

Error compromised_password() {
    return Error{Errc::password_compromised, "Provided password cannot be used for security reasons."};
}

Error no_recovery_contact() {
    return Error{Errc::invalid_parameter,
                 "Cannot reset password for the user as there is no registered/verified email or phone_number"};
}

Error wrong_verification_code(directory::OneTimeCodes::Result result) {
    using Result = directory::OneTimeCodes::Result;
    if (result == Result::wrong)
        return Error{Errc::code_mismatch, "Invalid verification code provided, please try again."};
    // A code that was guessed at too often is as dead as an expired one, and the way on is the same.
    return Error{Errc::code_expired, "Invalid code provided, please request a code again."};
}

}  // namespace symbolon::signin
