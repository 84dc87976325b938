#include "oauth/form_post.hpp"

#include "base/encoding.hpp"
#include "base/markup.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"

#include <string_view>

namespace symbolon::oauth {
namespace {

constexpr std::string_view script = "document.forms[0].submit()";

/// No form-action: browsers apply it to where the client's answer leads, too, and that is the client's business.
const std::string& policy() {
    static const std::string text = "default-src 'none'; script-src 'sha256-" + to_base64(crypto::sha256(script)) +
                                    "'; base-uri 'none'; frame-ancestors 'none'";
    return text;
}

}  // namespace

net::Response form_post_page(const std::string& redirect_uri, const net::Form& answer) {
    std::string body =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>Continue</title></head>\n"
        "<body><form method=\"post\" action=\"";
    body += escape_html(redirect_uri);
    body += "\">\n";
    for (const auto& [name, value] : answer) {
        body += "<input type=\"hidden\" name=\"" + escape_html(name) + "\" value=\"" + escape_html(value) + "\">\n";
    }
    body += "<button type=\"submit\">Continue</button></form>\n<script>";
    body += script;
    body += "</script></body></html>\n";
    auto response = net::html(200, std::move(body));
    response.headers.set("Content-Security-Policy", policy());
    return response;
}

}  // namespace symbolon::oauth
