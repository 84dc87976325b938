#pragma once

#include "net/http.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace symbolon::voice {

/// The body as a JSON object. Fails: invalid_json.
boost::json::object parse_body(const net::Request& request);
/// The object that a body wraps. Its absence is a classic mistake, so the refusal names the wrapper. Fails:
/// invalid_parameter.
boost::json::object unwrap(boost::json::object body, std::string_view wrapper);
/// The text at a path of the body. Fails: invalid_parameter.
std::string require_text(const boost::json::object& body, std::string_view pointer);

/// An answer without a body.
net::Response empty_answer(int status);

/// What a document is known by until it changes.
std::string etag_of(const boost::json::object& document);
/// Fails: concurrent_modification, when the request knows another state than `etag`.
void check_if_match(const net::Request& request, const std::string& etag);

}  // namespace symbolon::voice
