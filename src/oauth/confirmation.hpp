#pragma once

#include <string>

namespace symbolon::oauth {

/// Keys, by their thumbprints in base64url: those that the sender of a request proves to have, or those that a token is
/// bound to (`cnf`, RFC 7800 §3.1). Who shows a bound token has to prove its keys, so a stolen one opens nothing.
struct Confirmation {
    std::string jkt = {};  ///< of a DPoP proof (RFC 9449 §6.1); "": none
    std::string x5t = {};  ///< of a TLS client certificate, x5t#S256 (RFC 8705 §3.1); "": none

    bool empty() const { return jkt.empty() && x5t.empty(); }
    /// Whether these keys are enough for what is bound to those.
    bool covers(const Confirmation& bound) const {
        return (bound.jkt.empty() || bound.jkt == jkt) && (bound.x5t.empty() || bound.x5t == x5t);
    }
};

}  // namespace symbolon::oauth
