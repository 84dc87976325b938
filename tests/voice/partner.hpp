#pragma once

#include "net/form.hpp"
#include "net/test_server.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice::test {

/// The servers that an assistant talks to, on real sockets: a token endpoint that answers as the test says, and a skill
/// that greets. Both remember what they were asked.
class Partner {
public:
    Partner();

    /// Called on the server's thread.
    using TokenEndpoint = std::function<net::Response(const net::Form&)>;

    std::string token_url() const { return server_.url() + "/token"; }
    std::string skill_url() const { return server_.url() + "/skill"; }

    /// What the token endpoint answers from now on.
    void answer(TokenEndpoint endpoint);
    void answer(net::Response response);
    /// From now on the token endpoint takes requests and never answers.
    void fall_silent();

    /// What is at another path of this server.
    using Endpoint = std::function<net::Response(const net::Request&)>;
    void put_at(std::string path, Endpoint endpoint);
    std::string url_of(const std::string& path) const { return server_.url() + path; }
    /// What was asked at such a path.
    std::vector<net::Request> requests_at(std::string_view path) const;

    /// What the skill answers from now on.
    void skill_answers(net::Response response);

    std::vector<net::Request> token_requests() const;
    /// The form of the last request to the token endpoint.
    net::Form last_form() const;
    std::vector<boost::json::object> skill_requests() const;

private:
    Task<net::Response> serve(net::Request request);

    mutable std::mutex mutex_;
    TokenEndpoint endpoint_;
    std::map<std::string, Endpoint, std::less<>> others_;
    std::vector<net::Request> other_requests_;
    bool silent_ = false;
    net::Response skill_response_;
    std::vector<net::Request> token_requests_;
    std::vector<boost::json::object> skill_requests_;
    TestServer server_{[this](net::Request request) { return serve(std::move(request)); },
                       {.drain_limit = std::chrono::milliseconds(0)}};  // last: it uses all of the above
};

net::Response json_answer(std::string body, int status = 200);
/// A token answer of an hour. An empty refresh token is left out.
net::Response tokens(const std::string& access_token, const std::string& refresh_token);

}  // namespace symbolon::voice::test
