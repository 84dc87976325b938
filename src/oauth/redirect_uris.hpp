#pragma once

#include <string>
#include <string_view>

namespace symbolon::oauth {

/// True when `sent` is the registered URI, byte for byte: nothing is decoded, folded or resolved before the comparison,
/// so nothing can be smuggled past it. One exception: where both are http on the literal 127.0.0.1 or [::1], the port
/// may differ, since a native application cannot know it beforehand (RFC 8252 §7.3, RFC 9700 §2.1).
bool matches_redirect_uri(std::string_view registered, std::string_view sent);

/// The URI with parameters behind it: '?' or '&' in front as the URI wants it, its own query kept byte for byte
/// (oauth-and-hosted-ui.md §1.4). `parameters` are encoded already.
std::string append_to_query(std::string_view uri, std::string_view parameters);

}  // namespace symbolon::oauth
