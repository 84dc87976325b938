#include "federation/saml/redirect_binding.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/certificate_signature.hpp"
#include "crypto/jose/jwk.hpp"
#include "federation/saml/document.hpp"
#include "net/form.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace symbolon::federation::saml {
namespace {

using crypto::x509::Digest;

constexpr int raw_window = -15;  // DEFLATE without a header (§3.4.4.1)

constexpr std::array<std::pair<std::string_view, Digest>, 3> signature_methods{
    {{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Digest::sha256},
     {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", Digest::sha384},
     {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", Digest::sha512}}};

Bytes deflate_raw(std::string_view text) {
    z_stream stream{};
    constexpr int memory_level = 8;
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

/// Nothing for what is not compressed, goes on behind its end, or would become too long: a few bytes can stand for
/// gigabytes.
std::optional<std::string> inflate_raw(Bytes input) {
    z_stream stream{};
    if (inflateInit2(&stream, raw_window) != Z_OK) throw Error{Errc::internal, {}, "zlib does not start"};
    std::string out(Document::largest, '\0');
    stream.next_in = input.data();
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = inflate(&stream, Z_FINISH);
    const bool is_whole = done == Z_STREAM_END && stream.avail_in == 0;
    out.resize(stream.total_out);
    inflateEnd(&stream);
    if (!is_whole) return std::nullopt;
    return out;
}

/// A parameter as it stands in the query, `name=value`; nothing when it is not there, or twice.
std::optional<std::string> raw_parameter(std::string_view query, std::string_view name) {
    std::optional<std::string> found;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
        if (found) return std::nullopt;
        found = std::string(pair);
    }
    return found;
}

/// Another spelling of a name (`%53AMLRequest`) would hide a second parameter from the signature.
bool is_plain(const net::Form& form, std::string_view query) {
    for (const auto name : {request_parameter, response_parameter, std::string_view("RelayState"),
                            std::string_view("SigAlg"), std::string_view("Signature")}) {
        const auto there = form.count(name);
        if (there > 1 || (there == 1 && !raw_parameter(query, name))) return false;
    }
    return form.count(request_parameter) + form.count(response_parameter) == 1;
}

}  // namespace

std::string redirect_url(const std::string& destination, std::string_view parameter, const std::string& message,
                         const std::string& relay_state, const std::optional<Bytes>& key) {
    std::string query = std::string(parameter) + "=" + percent_encode(to_base64(deflate_raw(message)));
    if (!relay_state.empty()) query += "&RelayState=" + percent_encode(relay_state);
    if (key) {
        query += "&SigAlg=" + percent_encode(signature_methods[0].first);
        const auto signer = crypto::jose::SigningKey::from_der(*key, crypto::jose::Algorithm::rs256);
        query += "&Signature=" + percent_encode(to_base64(signer.sign(bytes_of(query))));
    }
    return destination + (destination.find('?') == std::string::npos ? "?" : "&") + query;
}

std::optional<RedirectMessage> read_redirect(std::string_view query, std::string_view parameter) {
    const auto form = net::Form::parse(query);
    const auto raw = raw_parameter(query, parameter);
    if (!raw || !is_plain(form, query)) return std::nullopt;
    auto compressed = parse_base64(form.get(parameter));
    auto signature = parse_base64(form.get("Signature"));
    if (!compressed || !signature) return std::nullopt;
    auto text = inflate_raw(std::move(*compressed));
    if (!text) return std::nullopt;
    RedirectMessage message;
    message.text = std::move(*text);
    message.algorithm = form.get("SigAlg");
    message.signature = std::move(*signature);
    message.signed_text = *raw;
    if (const auto state = raw_parameter(query, "RelayState")) message.signed_text += "&" + *state;
    if (const auto algorithm = raw_parameter(query, "SigAlg")) message.signed_text += "&" + *algorithm;
    return message;
}

bool is_signed_by(const RedirectMessage& message, const std::vector<Bytes>& certificates) {
    const auto* method = std::find_if(signature_methods.begin(), signature_methods.end(),
                                      [&](const auto& known) { return known.first == message.algorithm; });
    if (method == signature_methods.end() || message.signature.empty()) return false;
    return std::any_of(certificates.begin(), certificates.end(), [&](const Bytes& certificate) {
        return crypto::x509::is_signed_by_certificate(certificate, method->second, bytes_of(message.signed_text),
                                                      message.signature);
    });
}

}  // namespace symbolon::federation::saml
