#include "doctor/observe/authorization_request.hpp"

#include "base/encoding.hpp"

namespace symbolon::doctor {

std::string authorization_address(const std::string& authorization_url, const AuthorizationRequest& request) {
    std::string out = authorization_url;
    char separator = out.find('?') == std::string::npos ? '?' : '&';
    const auto add = [&](const std::string& name, const std::string& value) {
        out += separator + name + "=" + percent_encode(value);
        separator = '&';
    };
    add("client_id", request.client_id);
    add("response_type", request.response_type);
    add("state", request.state);
    if (request.scope) add("scope", *request.scope);
    add("redirect_uri", request.redirect_uri);
    for (const auto& [name, value] : request.more) add(name, value);
    return out;
}

}  // namespace symbolon::doctor
