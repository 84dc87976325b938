#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::doctor {

/// What a platform asks the authorization endpoint for (RFC 6749 §4.1.1).
struct AuthorizationRequest {
    std::string client_id;
    std::string redirect_uri;
    std::string response_type = "code";
    std::optional<std::string> scope = {};
    std::string state;
    std::vector<std::pair<std::string, std::string>> more = {};
};

/// The address to open: what stands in the configured URL's query already is kept.
std::string authorization_address(const std::string& authorization_url, const AuthorizationRequest& request);

}  // namespace symbolon::doctor
