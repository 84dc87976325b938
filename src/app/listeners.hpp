#pragma once

#include "app/options.hpp"
#include "net/server.hpp"

#include <string>

namespace symbolon::app {

/// What the HTTP server is told, from what the command line was told. Fails: Error{invalid_parameter}.
net::ServerOptions server_options(const ServeOptions& options);

/// The URL that a listener can be reached at from this machine: an "any" address becomes the loopback address.
std::string public_url(std::string url);
std::string without_slash(std::string url);

}  // namespace symbolon::app
