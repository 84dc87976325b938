#include "administration.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

namespace symbolon::bench {
namespace {

namespace json = boost::json;

constexpr std::size_t creating_connections = 8;
constexpr std::size_t listing_connections = 2;
constexpr int pages_in_turn = 20;

std::string signed_call(const Deployment& deployment, const std::string& operation, const json::object& body) {
    const auto text = json::serialize(body);
    return to_request("POST", "/", deployment.signed_fields(operation, text), text);
}

class Creations final : public Script {
public:
    explicit Creations(const Deployment& deployment) : deployment_(deployment) {}

    std::optional<std::string> next(std::size_t /*connection*/) override {
        // Of a prefix that no other measurement uses; over all runs in one process no number comes twice.
        static std::atomic<int> numbers{0};
        auto digits = std::to_string(numbers++);
        digits.insert(0, 6 - std::min<std::size_t>(digits.size(), 6), '0');
        return signed_call(deployment_, "AdminCreateUser",
                           {{"UserPoolId", deployment_.pool_id()},
                            {"Username", "+13122" + digits},
                            {"TemporaryPassword", deployment_.password()},
                            {"MessageAction", "SUPPRESS"}});
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override { expect(answer, 200); }

private:
    const Deployment& deployment_;
};

class Pages final : public Script {
public:
    explicit Pages(const Deployment& deployment) : deployment_(deployment), places_(listing_connections) {}

    std::optional<std::string> next(std::size_t connection) override {
        json::object body{{"UserPoolId", deployment_.pool_id()}, {"Limit", 60}};
        const auto& place = places_[connection];
        if (!place.token.empty()) body["PaginationToken"] = place.token;
        return signed_call(deployment_, "ListUsers", body);
    }
    void answered(std::size_t connection, const Answer& answer) override {
        expect(answer, 200);
        auto& place = places_[connection];
        const auto body = json::parse({answer.body.data(), answer.body.size()}).as_object();
        const auto* token = body.if_contains("PaginationToken");
        const bool goes_on = token != nullptr && ++place.pages < pages_in_turn;
        place = goes_on ? Place{std::string(token->as_string()), place.pages} : Place{};
    }

private:
    struct Place {
        std::string token;  ///< "": the first page
        int pages = 0;
    };

    const Deployment& deployment_;
    std::vector<Place> places_;
};

}  // namespace

Pace measure_creations(Deployment& deployment, Seconds duration) {
    Creations script(deployment);
    return drive(deployment.target(), creating_connections, duration, script);
}

Pace measure_user_pages(Deployment& deployment, Seconds duration) {
    Pages script(deployment);
    return drive(deployment.target(), listing_connections, duration, script);
}

}  // namespace symbolon::bench
