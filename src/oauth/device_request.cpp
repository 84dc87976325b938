#include "oauth/device_request.hpp"

#include "base/encoding.hpp"
#include "oauth/device_authorization.hpp"
#include "oauth/signed_in_for.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::string_view purpose = "device request";
constexpr std::string_view confirm_path = "/device/confirm";
constexpr std::string_view client_parameter = "device_client";  // on the way to a provider and back

std::string context_of(const PoolId& pool, const std::string& browser) {
    return pool.str() + "|" + browser;
}

std::string query_of(const std::string& sealed) {
    net::Form query;
    query.add(std::string(device_parameter), sealed);
    return query.encode();
}

}  // namespace

bool is_device_query(const net::Form& query) {
    return query.find(device_parameter) && !query.find("client_id");
}

std::string seal_device(const signin::Services& services, const PoolId& pool, const std::string& browser,
                        const std::string& user_code) {
    return services.sealer.seal_text(purpose, context_of(pool, browser), user_code);
}

std::optional<std::string> open_device(const signin::Services& services, const PoolId& pool, const std::string& browser,
                                       const std::string& sealed) {
    if (browser.empty() || sealed.empty()) return std::nullopt;
    return services.sealer.open_text(purpose, context_of(pool, browser), sealed);
}

Task<std::optional<WaitingDevice>> find_waiting_device(signin::Services& services, PoolId pool, std::string browser,
                                                       std::string sealed) {
    auto code = open_device(services, pool, browser, sealed);
    if (!code) co_return std::nullopt;
    DeviceAuthorizationService devices(services);
    auto device = co_await devices.find_again(pool, *code);
    if (!device) co_return std::nullopt;
    auto client = co_await services.catalog.find_client(device->client_id);
    if (!client || client->pool_id != pool) co_return std::nullopt;
    co_return WaitingDevice{std::move(*code), std::move(*device), std::move(client)};
}

std::string returning_query(const AuthorizationRequest& request) {
    auto query = net::Form::parse(request.query);
    query.set(client_parameter, request.client->id.str());
    return query.encode();
}

Task<AuthorizationRequest> find_returned_device_request(signin::Services& services, Site site, net::Form query) {
    auto client = co_await services.catalog.find_client(ClientId(query.get(client_parameter)));
    if (client && client->pool_id != site.pool->id) client = nullptr;
    co_return make_device_request(site, std::move(client), query.get(device_parameter));
}

AuthorizationRequest make_device_request(const Site& site, signin::ClientPtr client, const std::string& sealed) {
    AuthorizationRequest request;
    request.client = std::move(client);
    request.redirect_uri = device_confirm_url(site, sealed);
    request.query = query_of(sealed);
    return request;
}

bool is_for_device(const AuthorizationRequest& request) {
    return is_device_query(net::Form::parse(request.query));
}

std::string device_page_url(const Site& site) {
    return site.endpoints_url + "/device";
}

std::string device_page_url(const Site& site, const std::string& user_code) {
    return device_page_url(site) + "?user_code=" + percent_encode(user_code);
}

std::string device_qr_code_url(const Site& site, const std::string& user_code) {
    return device_page_url(site) + "/qr?user_code=" + percent_encode(user_code);
}

std::string device_confirm_url(const Site& site, const std::string& sealed) {
    return site.url + std::string(confirm_path) + "?" + query_of(sealed);
}

std::string device_confirm_url(const signin::Services& services, const Site& site, const AuthorizationRequest& request,
                               const signin::SignedIn& person) {
    return site.url + std::string(confirm_path) + "?" + signed_in_query(services, request, person);
}

}  // namespace symbolon::oauth
