#include "house.hpp"

#include "base/run.hpp"
#include "crypto/x509.hpp"
#include "voice/identity.hpp"
#include "voice/store.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <utility>

namespace symbolon::voice::test {

net::Response send(Assistant& assistant, net::Method method, std::string target, std::string body,
                   net::Headers headers) {
    net::Request request;
    request.method = method;
    request.path = target.substr(0, target.find('?'));
    if (const auto mark = target.find('?'); mark != std::string::npos) request.query = target.substr(mark + 1);
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers = std::move(headers);
    request.scheme = "http";
    return run(assistant.serve(std::move(request)));
}

net::Response House::ask(net::Method method, std::string target, std::string body, std::string token,
                         net::Headers headers) {
    if (!token.empty()) headers.add("Authorization", "Bearer " + token);
    return send(assistant, method, std::move(target), std::move(body), std::move(headers));
}

net::Response House::rest(net::Method method, std::string target, std::string body, net::Headers headers) {
    return ask(method, std::move(target), std::move(body), assistant.access_token(), std::move(headers));
}

bool House::keep_certificate() {
    static const auto authority = crypto::x509::make_local_authority(
        certificate_name, clock.now() - std::chrono::hours(1), clock.now() + std::chrono::years(10));
    run(db->write([this](db::Transaction& tx) {
        Store store(tx, sealer);
        store.save_setting("root_pem", authority.root_pem);
        store.save_setting("leaf_pem", authority.leaf_pem);
        store.save_setting("leaf_key_pem", authority.leaf_key_pem);
        store.save_setting("other_name_pem", authority.other_name_pem);
        store.save_setting("expired_pem", authority.expired_pem);
    }));
    return true;
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
