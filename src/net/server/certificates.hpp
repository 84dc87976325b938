#pragma once

#include "net/server.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace symbolon::net {

/// One certificate with its key, ready to serve, and the DNS names of its subjectAltName in lower case.
struct ServedCertificate {
    std::shared_ptr<boost::asio::ssl::context> context;
    std::vector<std::string> names;
};

/// What a listener serves at one moment; connections keep the set that they began with.
class CertificateSet {
public:
    explicit CertificateSet(std::vector<ServedCertificate> certificates);

    /// The certificate for a server name: exact, then by wildcard (RFC 9525 §6.3), else the first one.
    const ServedCertificate& choose(std::string_view server_name) const;
    boost::asio::ssl::context& default_context() const { return *certificates_.front().context; }

private:
    std::vector<ServedCertificate> certificates_;
};

/// A listener's certificate files, read again when they change. Threads: any.
class Certificates {
public:
    /// Fails: Error{invalid_parameter} naming the file that cannot be used.
    Certificates(std::vector<TlsFiles> files, bool ask_clients);

    std::shared_ptr<const CertificateSet> current() const;
    /// Reads what changed since it was last read. A pair that cannot be used is logged and the old one kept.
    void reload();

private:
    /// The times of the two files' last changes.
    struct Stamp {
        std::filesystem::file_time_type certificate, key;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    struct Entry {
        TlsFiles files;
        Stamp seen;
        ServedCertificate served;
    };

    static Stamp stamp_of(const TlsFiles& files);
    void publish();

    const bool ask_clients_;
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    std::shared_ptr<const CertificateSet> current_;
};

}  // namespace symbolon::net
