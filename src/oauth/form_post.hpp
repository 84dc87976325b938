#pragma once

#include "net/form.hpp"
#include "net/http.hpp"

#include <string>

namespace symbolon::oauth {

/// A page that brings the answer to the redirect URI by itself, as a form; by its button where scripts are off. It
/// holds nothing but the form, and its policy lets nothing else run. Spec: OAuth 2.0 Form Post Response Mode §2.
net::Response form_post_page(const std::string& redirect_uri, const net::Form& answer);

}  // namespace symbolon::oauth
