#include "crypto/client_certificate.hpp"
#include "crypto/pem.hpp"
#include "fuzz.hpp"

#include <boost/json/parse.hpp>

#include <string>

using namespace symbolon;
using namespace symbolon::crypto;

namespace {

/// The first certificate of a PEM text in DER; empty when there is none.
Bytes to_der(std::string_view text) {
    const auto certificates = pem::parse_certificates(text);
    if (certificates.empty()) return {};
    unsigned char* encoded = nullptr;
    const int size = i2d_X509(certificates.front().get(), &encoded);
    fuzz::require(size > 0, "a certificate can be written");
    Bytes der(encoded, encoded + size);
    OPENSSL_free(encoded);
    return der;
}

void check(ByteView der) {
    const auto certificate = x509::ClientCertificate::parse(der);
    if (!certificate) return;
    fuzz::require(certificate->thumbprint().size() == 43, "a certificate is known by its SHA-256");
    fuzz::require(certificate->subject().find_first_of("\r\n") == std::string::npos, "a subject is a line");
    fuzz::require(!certificate->is_issued_by({}, from_ms(1'800'000'000'000)), "nobody issues for nobody");
    fuzz::require(!certificate->has_key_of({}), "no key is not its key");
    fuzz::require(!certificate->has_name(x509::AlternativeName::dns, "somebody.else.example"),
                  "it has its names alone");
    fuzz::require(!certificate->has_name(x509::AlternativeName::dns, ""), "of which none is empty");
}

}  // namespace

/// The certificate of a client: as TLS brings it, or in PEM, as a proxy does.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check({data, size});
    check(to_der(fuzz::text_of(data, size)));
    return 0;
}
