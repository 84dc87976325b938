#pragma once

#include "net/form.hpp"
#include "net/http.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace symbolon::voice {

/// What may be shown of an exchange with a server: codes, tokens, secrets, passwords and cookies are replaced by their
/// length and the beginning of their hash, which tells whether two are the same and nothing else.

/// "‹43 characters, 1a2b3c4d›"; "" stays "".
std::string mask(std::string_view secret);
/// Whether a member or parameter of this name holds something secret.
bool is_secret_name(std::string_view name);

/// As sent, secrets masked, for reading: not percent-encoded.
std::string redacted_form(const net::Form& form);
boost::json::value redacted_json(boost::json::value body);
/// A URL with the secrets of its query and of its fragment masked.
std::string redacted_url(std::string_view url);
/// The value of one header field: credentials, cookies and the query of Location masked.
std::string redacted_field(std::string_view name, std::string_view value);
/// A body by its type: form, JSON, or text of which at most `most` bytes are shown; what is no text is told by its
/// length. A page's form tokens are not looked for: what is HTML is told by its title and its length.
std::string redacted_body(std::string_view content_type, std::string_view body, std::size_t most = 4000);

}  // namespace symbolon::voice
