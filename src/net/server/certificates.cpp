#include "net/server/certificates.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "net/http.hpp"
#include "net/server/tls_context.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::net {

CertificateSet::CertificateSet(std::vector<ServedCertificate> certificates) : certificates_(std::move(certificates)) {}

const ServedCertificate& CertificateSet::choose(std::string_view server_name) const {
    const auto wanted = to_lower(server_name);
    const auto serving = [&](const std::string& name) {
        return std::find_if(certificates_.begin(), certificates_.end(), [&](const auto& certificate) {
            return std::find(certificate.names.begin(), certificate.names.end(), name) != certificate.names.end();
        });
    };
    if (const auto exact = serving(wanted); exact != certificates_.end()) return *exact;
    if (const auto dot = wanted.find('.'); dot != std::string::npos && dot > 0) {
        if (const auto wildcard = serving('*' + wanted.substr(dot)); wildcard != certificates_.end()) return *wildcard;
    }
    return certificates_.front();
}

Certificates::Certificates(std::vector<TlsFiles> files, bool ask_clients) : ask_clients_(ask_clients) {
    for (auto& pair : files) {
        const auto stamp = stamp_of(pair);
        auto served = load_certificate(pair, ask_clients_);
        entries_.push_back({std::move(pair), stamp, std::move(served)});
    }
    publish();
}

std::shared_ptr<const CertificateSet> Certificates::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

void Certificates::reload() {
    const std::lock_guard lock(mutex_);
    bool changed = false;
    for (auto& entry : entries_) {
        const auto stamp = stamp_of(entry.files);
        if (stamp == std::exchange(entry.seen, stamp)) continue;
        try {
            entry.served = load_certificate(entry.files, ask_clients_);
            changed = true;
            log::info("certificate reloaded", {{"certificate", entry.files.certificate}});
        } catch (const Error& error) {  // the door: nobody else could keep the old certificate in service
            log::error("certificate not reloaded", {{"message", error.message}, {"detail", error.detail}});
        }
    }
    if (changed) publish();
}

Certificates::Stamp Certificates::stamp_of(const TlsFiles& files) {
    std::error_code gone;  // a missing file has the earliest time, and is found missing when it is read
    return {std::filesystem::last_write_time(files.certificate, gone),
            std::filesystem::last_write_time(files.key, gone)};
}

void Certificates::publish() {
    std::vector<ServedCertificate> served;
    for (const auto& entry : entries_) served.push_back(entry.served);
    current_ = std::make_shared<const CertificateSet>(std::move(served));
}

}  // namespace symbolon::net
