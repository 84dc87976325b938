#include "directory/client_rules.hpp"
#include "fuzz.hpp"
#include "net/http.hpp"
#include "oauth/redirect_uris.hpp"

#include <algorithm>
#include <string>

using namespace symbolon;

namespace {

bool is_loopback(std::string_view uri) {
    return std::ranges::any_of(std::initializer_list<std::string_view>{"http://127.0.0.1", "http://[::1]"},
                               [&](std::string_view origin) {
                                   if (!uri.starts_with(origin)) return false;
                                   const auto rest = uri.substr(origin.size());
                                   return rest.empty() || std::string_view(":/?").find(rest.front()) != rest.npos;
                               });
}

void check_allowed(std::string_view uri) {
    if (!directory::is_allowed_redirect(uri)) return;
    const auto lower = net::to_lower(uri);
    for (const std::string_view scheme : {"javascript:", "data:", "vbscript:", "file:", "blob:", "about:"}) {
        fuzz::require(!lower.starts_with(scheme), "nothing that a browser runs is a redirect URI");
    }
    fuzz::require(std::ranges::all_of(uri, [](char c) { return c > ' ' && c < '\x7F'; }),
                  "a redirect URI cannot end a header line");
    fuzz::require(uri.find('#') == uri.npos, "a redirect URI has no fragment");
}

}  // namespace

/// The lines: a registered URI, and the one that a request sends.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto sent = fuzz::text_of(data, size);
    const auto registered = fuzz::take_part(sent);
    check_allowed(registered);
    check_allowed(sent);
    if (oauth::matches_redirect_uri(registered, sent) && registered != sent) {
        fuzz::require(is_loopback(registered) && is_loopback(sent), "only loopback URIs match without being equal");
    }
    fuzz::require(oauth::append_to_query(sent, "code=1").starts_with(sent), "the URI is kept byte for byte");
    return 0;
}
