#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "signin/challenge.hpp"

#include <string>

namespace symbolon::signin {

/// A password that somebody gives: to begin with, or under the session of a choice.
struct PasswordTry {
    Standing standing;         ///< as the sign-in begins, or as the session was read
    std::string session = {};  ///< "": none
    std::string login = {};    ///< whom the session must be of
};

/// Checks the password and goes on. A wrong one, and whatever looks like one, is counted. A right one whose hash is of
/// another system is hashed anew, and gets the verifier for SRP that it lacks.
Task<Outcome> try_password(Context context, PasswordTry tried, Password password);

}  // namespace symbolon::signin
