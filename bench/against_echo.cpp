#include "against_echo.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::bench {

namespace {

constexpr int rounds = 3;
constexpr std::size_t connections = 64;
constexpr Seconds warm_up{0.3};

/// Every connection repeats one request, with an access token of its own.
class Repeat final : public Script {
public:
    explicit Repeat(std::vector<std::string> requests) : requests_(std::move(requests)) {}
    std::optional<std::string> next(std::size_t connection) override {
        return requests_[connection % requests_.size()];
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override { expect(answer, 200); }

private:
    std::vector<std::string> requests_;
};

void add(Pace& sum, const Pace& round) {
    sum.count += round.count;
    sum.wall += round.wall;
    sum.cpu += round.cpu;
    sum.latencies.insert(sum.latencies.end(), round.latencies.begin(), round.latencies.end());
}

PacesAgainstEcho measure(Deployment& deployment, const std::string& self, std::vector<std::string> requests,
                         Seconds duration) {
    Process echo({self, "--echo"}, {}, deployment.folder() + "/echo.log", deployment.cores().server);
    const Target echo_target{{{echo.wait_for_port(), echo.pid()}}, deployment.cores().are_apart()};
    Repeat script(std::move(requests));
    PacesAgainstEcho paces;
    for (int round = 0; round < rounds; ++round) {
        drive(deployment.target(), connections, warm_up, script);
        add(paces.server, drive(deployment.target(), connections, duration / rounds, script));
        drive(echo_target, connections, warm_up, script);
        add(paces.echo, drive(echo_target, connections, duration / rounds, script));
    }
    echo.stop();
    return paces;
}

}  // namespace

PacesAgainstEcho measure_user_info(Deployment& deployment, const std::string& self,
                                   const std::vector<std::string>& access_tokens, Seconds duration) {
    std::vector<std::string> requests;
    for (const auto& token : access_tokens) {
        requests.push_back(to_request("GET", "/" + deployment.pool_id() + "/oauth2/userInfo",
                                      {{"Host", deployment.host()}, {"Authorization", "Bearer " + token}}));
    }
    return measure(deployment, self, std::move(requests), duration);
}

PacesAgainstEcho measure_get_user(Deployment& deployment, const std::string& self,
                                  const std::vector<std::string>& access_tokens, Seconds duration) {
    std::vector<std::string> requests;
    for (const auto& token : access_tokens) {
        const auto body = boost::json::serialize(boost::json::object{{"AccessToken", token}});
        requests.push_back(to_request("POST", "/", api_fields(deployment.host(), "GetUser"), body));
    }
    return measure(deployment, self, std::move(requests), duration);
}

}  // namespace symbolon::bench
