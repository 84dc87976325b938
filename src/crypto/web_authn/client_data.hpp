#pragma once

#include "base/bytes.hpp"
#include "crypto/web_authn/web_authn.hpp"

#include <optional>
#include <string_view>

/// What the browser says of a ceremony (WebAuthn §5.8.1). Private to the folder.
namespace symbolon::crypto::web_authn {

/// The checks of steps 7 to 10 of §7.1 and 11 to 14 of §7.2: the type, our challenge, an allowed origin that is not in
/// a frame of another one, no token binding (there is none on our connections). Nothing when all hold.
std::optional<Fault> check_client_data(ByteView json, std::string_view type, const Expected& expected);

}  // namespace symbolon::crypto::web_authn
