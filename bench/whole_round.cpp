#include "whole_round.hpp"

#include "browser.hpp"
#include "client_requests.hpp"
#include "load.hpp"
#include "net/form.hpp"

#include <boost/json/parse.hpp>

#include <array>
#include <stdexcept>

namespace symbolon::bench {

namespace {

constexpr std::size_t connections = 32;
constexpr double requests_of_a_round = 3;

/// Each connection is at one of three steps; `carried` is what the last answer gave for it.
class Round final : public Script {
public:
    Round(const Deployment& deployment, const std::string& cookies)
        : authorize_(
              to_request("GET", authorize_target(deployment), {{"Host", deployment.host()}, {"Cookie", cookies}})),
          prefix_("/" + deployment.pool_id() + "/oauth2/"),
          host_(deployment.host()),
          fields_(fields_of(deployment, deployment.skill())) {}

    std::optional<std::string> next(std::size_t connection) override {
        const auto& [step, carried] = at_[connection];
        switch (step) {
            case Step::authorize:
                return authorize_;
            case Step::exchange: {
                net::Form body;
                body.add("grant_type", "authorization_code");
                body.add("code", carried);
                body.add("redirect_uri", std::string(Deployment::redirect_uri));
                return to_request("POST", prefix_ + "token", fields_, body.encode());
            }
            case Step::user_info:
                return to_request("GET", prefix_ + "userInfo",
                                  {{"Host", host_}, {"Authorization", "Bearer " + carried}});
        }
        return std::nullopt;
    }

    void answered(std::size_t connection, const Answer& answer) override {
        auto& [step, carried] = at_[connection];
        switch (step) {
            case Step::authorize: {
                expect(answer, 302);
                const auto location = answer.field("Location");
                carried = net::Form::parse(location.substr(location.find('?') + 1)).get("code");
                if (carried.empty()) throw std::runtime_error("An authorization ended at " + std::string(location));
                step = Step::exchange;
                return;
            }
            case Step::exchange:
                expect(answer, 200);
                carried = boost::json::parse({answer.body.data(), answer.body.size()}).at("access_token").as_string();
                step = Step::user_info;
                return;
            case Step::user_info:
                expect(answer, 200);
                step = Step::authorize;
                return;
        }
    }

private:
    enum class Step { authorize, exchange, user_info };
    struct At {
        Step step = Step::authorize;
        std::string carried = {};
    };

    std::array<At, connections> at_;
    std::string authorize_, prefix_, host_;
    Fields fields_;
};

}  // namespace

Pace measure_whole_round(Deployment& deployment, const std::string& cookies, Seconds duration) {
    Round script(deployment, cookies);
    auto pace = drive(deployment.target(), connections, duration, script);
    pace.count /= requests_of_a_round;
    return pace;
}

}  // namespace symbolon::bench
