#include "federation/saml/requests.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/jose/jwk.hpp"
#include "federation/saml/document.hpp"
#include "federation/saml/time.hpp"

#include <zlib.h>

#include <limits>

namespace symbolon::federation::saml {
namespace {

constexpr std::string_view rsa_sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// Raw, without a header (SAML Bindings §3.4.4.1).
Bytes deflate_raw(std::string_view text) {
    z_stream stream{};
    constexpr int raw_window = -15, memory_level = 8;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, raw_window, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
        throw Error{Errc::internal, {}, "zlib does not start"};
    Bytes input(text.begin(), text.end());
    Bytes out(deflateBound(&stream, static_cast<uLong>(input.size())));
    stream.next_in = input.data();
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (done != Z_STREAM_END) throw Error{Errc::internal, {}, "zlib did not finish"};
    return out;
}

}  // namespace

std::string to_xml(const AuthnRequest& request) {
    std::string out = "<samlp:AuthnRequest xmlns:samlp=\"" + std::string(ns::protocol) + "\" xmlns:saml=\"" +
                      std::string(ns::assertion) + "\" ID=\"" + escape(request.id) + "\" Version=\"2.0\"";
    out += " IssueInstant=\"" + time_text(request.issued) + "\" Destination=\"" + escape(request.destination) + "\"";
    if (request.force) out += " ForceAuthn=\"true\"";
    out += " ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" AssertionConsumerServiceURL=\"" +
           escape(request.callback) + "\">";
    out += "<saml:Issuer>" + escape(request.issuer) + "</saml:Issuer>";
    return out + "</samlp:AuthnRequest>";
}

std::string redirect_url(const std::string& destination, const std::string& message, const std::string& relay_state,
                         const std::optional<Bytes>& key) {
    std::string query = "SAMLRequest=" + percent_encode(to_base64(deflate_raw(message)));
    query += "&RelayState=" + percent_encode(relay_state);
    if (key) {
        query += "&SigAlg=" + percent_encode(rsa_sha256);
        const auto signer = crypto::jose::SigningKey::from_der(*key, crypto::jose::Algorithm::rs256);
        query += "&Signature=" + percent_encode(to_base64(signer.sign(bytes_of(query))));
    }
    return destination + (destination.find('?') == std::string::npos ? "?" : "&") + query;
}

}  // namespace symbolon::federation::saml
