#pragma once

#include "base/secret.hpp"
#include "directory/codes.hpp"
#include "directory/pools.hpp"
#include "messaging/message.hpp"
#include "signin/destination.hpp"

#include <string>
#include <string_view>

namespace symbolon::signin {

/// The message that carries a one-time code, by the pool's templates or the service's own texts.
/// Spec: cognito-api.md §7.1.
messaging::Message write_code(const directory::Pool& pool, directory::CodePurpose purpose,
                              const Destination& destination, const OneTimeCode& code, std::string username);

/// The message that carries a temporary password. `shown_name` is what the user signs in with.
messaging::Message write_invitation(const directory::Pool& pool, const Destination& destination,
                                    const Password& temporary, std::string username, std::string_view shown_name);

/// A template with its placeholders `{####}` and `{username}` filled in, each where it stands in the template: what is
/// filled in is not looked at again.
std::string fill_template(std::string_view text, std::string_view code, std::string_view username);

/// Text as it may stand in HTML.
std::string escape_html(std::string_view text);

}  // namespace symbolon::signin
