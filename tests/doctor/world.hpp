#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "doctor/doctor.hpp"
#include "doctor/person/forms.hpp"
#include "doctor/transport.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace symbolon::doctor::test {

/// What an authorization request asked for, on its way through the pages.
struct Ticket {
    std::string redirect_uri;
    std::string state;
    std::string scope;
    std::string challenge;
    Instant began{};
};

struct Code {
    Ticket ticket;
    std::string client;
    Instant issued{};
    bool used = false;
    std::string grant;
};

struct Grant {
    std::string id;
    std::string scope;
};

struct RefreshToken {
    std::string grant;
    std::string next;  ///< its successor, once it was used
    std::thread::id user;
    Instant used{};
    bool heard = false;  ///< the answer with the successor arrived
    int generation = 0;
};

/// An authorization server and all that stands around it, in this process: an OAuth server as platforms want it, a
/// skill, a smart-home skill, device clouds. With a `fault` (the id of a check) it does wrong what that check looks at,
/// and nothing else; with one in words it is another world, and the test that makes it says what is to be found.
class World final : public Http, public Network {
public:
    explicit World(std::string fault = {});

    HttpAnswer send(const HttpRequest& request) override;
    std::optional<std::vector<IpAddress>> resolve(const std::string& host) override;
    std::string connect(const IpAddress& address, std::uint16_t port) override;
    TlsReport shake_hands(const std::string& host, std::uint16_t port, TlsOffer offer) override;

    /// What the doctor is told of this world.
    Subject subject() const;
    Account account() const;
    /// The account's password was changed.
    void end_access();

    ManualClock clock{from_ms(1'790'000'000'000)};
    crypto::SeededRandom random{11};
    int handshakes = 0;
    int unanswered = 0;  ///< calls of the token endpoint

private:
    bool is(std::string_view id) const { return fault_ == id; }
    /// The other case of a check that knows a mild and a severe one.
    bool is_other(std::string_view id) const { return fault_ == std::string(id) + "!"; }
    void keep_out(const Url& url);
    net::Response answer(const HttpRequest& request, const Url& url);
    std::chrono::milliseconds delay_of(const HttpRequest& request, const Url& url);

    // world_front.cpp: what people see
    net::Response authorize(const Url& url, const HttpRequest& request);
    net::Response sign_in(const Url& url, const HttpRequest& request);
    net::Response ask_code(const Url& url, const HttpRequest& request);
    net::Response consent(const Url& url, const HttpRequest& request);
    net::Response back(const Ticket& ticket, const std::string& what);
    net::Response allow(const Ticket& ticket);
    net::Response page(const std::string& body, const Ticket& ticket) const;
    Ticket* ticket_of(const Url& url);
    std::vector<std::string> registered() const;

    // world_tokens.cpp: what platforms call
    net::Response token(const HttpRequest& request);
    net::Response grant(const net::Form& form, const std::string& client, const HttpRequest& request);
    net::Response exchange(const net::Form& form, const std::string& client);
    net::Response refresh(const net::Form& form, const HttpRequest& request);
    net::Response assert_identity(const net::Form& form);
    net::Response tokens(const std::string& grant, const std::string& refresh_token, bool refreshed);
    std::string make_access_token(const std::string& grant);
    std::string authenticate(const net::Form& form, const HttpRequest& request) const;
    net::Response user_info(const HttpRequest& request);
    net::Response revoke(const HttpRequest& request);
    net::Response metadata(bool openid) const;

    // world_clouds.cpp: skills and device clouds
    net::Response skill(const HttpRequest& request);
    net::Response smart_home(const HttpRequest& request, bool outage);
    net::Response fulfil(const HttpRequest& request);
    net::Response interact(const HttpRequest& request);

    std::string fault_;
    std::string base_;
    std::mutex mutex_;
    std::thread::id main_ = std::this_thread::get_id();
    std::map<std::string, Ticket> tickets_;
    std::map<std::string, Code> codes_;
    std::map<std::string, Grant> grants_;
    std::map<std::string, RefreshToken> refresh_tokens_;
    std::map<std::string, std::string> access_tokens_;  ///< grant
    std::vector<std::string> sessions_;
    std::vector<std::string> states_;
    bool slow_once_ = true;
};

/// The account's owner, who fills in forms and can end the account.
class Owner final : public FormPerson {
public:
    explicit Owner(World& world);
    std::optional<Arrival> go(const Errand& errand) override;

private:
    World& world_;
};

/// PEM of the key that signs skill requests: one that was made before.
std::string signer_key();
/// The id of a header field's cookie; "" without one.
std::string cookie_of(const HttpRequest& request, std::string_view name);
net::Response json_answer(int status, std::string body);
net::Response redirect_to(std::string location);

/// What the doctor says of the world.
Report examine(World& world, const Subject& subject);

}  // namespace symbolon::doctor::test
