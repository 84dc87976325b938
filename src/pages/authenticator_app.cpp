#include "pages/authenticator_app.hpp"

#include "base/encoding.hpp"
#include "pages/qr_code.hpp"

#include <string_view>

namespace symbolon::pages {
namespace {

/// What the QR code says to the app (the Key URI Format that authenticator apps share).
std::string key_uri(const std::string& pool, const std::string& login, const std::string& secret) {
    const auto issuer = percent_encode(pool);
    return "otpauth://totp/" + issuer + ":" + percent_encode(login) + "?secret=" + secret + "&issuer=" + issuer;
}

/// In groups of four, to be typed.
std::string grouped(std::string_view secret) {
    std::string out;
    for (std::size_t i = 0; i < secret.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += ' ';
        out += secret[i];
    }
    return out;
}

}  // namespace

void add_authenticator_app(boost::json::object& context, const Visit& visit, const std::string& secret,
                           const std::string& login) {
    const auto code = make_qr_code(key_uri(visit.site.pool->name, login, secret));
    context["qr"] = boost::json::object{{"size", std::to_string(code.size)}, {"path", code.path}};
    context["secret"] = grouped(secret);
    context["device_name"] = visit.form.get("device_name");
}

}  // namespace symbolon::pages
