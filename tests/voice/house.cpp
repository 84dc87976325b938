#include "house.hpp"

#include "base/run.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::voice::test {

net::Response House::ask(net::Method method, std::string target, std::string body, std::string token,
                         net::Headers headers) {
    net::Request request;
    request.method = method;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (const auto mark = target.find('?'); mark != std::string::npos) request.query = target.substr(mark + 1);
    request.body = std::move(body);
    request.headers = std::move(headers);
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
    request.scheme = "http";
    return run(assistant.serve(std::move(request)));
}

net::Response House::rest(net::Method method, std::string target, std::string body, net::Headers headers) {
    return ask(method, std::move(target), std::move(body), assistant.access_token(), std::move(headers));
}

std::string House::make_skill() {
    const auto made = rest(net::Method::post, "/v1/skills", R"({"vendorId":"M","manifest":{"apis":{"custom":{}}}})");
    std::string id(boost::json::parse(made.body).at("skillId").as_string());
    rest(net::Method::put, "/v1/skills/" + id + "/stages/development/accountLinkingClient",
         R"({"accountLinkingRequest":{
        "type":"AUTH_CODE","authorizationUrl":"https://id.example/authorize","accessTokenUrl":"https://id.example/token",
        "clientId":"client","clientSecret":"the-client-secret","scopes":["openid"],"skipOnEnablement":"true"}})");
    return id;
}

}  // namespace symbolon::voice::test
