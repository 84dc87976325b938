#pragma once

#include "net/http.hpp"

#include <string>
#include <string_view>

namespace symbolon::net {

/// What a proxy says of the certificate that its client proved on TLS: as RFC 9440 §2.1 has it (`:` base64 of the DER
/// `:`), or PEM that is percent-encoded, as several proxies write it. Returns the DER; "" when it is neither.
std::string parse_client_certificate(std::string_view value);

/// The certificate in the header of that name; "" when it is absent, empty, unreadable or there twice.
std::string find_client_certificate(const Headers& headers, std::string_view name);

}  // namespace symbolon::net
