#pragma once

#include "pages/visit.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace symbolon::pages {

/// What every page's context begins with: language, assets, client, links, form action, CSRF token, and a notice or
/// error that the former page left (web/pages/README.md).
boost::json::object page_context(const Visit& visit);

/// True where people may make accounts by themselves.
bool offers_sign_up(const Visit& visit);

/// Renders a template and adds the headers that every page has: no caching, no framing, no referrer, and a
/// Content-Security-Policy that allows our own style, script and pictures and lets forms end at the client's redirect
/// URI.
net::Response page_response(const Visit& visit, int status, std::string_view page, const boost::json::object& context);

/// The page that says why nothing can go on. `detail` is for developers, in English, and holds no secret.
net::Response error_page(const Visit& visit, int status, std::string_view title_key, std::string_view text_key,
                         const std::string& detail);

}  // namespace symbolon::pages
