#include "srp_sign_in.hpp"

#include "srp_client.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/chrono.h>

#include <ctime>
#include <deque>
#include <stdexcept>

namespace symbolon::bench {
namespace {

namespace json = boost::json;

constexpr std::size_t connections = 8;
constexpr std::size_t people = 32;

/// "Tue Nov 3 08:05:09 UTC 2026".
std::string timestamp() {
    std::tm now{};
    const std::time_t seconds = std::time(nullptr);
    gmtime_r(&seconds, &now);
    return fmt::format("{:%a %b} {} {:%H:%M:%S} UTC {:%Y}", now, now.tm_mday, now, now);
}

/// On every connection one user after the other.
class SrpSignIns final : public Script {
public:
    SrpSignIns(const Deployment& deployment, Deployment::SrpPool pool)
        : deployment_(deployment),
          pool_(std::move(pool)),
          pool_name_(pool_.id.substr(pool_.id.find('_') + 1)),
          free_(pool_.usernames.begin(), pool_.usernames.end()),
          under_way_(connections) {}

    std::optional<std::string> next(std::size_t connection) override {
        auto& sign_in = under_way_[connection];
        if (!sign_in.username.empty()) return prove(sign_in);
        sign_in.username = std::move(free_.front());
        free_.pop_front();
        sign_in.began = std::chrono::steady_clock::now();
        return call("InitiateAuth", {{"AuthFlow", "USER_SRP_AUTH"},
                                     {"ClientId", pool_.client_id},
                                     {"AuthParameters", {{"USERNAME", sign_in.username}, {"SRP_A", client_.value()}}}});
    }

    void answered(std::size_t connection, const Answer& answer) override {
        expect(answer, 200);
        auto& sign_in = under_way_[connection];
        const auto body = json::parse({answer.body.data(), answer.body.size()}).as_object();
        if (body.contains("AuthenticationResult")) {
            latencies.push_back(std::chrono::steady_clock::now() - sign_in.began);
            free_.push_back(sign_in.username);
            sign_in = {};
            return;
        }
        const auto text = [&](const char* name) {
            return std::string(body.at("ChallengeParameters").as_object().at(name).as_string());
        };
        sign_in.challenge = {pool_name_, text("USER_ID_FOR_SRP"), text("SALT"), text("SRP_B"), text("SECRET_BLOCK")};
    }

    std::vector<Seconds> latencies;  ///< of whole sign-ins

private:
    struct UnderWay {
        std::string username;  ///< "": none
        SrpClient::Challenge challenge;
        std::chrono::steady_clock::time_point began{};
    };

    std::string call(const std::string& operation, const json::object& body) const {
        return to_request("POST", "/", api_fields(deployment_.host(), operation), json::serialize(body));
    }

    std::string prove(const UnderWay& sign_in) const {
        const auto now = timestamp();
        return call("RespondToAuthChallenge",
                    {{"ChallengeName", "PASSWORD_VERIFIER"},
                     {"ClientId", pool_.client_id},
                     {"ChallengeResponses",
                      {{"USERNAME", sign_in.username},
                       {"PASSWORD_CLAIM_SECRET_BLOCK", sign_in.challenge.secret_block},
                       {"TIMESTAMP", now},
                       {"PASSWORD_CLAIM_SIGNATURE", client_.sign(sign_in.challenge, deployment_.password(), now)}}}});
    }

    const Deployment& deployment_;
    const Deployment::SrpPool pool_;
    const std::string pool_name_;
    const SrpClient client_;
    std::deque<std::string> free_;
    std::vector<UnderWay> under_way_;
};

}  // namespace

Pace measure_srp_sign_ins(Deployment& deployment, Seconds duration) {
    SrpSignIns script(deployment, deployment.make_srp_pool(people));
    auto pace = drive(deployment.target(), connections, duration, script);
    pace.count /= 2;  // two answers a sign-in
    pace.latencies = std::move(script.latencies);
    return pace;
}

}  // namespace symbolon::bench
