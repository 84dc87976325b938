#include "scale/lookup.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::bench {

namespace {

constexpr std::size_t connections = 16;

class Lookups final : public Script {
public:
    Lookups(const Deployment& deployment, Repeat repeat) : deployment_(deployment), repeat_(repeat) {}

    std::optional<std::string> next(std::size_t /*connection*/) override {
        if (finished()) return std::nullopt;
        const auto& numbers = deployment_.phone_numbers();
        const auto body = boost::json::serialize(boost::json::object{{"UserPoolId", deployment_.pool_id()},
                                                                     {"Username", numbers[asked_++ % numbers.size()]}});
        return to_request("POST", "/", deployment_.signed_fields("AdminGetUser", body), body);
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override { expect(answer, 200); }
    bool finished() const override { return repeat_ == Repeat::no && asked_ >= deployment_.phone_numbers().size(); }

private:
    const Deployment& deployment_;
    const Repeat repeat_;
    std::size_t asked_ = 0;
};

}  // namespace

Pace measure_lookups(Deployment& deployment, Seconds duration, Repeat repeat) {
    Lookups script(deployment, repeat);
    return drive(deployment.target(), connections, duration, script);
}

}  // namespace symbolon::bench
