#pragma once

#include "net/client.hpp"

#include <boost/json/value.hpp>

#include <string>

namespace symbolon::app {

/// One signed call of the JSON API. Blocks. Fails: Error{unavailable} with the answer's `__type` in the detail.
boost::json::value call_api(net::Client& client, const std::string& url, const std::string& region,
                            const std::string& access_key_id, const std::string& secret_access_key,
                            const std::string& operation, const boost::json::value& body);

/// One call of a REST API with a bearer token; the answer's JSON, or null for an empty body. Blocks.
/// Fails: Error{unavailable} for a status that is not 2xx.
boost::json::value call_rest(net::Client& client, const std::string& method, const std::string& url,
                             const std::string& access_token, const boost::json::value& body);

}  // namespace symbolon::app
