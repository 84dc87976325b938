#include "sign_in.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <deque>
#include <stdexcept>

namespace symbolon::bench {

namespace {

namespace json = boost::json;

constexpr std::size_t connections = 8;
constexpr std::size_t kept_tokens = 64;

/// On every connection one user after the other: password, wait for the text, code.
class SignIns final : public Script {
public:
    explicit SignIns(Deployment& deployment)
        : deployment_(deployment),
          free_(deployment.phone_numbers().begin(), deployment.phone_numbers().end()),
          under_way_(connections) {}

    std::optional<std::string> next(std::size_t connection) override {
        auto& sign_in = under_way_[connection];
        if (sign_in.phone_number.empty()) {
            if (free_.empty()) return std::nullopt;
            sign_in.phone_number = std::move(free_.front());
            free_.pop_front();
            sign_in.began = std::chrono::steady_clock::now();
            return with_password(sign_in);
        }
        const auto code = deployment_.inbox().take_code(sign_in.phone_number);
        if (!code) return std::nullopt;
        return with_code(sign_in, *code);
    }

    void answered(std::size_t connection, const Answer& answer) override {
        expect(answer, 200);
        auto& sign_in = under_way_[connection];
        const auto body = json::parse({answer.body.data(), answer.body.size()}).as_object();
        if (const auto* session = body.if_contains("Session")) {
            sign_in.session = session->as_string();
        } else if (const auto* result = body.if_contains("AuthenticationResult")) {
            if (access_tokens.size() < kept_tokens)
                access_tokens.emplace_back(result->as_object().at("AccessToken").as_string());
            latencies.push_back(std::chrono::steady_clock::now() - sign_in.began);
            free_.push_back(std::exchange(sign_in.phone_number, {}));
        } else {
            throw std::runtime_error("A sign-in ended with " + std::string(answer.body));
        }
    }

    std::vector<Seconds> latencies;  ///< of whole sign-ins
    std::vector<std::string> access_tokens;

private:
    struct UnderWay {
        std::string phone_number;  ///< "": none
        std::string session;
        std::chrono::steady_clock::time_point began{};
    };

    std::string call(const std::string& operation, const json::object& body) const {
        return to_request("POST", "/", api_fields(deployment_.host(), operation), json::serialize(body));
    }
    std::string with_password(const UnderWay& sign_in) const {
        return call("InitiateAuth",
                    {{"AuthFlow", "USER_PASSWORD_AUTH"},
                     {"ClientId", deployment_.api_client().id},
                     {"AuthParameters", {{"USERNAME", sign_in.phone_number}, {"PASSWORD", deployment_.password()}}}});
    }
    std::string with_code(const UnderWay& sign_in, const std::string& code) const {
        return call("RespondToAuthChallenge",
                    {{"ChallengeName", "SMS_MFA"},
                     {"ClientId", deployment_.api_client().id},
                     {"Session", sign_in.session},
                     {"ChallengeResponses", {{"USERNAME", sign_in.phone_number}, {"SMS_MFA_CODE", code}}}});
    }

    Deployment& deployment_;
    std::deque<std::string> free_;
    std::vector<UnderWay> under_way_;
};

}  // namespace

SignInPace measure_sign_ins(Deployment& deployment, Seconds duration) {
    SignIns script(deployment);
    auto pace = drive(deployment.target(), connections, duration, script);
    pace.count /= 2;  // two answers a sign-in; one that was cut off by the end counts by half
    pace.latencies = std::move(script.latencies);
    return {std::move(pace), std::move(script.access_tokens)};
}

}  // namespace symbolon::bench
