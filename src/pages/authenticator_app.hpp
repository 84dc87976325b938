#pragma once

#include "pages/visit.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace symbolon::pages {

/// Adds what an authenticator app is fed with: a QR code of the key, and the key to be typed. `secret` is Base32.
void add_authenticator_app(boost::json::object& context, const Visit& visit, const std::string& secret,
                           const std::string& login);

}  // namespace symbolon::pages
