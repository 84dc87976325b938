#pragma once

#include "doctor/transport.hpp"
#include "doctor/transport/socket.hpp"

#include <chrono>
#include <string>

namespace symbolon::doctor {

/// Shakes hands as a client that looks at everything and insists on nothing, so that one handshake tells all that is
/// wrong. Nothing is sent on the connection afterwards.
TlsReport handshake(const Socket& socket, const std::string& host, TlsOffer offer, const std::string& ca_file,
                    Instant now, std::chrono::milliseconds limit);

}  // namespace symbolon::doctor
