#pragma once

#include "signin/step.hpp"

#include <string>
#include <vector>

namespace symbolon::signin {

/// How a person was authenticated, in the service's words (oauth-and-hosted-ui.md §1.16; RFC 8176 §2): what was really
/// proven, never what could have been. A passkey is `swk`; a code that stands alone is `otp`, by whichever way it came.
std::vector<std::string> amr_of(const Proofs& given);

/// The authentication level of that, 1 to 4 (oauth-and-hosted-ui.md §1.16): a password; a code; a passkey, or a
/// password and a code that was sent; a password and an app's code. 0: nothing was proven.
int level_of(const std::vector<std::string>& amr);

}  // namespace symbolon::signin
