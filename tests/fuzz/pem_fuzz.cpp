#include "crypto/pem.hpp"
#include "fuzz.hpp"

#include <string>

using namespace symbolon::crypto;
namespace fuzz = symbolon::fuzz;

namespace {

std::string write(const std::vector<CertificatePtr>& certificates) {
    std::string out;
    for (const auto& certificate : certificates) out += pem::to_text(certificate.get());
    return out;
}

}  // namespace

/// Certificates or a private key, as an operator's files have them and as a chain is fetched.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto certificates = pem::parse_certificates(text);
    fuzz::require(certificates.size() <= 8, "a chain is short");
    if (!certificates.empty()) {
        const auto written = write(certificates);
        const auto again = pem::parse_certificates(written);
        fuzz::require(again.size() == certificates.size() && write(again) == written, "certificates are read back");
    }
    if (const auto key = pem::parse_private_key(text)) {
        // OpenSSL reads keys that it cannot write, such as one without its private number.
        fuzz::allow_refusal([&] {
            const auto written = pem::to_text(key.get());
            const auto again = pem::parse_private_key(written);
            fuzz::require(again && pem::to_text(again.get()) == written, "a key is read back");
        });
    }
    return 0;
}
