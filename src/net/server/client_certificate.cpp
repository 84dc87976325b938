#include "net/server/client_certificate.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <optional>

namespace symbolon::net {
namespace {

constexpr std::string_view pem_begin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view pem_end = "-----END CERTIFICATE-----";

std::string decode(std::string_view base64) {
    const auto der = parse_base64(base64);
    return der ? std::string(text_of(*der)) : std::string{};
}

/// The first certificate of a PEM text.
std::string parse_pem(std::string_view text) {
    const auto begin = text.find(pem_begin);
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin + pem_begin.size());
    std::string base64(text.substr(0, text.find(pem_end)));
    std::erase_if(base64, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    return decode(base64);
}

}  // namespace

std::string parse_client_certificate(std::string_view value) {
    if (value.size() > 2 && value.front() == ':' && value.back() == ':')
        return decode(value.substr(1, value.size() - 2));
    const auto pem = percent_decode(value);
    return pem ? parse_pem(*pem) : std::string{};
}

std::string find_client_certificate(const Headers& headers, std::string_view name) {
    const auto values = headers.find_all(name);
    return values.size() == 1 ? parse_client_certificate(values.front()) : std::string{};
}

}  // namespace symbolon::net
