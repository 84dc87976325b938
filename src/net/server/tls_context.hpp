#pragma once

#include "net/server/certificates.hpp"

#include <openssl/ssl.h>
#include <boost/asio/ssl/context.hpp>

#include <string>

namespace symbolon::net {

/// Reads a chain and its key into a context of the server's settings: TLS 1.2 and later, forward secrecy and AEAD only,
/// no renegotiation, no server-side session cache. Where clients are asked for certificates, whatever they show is
/// taken if they prove its key. Fails: Error{invalid_parameter} naming the file.
ServedCertificate load_certificate(const TlsFiles& files, bool ask_clients);

/// DER of the certificate that the client proved; "" when it showed none.
std::string client_certificate_of(SSL* connection);

/// Lets a connection that was made with the set's default context change to the certificate that its client asks for
/// (SNI, RFC 6066 §3). The set must outlive the connection.
void choose_by_server_name(SSL* connection, const CertificateSet& set);

}  // namespace symbolon::net
