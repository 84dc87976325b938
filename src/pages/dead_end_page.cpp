#include "pages/dead_end_page.hpp"

#include "pages/page.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace symbolon::pages {
namespace {

struct DeadEnd {
    std::string_view code;
    std::string_view title, text;  ///< keys
    std::string_view detail;       ///< for developers
};

constexpr DeadEnd unknown{"", "error_title", "error_text", ""};

constexpr std::array<DeadEnd, 9> dead_ends{
    {{"redirect_mismatch", "error_title", "error_text",
      "redirect_mismatch: redirect_uri is not one of the client's callback URLs."},
     {"Invalid state", "error_expired_title", "error_expired_text",
      "Invalid state: the answer of an identity provider that came late, twice, or in another browser."},
     {"Sign-in refused", "error_refused_title", "error_refused_text",
      "The identity provider did not let the person in."},
     {"invalid_client", "error_title", "error_text", "invalid_client: there is no such client in this user pool."},
     {"unauthorized_client", "error_title", "error_text",
      "unauthorized_client: the client may not use the hosted pages."},
     {"invalid_request_uri", "error_title", "error_text",
      "invalid_request_uri: the request_uri is unknown, used or expired."},
     {"invalid_request_object", "error_title", "error_text",
      "invalid_request_object: the request object is not accepted."},
     {"invalid_request", "error_title", "error_text",
      "invalid_request: a required parameter is missing, or one is given twice."},
     // The logout endpoint has ended the session and does not know where to go.
     {"logout_uri_missing", "signed_out_title", "signed_out_lead",
      "invalid_request: Required String parameter 'redirect_uri' is not present. /logout takes logout_uri, one of the "
      "client's LogoutURLs, or redirect_uri with response_type to sign in again."}}};

}  // namespace

net::Response dead_end_page(const Visit& visit) {
    const auto code = visit.query.get("error");
    if (code == "temporarily_unavailable") return failure_page(visit, 503);
    const auto* known =
        std::find_if(dead_ends.begin(), dead_ends.end(), [&](const DeadEnd& one) { return one.code == code; });
    const auto& shown = known == dead_ends.end() ? unknown : *known;
    return error_page(visit, 400, shown.title, shown.text, std::string(shown.detail));
}

net::Response failure_page(const Visit& visit, int status) {
    return error_page(visit, status, "error_server_title", "error_server_text", "");
}

}  // namespace symbolon::pages
