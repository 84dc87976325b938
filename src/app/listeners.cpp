#include "app/listeners.hpp"

#include "base/error.hpp"

#include <utility>

namespace symbolon::app {

namespace {

std::vector<net::TlsFiles> tls_files(const ServeOptions& options) {
    if (options.tls_cert.empty() != options.tls_key.empty()) {
        throw Error(Errc::invalid_parameter, "--tls-cert and --tls-key go together.");
    }
    std::vector<net::TlsFiles> files;
    if (!options.tls_cert.empty()) files.push_back({options.tls_cert, options.tls_key});
    for (const auto& pair : options.tls_extra) {
        const auto comma = pair.find(',');
        if (comma == std::string::npos || files.empty()) {
            throw Error(Errc::invalid_parameter, "--tls-extra takes CERT,KEY and needs --tls-cert.");
        }
        files.push_back({pair.substr(0, comma), pair.substr(comma + 1)});
    }
    return files;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

}  // namespace

net::ServerOptions server_options(const ServeOptions& options) {
    net::ServerOptions out;
    const auto files = tls_files(options);
    for (const auto& text : options.listen) {
        auto address = parse_address(text);
        out.listeners.push_back({std::move(address.host), address.port, files});
    }
    out.threads = options.threads;
    out.max_connections = options.max_connections;
    out.trusted_proxies = options.trusted_proxies;
    out.ask_client_certificates = options.tls_client_certificates;
    out.client_certificate_header = options.client_certificate_header;
    out.access_log = true;
    return out;
}

std::string public_url(std::string url) {
    replace(url, "//0.0.0.0", "//127.0.0.1");
    replace(url, "//[::]", "//[::1]");
    return url;
}

std::string without_slash(std::string url) {
    while (!url.empty() && url.back() == '/') url.pop_back();
    return url;
}

}  // namespace symbolon::app
