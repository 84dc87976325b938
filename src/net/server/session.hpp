#pragma once

#include "net/server/session_base.hpp"
#include "net/server/worker.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>

namespace symbolon::net {

/// Serves a connection to its end, on the worker's event loop. `certificates` null: plain HTTP.
void serve(Worker& worker, boost::asio::ip::tcp::socket socket, std::shared_ptr<const CertificateSet> certificates);

}  // namespace symbolon::net
