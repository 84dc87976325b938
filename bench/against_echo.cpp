#include "against_echo.hpp"

#include "repeat.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::bench {

namespace {

constexpr int rounds = 3;
constexpr std::size_t connections = 64;
constexpr Seconds warm_up{0.3};

void add(Pace& sum, const Pace& round) {
    sum.count += round.count;
    sum.wall += round.wall;
    sum.cpu += round.cpu;
    sum.latencies.insert(sum.latencies.end(), round.latencies.begin(), round.latencies.end());
}

}  // namespace

PacesAgainstEcho measure_against_echo(Deployment& deployment, const std::string& self,
                                      std::vector<std::string> requests, Seconds duration, int status) {
    Process echo({self, "--echo"}, {}, deployment.folder() + "/echo.log", deployment.cores().server);
    const Target echo_target{{{echo.wait_for_port(), echo.pid()}}, deployment.cores().are_apart()};
    Repeat script(requests, status);
    Repeat echoed(std::move(requests));
    PacesAgainstEcho paces;
    for (int round = 0; round < rounds; ++round) {
        drive(deployment.target(), connections, warm_up, script);
        add(paces.server, drive(deployment.target(), connections, duration / rounds, script));
        drive(echo_target, connections, warm_up, echoed);
        add(paces.echo, drive(echo_target, connections, duration / rounds, echoed));
    }
    echo.stop();
    return paces;
}

PacesAgainstEcho measure_user_info(Deployment& deployment, const std::string& self,
                                   const std::vector<std::string>& access_tokens, Seconds duration) {
    std::vector<std::string> requests;
    for (const auto& token : access_tokens) {
        requests.push_back(to_request("GET", "/" + deployment.pool_id() + "/oauth2/userInfo",
                                      {{"Host", deployment.host()}, {"Authorization", "Bearer " + token}}));
    }
    return measure_against_echo(deployment, self, std::move(requests), duration, 200);
}

PacesAgainstEcho measure_get_user(Deployment& deployment, const std::string& self,
                                  const std::vector<std::string>& access_tokens, Seconds duration) {
    std::vector<std::string> requests;
    for (const auto& token : access_tokens) {
        const auto body = boost::json::serialize(boost::json::object{{"AccessToken", token}});
        requests.push_back(to_request("POST", "/", api_fields(deployment.host(), "GetUser"), body));
    }
    return measure_against_echo(deployment, self, std::move(requests), duration, 200);
}

}  // namespace symbolon::bench
