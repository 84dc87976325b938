#pragma once

#include "base/error.hpp"

#include <string_view>

namespace symbolon::oauth {

/// How a refusal looks on the wire of OAuth 2.0.
struct Wire {
    std::string_view error;  ///< the code of RFC 6749 §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1
    int status;              ///< HTTP status of an endpoint that answers with JSON
};

Wire to_wire(Errc code);

}  // namespace symbolon::oauth
