#include "skill/platform.hpp"

#include "load.hpp"

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "crypto/x509.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>

namespace symbolon::bench {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::string_view signing_name = "echo-api.amazon.com";
constexpr std::string_view chain_url = "https://s3.amazonaws.com/echo.api/bench-cert.pem";
constexpr auto dated_ahead = 120s;  // what a skill takes from a clock that is fast

/// As long as those of the platform: tokens of a thousand characters, a device, an intent with a slot.
json::object envelope(std::size_t number, const std::string& timestamp) {
    const json::object application{{"applicationId", bench_skill_id}};
    const json::object user{{"userId", "amzn1.ask.account." + std::string(180, 'A')},
                            {"accessToken", std::string(1000, 't')}};
    const json::object slot{{"name", "drink"}, {"value", "coffee"}, {"confirmationStatus", "NONE"}};
    return {{"version", "1.0"},
            {"session",
             {{"new", true},
              {"sessionId", "amzn1.echo-api.session.00000000-1111-2222-3333-444444444444"},
              {"application", application},
              {"attributes", json::object{}},
              {"user", user}}},
            {"context",
             {{"System",
               {{"application", application},
                {"user", user},
                {"device",
                 {{"deviceId", "amzn1.ask.device." + std::string(180, 'D')}, {"supportedInterfaces", json::object{}}}},
                {"apiEndpoint", "https://api.amazonalexa.com"},
                {"apiAccessToken", std::string(900, 'a')}}}}},
            {"request",
             {{"type", "IntentRequest"},
              {"requestId", "amzn1.echo-api.request." + std::to_string(number)},
              {"timestamp", timestamp},
              {"locale", "en-US"},
              {"dialogState", "COMPLETED"},
              {"intent", {{"name", "OrderIntent"}, {"confirmationStatus", "NONE"}, {"slots", {{"drink", slot}}}}}}}};
}

}  // namespace

Platform make_platform(std::size_t requests) {
    const auto now = SystemClock().now();
    const auto authority = crypto::x509::make_local_authority(signing_name, now - 1h, now + 24h);
    Platform platform{authority.root_pem, authority.chain_pem(), {}, {}};
    const auto timestamp = to_iso8601(now + dated_ahead);
    platform.requests.reserve(requests);
    for (std::size_t i = 0; i < requests; ++i) {
        platform.body = json::serialize(envelope(i, timestamp));
        const auto signature = crypto::x509::sign_sha256(authority.leaf_key_pem, bytes_of(platform.body));
        platform.requests.push_back(to_request("POST", "/",
                                               {{"Host", "skill.example.com"},
                                                {"Content-Type", "application/json;charset=UTF-8"},
                                                {"Accept", "application/json"},
                                                {"SignatureCertChainUrl", std::string(chain_url)},
                                                {"Signature-256", to_base64(signature)}},
                                               platform.body));
    }
    return platform;
}

}  // namespace symbolon::bench
