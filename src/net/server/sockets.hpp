#pragma once

#include "net/server.hpp"

#include <boost/asio/ip/tcp.hpp>

namespace symbolon::net {

/// The endpoint of a listener. Fails: Error{invalid_parameter} when its address is not numeric.
boost::asio::ip::tcp::endpoint endpoint_of(const Listener& listener);

/// Fails with ListenError when somebody else listens there: SO_REUSEPORT alone would silently share the port with
/// another process of the same user.
void check_free(const boost::asio::ip::tcp::endpoint& endpoint);

/// Binds with SO_REUSEPORT, without listening yet. Fails: ListenError.
void bind(boost::asio::ip::tcp::acceptor& acceptor, const boost::asio::ip::tcp::endpoint& endpoint);

/// "http://127.0.0.1:8400", "https://[::1]:8400".
std::string url_of(const boost::asio::ip::tcp::endpoint& endpoint, bool tls);

}  // namespace symbolon::net
