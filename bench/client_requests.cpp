#include "client_requests.hpp"

#include "base/encoding.hpp"
#include "browser.hpp"
#include "net/form.hpp"
#include "repeat.hpp"

#include <utility>

namespace symbolon::bench {

namespace {

constexpr std::size_t connections = 32;

std::string post(const Deployment& deployment, const Deployment::Client& client, const std::string& endpoint,
                 const std::vector<std::pair<std::string, std::string>>& form) {
    net::Form body;
    for (const auto& [name, value] : form) body.add(name, value);
    return to_request("POST", "/" + deployment.pool_id() + "/oauth2/" + endpoint, fields_of(deployment, client),
                      body.encode());
}

}  // namespace

Fields fields_of(const Deployment& deployment, const Deployment::Client& client) {
    return {{"Host", deployment.host()},
            {"Authorization", "Basic " + to_base64(bytes_of(client.id + ":" + client.secret))},
            {"Content-Type", "application/x-www-form-urlencoded"}};
}

Pace measure_refresh(Deployment& deployment, const std::vector<std::string>& refresh_tokens, Seconds duration) {
    std::vector<std::string> requests;
    for (const auto& token : refresh_tokens) {
        requests.push_back(
            post(deployment, deployment.skill(), "token", {{"grant_type", "refresh_token"}, {"refresh_token", token}}));
    }
    Repeat script(std::move(requests));
    return drive(deployment.target(), connections, duration, script);
}

Pace measure_client_credentials(Deployment& deployment, Seconds duration) {
    const auto machine = deployment.make_machine();
    Repeat script({post(deployment, machine, "token", {{"grant_type", "client_credentials"}})});
    return drive(deployment.target(), connections, duration, script);
}

PacesAgainstEcho measure_authorize(Deployment& deployment, const std::string& self, const std::string& cookies,
                                   Seconds duration) {
    const auto request =
        to_request("GET", authorize_target(deployment), {{"Host", deployment.host()}, {"Cookie", cookies}});
    return measure_against_echo(deployment, self, {request}, duration, 302);
}

PacesAgainstEcho measure_introspection(Deployment& deployment, const std::string& self,
                                       const std::vector<std::string>& access_tokens, Seconds duration) {
    std::vector<std::string> requests;
    for (const auto& token : access_tokens) {
        requests.push_back(post(deployment, deployment.skill(), "introspect", {{"token", token}}));
    }
    return measure_against_echo(deployment, self, std::move(requests), duration, 200);
}

}  // namespace symbolon::bench
