#include "token_exchange.hpp"

#include "browser.hpp"
#include "client_requests.hpp"
#include "net/form.hpp"

#include <boost/json/parse.hpp>

#include <stdexcept>

namespace symbolon::bench {

namespace {

constexpr std::size_t connections = 32;
constexpr std::size_t kept_tokens = 64;
constexpr Seconds patience{60};

/// Asks for codes until there are enough.
class Authorize final : public Script {
public:
    Authorize(const Deployment& deployment, const std::vector<std::string>& cookies, std::size_t count)
        : count_(count) {
        for (const auto& browser : cookies)
            requests_.push_back(
                to_request("GET", authorize_target(deployment), {{"Host", deployment.host()}, {"Cookie", browser}}));
    }

    std::optional<std::string> next(std::size_t /*connection*/) override {
        return requests_[asked_++ % requests_.size()];
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override {
        expect(answer, 302);
        const auto location = answer.field("Location");
        const auto code = net::Form::parse(location.substr(location.find('?') + 1)).find("code");
        if (!code) throw std::runtime_error("An authorization ended at " + std::string(location));
        codes.push_back(*code);
    }
    bool finished() const override { return codes.size() >= count_; }

    std::vector<std::string> codes;

private:
    std::vector<std::string> requests_;
    std::size_t asked_ = 0;
    std::size_t count_;
};

/// Exchanges each code once.
class Exchange final : public Script {
public:
    Exchange(const Deployment& deployment, std::vector<std::string> codes)
        : codes_(std::move(codes)),
          target_("/" + deployment.pool_id() + "/oauth2/token"),
          fields_(fields_of(deployment, deployment.skill())) {}

    std::optional<std::string> next(std::size_t /*connection*/) override {
        if (codes_.empty()) return std::nullopt;
        net::Form body;
        body.add("grant_type", "authorization_code");
        body.add("code", std::move(codes_.back()));
        body.add("redirect_uri", std::string(Deployment::redirect_uri));
        codes_.pop_back();
        return to_request("POST", target_, fields_, body.encode());
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override {
        expect(answer, 200);
        if (access_tokens.size() >= kept_tokens) return;
        const auto body = boost::json::parse({answer.body.data(), answer.body.size()});
        access_tokens.emplace_back(body.at("access_token").as_string());
        refresh_tokens.emplace_back(body.at("refresh_token").as_string());
    }
    bool finished() const override { return codes_.empty(); }

    std::vector<std::string> access_tokens;
    std::vector<std::string> refresh_tokens;

private:
    std::vector<std::string> codes_;
    std::string target_;
    Fields fields_;
};

}  // namespace

Exchanges measure_token_exchange(Deployment& deployment, const std::vector<std::string>& cookies, std::size_t count,
                                 Seconds duration) {
    Authorize authorize(deployment, cookies, count);
    drive(deployment.target(), connections, patience, authorize);
    Exchange exchange(deployment, std::move(authorize.codes));
    Exchanges out;
    out.pace = drive(deployment.target(), connections, duration, exchange);
    out.access_tokens = std::move(exchange.access_tokens);
    out.refresh_tokens = std::move(exchange.refresh_tokens);
    return out;
}

}  // namespace symbolon::bench
