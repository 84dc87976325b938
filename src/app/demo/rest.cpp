#include "app/demo/rest.hpp"

#include "base/clock.hpp"
#include "base/error.hpp"
#include "crypto/sigv4.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::app {

namespace json = boost::json;

namespace {

std::string host_of(const std::string& url) {
    const auto begin = url.find("//") + 2;
    return url.substr(begin, url.find('/', begin) - begin);
}

json::value send(net::Client& client, const net::ClientRequest& request) {
    try {
        const auto response = client.send_now(request);
        if (response.status / 100 != 2) {
            throw Error(Errc::unavailable, request.method + " " + request.url + " was refused.", response.body);
        }
        return response.body.empty() ? json::value() : json::parse(response.body);
    } catch (const net::ClientError& e) {
        throw Error(Errc::unavailable, request.method + " " + request.url + " did not answer.", e.detail);
    }
}

}  // namespace

json::value call_api(net::Client& client, const std::string& url, const std::string& region,
                     const std::string& access_key_id, const std::string& secret_access_key,
                     const std::string& operation, const json::value& body) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = url + "/";
    request.body = json::serialize(body);
    crypto::sigv4::SignedRequest to_sign;
    to_sign.method = request.method;
    to_sign.path = "/";
    to_sign.headers = {{"Host", host_of(url)},
                       {"Content-Type", "application/x-amz-json-1.1"},
                       {"X-Amz-Target", "AWSCognitoIdentityProviderService." + operation}};
    to_sign.body = request.body;
    const auto signature =
        crypto::sigv4::sign(to_sign, access_key_id, secret_access_key, region, "cognito-idp", SystemClock().now());
    for (const auto& [name, value] : to_sign.headers) request.headers.add(name, value);
    for (const auto& [name, value] : signature) request.headers.add(name, value);
    return send(client, request);
}

json::value call_rest(net::Client& client, const std::string& method, const std::string& url,
                      const std::string& access_token, const json::value& body) {
    net::ClientRequest request;
    request.method = method;
    request.url = url;
    request.headers.add("Authorization", "Bearer " + access_token);
    if (!body.is_null()) {
        request.headers.add("Content-Type", "application/json");
        request.body = json::serialize(body);
    }
    return send(client, request);
}

}  // namespace symbolon::app
