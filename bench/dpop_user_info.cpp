#include "dpop_user_info.hpp"

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "browser.hpp"
#include "client_requests.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwk.hpp"
#include "load.hpp"
#include "net/form.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <utility>

namespace symbolon::bench {

namespace {

namespace json = boost::json;
using crypto::jose::SigningKey;

constexpr std::size_t connections = 32;

/// The proofs of one client. What stays the same of them is encoded once.
class Prover {
public:
    Prover() {
        const json::object header{{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", key_.public_jwk()}};
        header_ = to_base64url(bytes_of(json::serialize(header))) + ".";
    }

    /// `more`: further claims.
    std::string prove(const char* method, const std::string& url, json::object more = {}) {
        more["htm"] = method;
        more["htu"] = url;
        more["iat"] = to_seconds(clock_.now());
        more["jti"] = "benchmark " + std::to_string(++made_);
        const auto part = header_ + to_base64url(bytes_of(json::serialize(more)));
        const auto signature = key_.sign(bytes_of(part));
        return part + "." + to_base64url(signature);
    }

private:
    const SigningKey key_ = SigningKey::generate(crypto::jose::Algorithm::es256);
    SystemClock clock_;
    std::string header_;
    std::uint64_t made_ = 0;
};

std::string endpoint_of(const Deployment& deployment, const char* name) {
    return deployment.url() + "/" + deployment.pool_id() + "/oauth2/" + name;
}

std::string get_code(Deployment& deployment, const std::string& cookies) {
    net::ClientRequest request{.method = "GET", .url = deployment.url() + authorize_target(deployment)};
    request.headers.add("Cookie", cookies);
    const auto location = deployment.http().send_now(request).headers.find("Location").value_or("");
    const auto code = net::Form::parse(location.substr(location.find('?') + 1)).find("code");
    if (!code) throw std::runtime_error("An authorization ended at " + std::string(location));
    return *code;
}

std::string get_bound_token(Deployment& deployment, const std::string& cookies, Prover& prover) {
    net::Form form;
    form.add("grant_type", "authorization_code");
    form.add("code", get_code(deployment, cookies));
    form.add("redirect_uri", std::string(Deployment::redirect_uri));
    net::ClientRequest request{.method = "POST", .url = endpoint_of(deployment, "token"), .body = form.encode()};
    for (const auto& [name, value] : fields_of(deployment, deployment.skill())) {
        if (name != "Host") request.headers.add(name, value);
    }
    request.headers.add("DPoP", prover.prove("POST", request.url));
    const auto answer = deployment.http().send_now(request);
    if (answer.status != 200) throw std::runtime_error("A code was refused: " + answer.body);
    return std::string(json::parse(answer.body).at("access_token").as_string());
}

class BoundUserInfo final : public Script {
public:
    BoundUserInfo(const Deployment& deployment, Prover& prover, std::string token)
        : prover_(prover),
          url_(endpoint_of(deployment, "userInfo")),
          target_("/" + deployment.pool_id() + "/oauth2/userInfo"),
          host_(deployment.host()),
          token_(std::move(token)),
          hash_(to_base64url(crypto::sha256(token_))) {}

    std::optional<std::string> next(std::size_t /*connection*/) override {
        return to_request("GET", target_,
                          {{"Host", host_},
                           {"Authorization", "DPoP " + token_},
                           {"DPoP", prover_.prove("GET", url_, {{"ath", hash_}})}});
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override { expect(answer, 200); }

private:
    Prover& prover_;
    std::string url_, target_, host_, token_, hash_;
};

}  // namespace

Pace measure_dpop_user_info(Deployment& deployment, const std::string& cookies, Seconds duration) {
    Prover prover;
    BoundUserInfo script(deployment, prover, get_bound_token(deployment, cookies, prover));
    return drive(deployment.target(), connections, duration, script);
}

}  // namespace symbolon::bench
