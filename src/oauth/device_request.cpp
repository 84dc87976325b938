#include "oauth/device_request.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::string_view purpose = "device request";

std::string context_of(const PoolId& pool, const std::string& browser) {
    return pool.str() + "|" + browser;
}

std::string query_of(const std::string& sealed) {
    net::Form query;
    query.add(std::string(device_parameter), sealed);
    return query.encode();
}

}  // namespace

std::string seal_device(const signin::Services& services, const PoolId& pool, const std::string& browser,
                        const std::string& user_code) {
    return services.sealer.seal_text(purpose, context_of(pool, browser), user_code);
}

std::optional<std::string> open_device(const signin::Services& services, const PoolId& pool, const std::string& browser,
                                       const std::string& sealed) {
    if (browser.empty() || sealed.empty()) return std::nullopt;
    return services.sealer.open_text(purpose, context_of(pool, browser), sealed);
}

AuthorizationRequest make_device_request(const Site& site, signin::ClientPtr client, const std::string& sealed) {
    AuthorizationRequest request;
    request.client = std::move(client);
    request.redirect_uri = device_confirm_url(site, sealed);
    request.query = query_of(sealed);
    return request;
}

bool is_for_device(const AuthorizationRequest& request) {
    return request.query.starts_with(std::string(device_parameter) + "=");
}

std::string device_confirm_url(const Site& site, const std::string& sealed) {
    return site.url + "/device/confirm?" + query_of(sealed);
}

}  // namespace symbolon::oauth
