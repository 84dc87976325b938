#include "browser.hpp"

#include "net/form.hpp"

#include <map>
#include <stdexcept>

namespace symbolon::bench {

namespace {

/// Keeps cookies and posts forms.
class Browser {
public:
    explicit Browser(net::Client& http) : http_(http) {}

    net::ClientResponse get(const std::string& url) { return send({.method = "GET", .url = url}); }

    net::ClientResponse post(const std::string& url, net::Form form) {
        form.add("_csrf", cookies_["XSRF-TOKEN"]);
        net::ClientRequest request{.method = "POST", .url = url, .body = form.encode()};
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        return send(std::move(request));
    }

    std::string cookies() const {
        std::string out;
        for (const auto& [name, value] : cookies_) out += (out.empty() ? "" : "; ") + name + "=" + value;
        return out;
    }

private:
    net::ClientResponse send(net::ClientRequest request) {
        if (!cookies_.empty()) request.headers.add("Cookie", cookies());
        auto response = http_.send_now(request);
        for (const auto field : response.headers.find_all("Set-Cookie")) {
            const auto pair = field.substr(0, field.find(';'));
            const auto equals = pair.find('=');
            cookies_[std::string(pair.substr(0, equals))] = pair.substr(equals + 1);
        }
        return response;
    }

    net::Client& http_;
    std::map<std::string, std::string> cookies_;
};

/// Where an answer sends the browser.
std::string next_of(const net::ClientResponse& response) {
    const auto location = response.headers.find("Location");
    if (!location) {
        throw std::runtime_error("A page did not go on: " + std::to_string(response.status) + " " + response.body);
    }
    return std::string(*location);
}

}  // namespace

std::string authorize_target(const Deployment& deployment) {
    net::Form query;
    query.add("client_id", deployment.skill().id);
    query.add("response_type", "code");
    query.add("redirect_uri", std::string(Deployment::redirect_uri));
    query.add("scope", "phone openid");
    query.add("state", "0123456789abcdef");
    return "/" + deployment.pool_id() + "/oauth2/authorize?" + query.encode();
}

std::string sign_in_by_browser(Deployment& deployment, const std::string& phone_number) {
    Browser browser(deployment.http());
    const auto sign_in = next_of(browser.get(deployment.url() + authorize_target(deployment)));
    browser.get(sign_in);
    net::Form credentials;
    credentials.add("username", phone_number);
    credentials.add("password", deployment.password());
    const auto mfa = next_of(browser.post(sign_in, credentials));
    net::Form code;
    code.add("code", deployment.inbox().wait_for_code(phone_number));
    const auto end = next_of(browser.post(mfa, code));
    if (!end.starts_with(Deployment::redirect_uri)) throw std::runtime_error("The sign-in ended at " + end);
    return browser.cookies();
}

}  // namespace symbolon::bench
