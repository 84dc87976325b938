#include "triggers/requests.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/sigv4.hpp"

#include <utility>

namespace symbolon::triggers {
namespace {

/// A URL that check() let pass, taken apart.
struct Place {
    std::string_view authority;
    std::string_view path;
};

Place place_of(std::string_view url) {
    const auto begin = url.find("://") + 3;
    const auto slash = url.find('/', begin);
    if (slash == std::string_view::npos) return {url.substr(begin), "/"};
    return {url.substr(begin, slash - begin), url.substr(slash)};
}

std::string invoke_url(std::string endpoint, std::string_view function) {
    while (endpoint.ends_with('/')) endpoint.pop_back();
    if (endpoint.ends_with("/invocations")) return endpoint;
    return endpoint + "/2015-03-31/functions/" + percent_encode(function) + "/invocations";
}

}  // namespace

net::ClientRequest make_hook_request(const Hook& hook, std::string_view id, std::string event, Instant now) {
    const std::string time = std::to_string(to_seconds(now));
    const std::string covered = std::string(id) + "." + time + "." + event;
    net::ClientRequest request;
    request.method = "POST";
    request.url = hook.url;
    request.headers.add("Content-Type", "application/json");
    request.headers.add("webhook-id", std::string(id));
    request.headers.add("webhook-timestamp", time);
    request.headers.add("webhook-signature",
                        "v1," + to_base64(crypto::hmac_sha256(key_of(hook.secret), bytes_of(covered))));
    request.body = std::move(event);
    return request;
}

net::ClientRequest make_invoke_request(const Options& options, std::string_view function, std::string event,
                                       Instant now) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = invoke_url(options.lambda_endpoint, function);
    request.body = std::move(event);
    const auto place = place_of(request.url);
    request.headers.add("Host", std::string(place.authority));
    request.headers.add("Content-Type", "application/json");
    request.headers.add("X-Amz-Invocation-Type", "RequestResponse");
    if (!options.key) return request;

    const auto& key = *options.key;
    if (!key.session_token.empty()) request.headers.add("X-Amz-Security-Token", key.session_token);
    crypto::sigv4::SignedRequest covered;
    covered.method = request.method;
    covered.path = place.path;
    for (const auto& [name, value] : request.headers) covered.headers.emplace_back(name, value);
    covered.body = request.body;
    for (auto& [name, value] :
         crypto::sigv4::sign(covered, key.id, key.secret.reveal(), region_of(function), "lambda", now)) {
        request.headers.add(std::move(name), std::move(value));
    }
    return request;
}

}  // namespace symbolon::triggers
