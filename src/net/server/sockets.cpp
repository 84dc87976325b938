#include "net/server/sockets.hpp"

#include "base/error.hpp"
#include "net/listen_error.hpp"

#include <sys/socket.h>
#include <boost/asio/io_context.hpp>

#include <cerrno>
#include <string_view>

namespace symbolon::net {
namespace {

using boost::asio::ip::tcp;

void open_and_bind(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, bool share) {
    boost::system::error_code error;
    acceptor.open(endpoint.protocol(), error);
    // Connections that linger from an earlier run do no harm.
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    const int yes = 1;
    if (!error && share && ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0) {
        error.assign(errno, boost::system::system_category());
    }
    if (!error) acceptor.bind(endpoint, error);
    if (error) throw ListenError(error, url_of(endpoint, false).substr(std::string_view("http://").size()));
}

}  // namespace

tcp::endpoint endpoint_of(const Listener& listener) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(listener.address, error);
    if (error) throw Error{Errc::invalid_parameter, "Not a numeric address to listen on: " + listener.address};
    return {address, listener.port};
}

void check_free(const tcp::endpoint& endpoint) {
    boost::asio::io_context context;
    tcp::acceptor probe(context);
    open_and_bind(probe, endpoint, false);
}

void bind(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
    open_and_bind(acceptor, endpoint, true);
}

std::string url_of(const tcp::endpoint& endpoint, bool tls) {
    auto host = endpoint.address().to_string();
    if (endpoint.address().is_v6()) host = '[' + host + ']';
    return (tls ? "https://" : "http://") + host + ':' + std::to_string(endpoint.port());
}

}  // namespace symbolon::net
