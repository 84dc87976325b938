#pragma once

#include "pages/flow.hpp"

#include <optional>

namespace symbolon::pages {

/// The pages by which somebody lets in a device that shows a code (RFC 8628 §3.3): type the code, sign in, say yes.
Task<net::Response> device_page(Flow& flow, Visit visit);
Task<net::Response> device_confirm_page(Flow& flow, Visit visit);
/// The code's page as a QR code, SVG: for devices that show it (oauth/device_request.hpp).
Task<net::Response> device_qr_code(Flow& flow, Visit visit);

/// The request for a sign-in that a visit's query names by its device; nothing when the device does not wait, or
/// another browser began it.
Task<std::optional<oauth::AuthorizationRequest>> find_device_request(Flow& flow, const Visit& visit);

}  // namespace symbolon::pages
