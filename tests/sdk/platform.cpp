#include "sdk/platform.hpp"

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/encoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::skill::testing {

Time noon() {
    using namespace std::chrono;
    return sys_days{year{2026} / 11 / 22} + 16h + 3min;
}

const LocalAuthority& trusted_authority() {
    static const auto authority =
        crypto::x509::make_local_authority(chain_name, noon() - std::chrono::years{1}, noon() + std::chrono::years{1});
    return authority;
}

Platform::Platform() : roots{trusted_authority().root_pem} {
    published[std::string(chain_url)] = {200, {}, trusted_authority().chain_pem()};
}

Fetch Platform::fetch() {
    return [this](const FetchRequest& request) -> HttpResponse {
        fetched.push_back(request.url);
        const auto found = published.find(request.url);
        if (found == published.end()) throw FetchError("no such host");
        return found->second;
    };
}

Now Platform::clock() {
    return [this] { return now; };
}

TrustProfile Platform::profile() const {
    auto rules = TrustRules::at("https://chains.assistant.test/echo.api/");
    rules.names = {std::string(chain_name)};
    rules.roots_pem = roots;
    return TrustProfile::local(std::move(rules));
}

json::object Platform::envelope() {
    auto envelope = json::parse(R"({
        "version": "1.0",
        "session": {"new": true, "sessionId": "amzn1.echo-api.session.1", "attributes": {},
                    "application": {"applicationId": "?"}, "user": {"userId": "amzn1.ask.account.A"}},
        "context": {"System": {"application": {"applicationId": "?"},
                               "user": {"userId": "amzn1.ask.account.A", "accessToken": "token-good"}}},
        "request": {"type": "IntentRequest", "locale": "en-US",
                    "intent": {"name": "MyPhoneNumberIntent", "confirmationStatus": "NONE"}}})")
                        .as_object();
    envelope["session"].at("application").as_object()["applicationId"] = skill_id;
    envelope["context"].at("System").at("application").as_object()["applicationId"] = skill_id;
    envelope["request"].as_object()["timestamp"] = to_iso(now);
    envelope["request"].as_object()["requestId"] = "amzn1.echo-api.request." + std::to_string(++requests_);
    return envelope;
}

HttpRequest Platform::sign(const json::object& envelope) const {
    return sign(json::serialize(envelope));
}

HttpRequest Platform::sign(std::string body) const {
    return sign_with(trusted_authority(), std::move(body));
}

HttpRequest Platform::sign_with(const LocalAuthority& authority, std::string body) const {
    const auto signature = crypto::x509::sign_sha256(authority.leaf_key_pem, bytes_of(body));
    return {.headers = {{"Content-Type", "application/json;charset=UTF-8"},
                        {"Signature", to_base64(bytes_of("the legacy one, which nobody reads"))},
                        {"Signature-256", to_base64(signature)},
                        {"SignatureCertChainUrl", std::string(chain_url)}},
            .body = std::move(body)};
}

void set_header(HttpRequest& request, std::string_view name, std::string value) {
    remove_header(request, name);
    request.headers.emplace_back(name, std::move(value));
}

void remove_header(HttpRequest& request, std::string_view name) {
    std::erase_if(request.headers, [&](const auto& header) { return header.first == name; });
}

std::string to_iso(Time time) {
    return to_iso8601(time);
}

}  // namespace symbolon::skill::testing
