#include "scale/sign_up.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::bench {

namespace {

constexpr std::size_t connections = 4;
constexpr std::size_t first_number = 1'510'000'000;  // German mobile numbers: nobody of the population has one

class SignUps final : public Script {
public:
    SignUps(const Deployment& deployment, std::size_t& asked) : deployment_(deployment), asked_(asked) {}

    std::optional<std::string> next(std::size_t /*connection*/) override {
        const auto number = asked_++;
        const auto body =
            boost::json::serialize(boost::json::object{{"ClientId", deployment_.api_client().id},
                                                       {"Username", "+49" + std::to_string(first_number + number * 7)},
                                                       {"Password", deployment_.password()}});
        auto fields = api_fields(deployment_.host(), "SignUp");
        // Everybody signs up from an address of their own: texts are limited by address.
        fields.emplace_back("X-Forwarded-For", "10." + std::to_string(number >> 16U & 255U) + "." +
                                                   std::to_string(number >> 8U & 255U) + "." +
                                                   std::to_string(number & 255U));
        return to_request("POST", "/", fields, body);
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override { expect(answer, 200); }

private:
    const Deployment& deployment_;
    std::size_t& asked_;
};

}  // namespace

Pace measure_sign_ups(Deployment& deployment, Seconds duration, std::size_t& signed_up) {
    SignUps script(deployment, signed_up);
    return drive(deployment.target(), connections, duration, script);
}

}  // namespace symbolon::bench
