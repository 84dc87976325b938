#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "crypto/test_certificates.hpp"
#include "db/database.hpp"
#include "directory/catalog.hpp"
#include "directory/users.hpp"
#include "messaging/outbox.hpp"
#include "net/fake_fetcher.hpp"
#include "net/form.hpp"
#include "oauth/endpoints.hpp"
#include "triggers/fake_functions.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::oauth {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// An authorization server in one process: a real database in memory, a clock that stands still, seeded chance. Two
/// pools: `ok` with a user, a domain and four clients, and a foreign one with a client.
class House : public testing::Test {
protected:
    static constexpr std::string_view base_url = "https://id.example";
    static inline const PoolId pool_id{"us-east-1_OkPool123"};
    static inline const PoolId foreign_pool_id{"us-east-1_Foreign12"};
    static inline const ClientId web{"webclientwebclientwebclien"};       // confidential, code
    static inline const ClientId app{"appclientappclientappclien"};       // public, code and implicit
    static inline const ClientId robot{"robotclientrobotclientrobo"};     // confidential, client_credentials
    static inline const ClientId mute{"muteclientmuteclientmutecl"};      // no flow at all
    static inline const ClientId stranger{"strangerclientstrangerclie"};  // of the foreign pool
    static constexpr std::string_view secret = "s3cr3t+with/odd=chars%20and:colon";
    static constexpr std::string_view callback = "https://ok.example/cb";
    static constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static constexpr std::string_view challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";  // RFC 7636 App. B
    static inline const UserId user_id{"11111111-2222-4333-8444-555555555555"};
    static constexpr std::string_view pool_url = "https://id.example/us-east-1_OkPool123";

    House();

    /// Sends a request to the pool's own path and returns the answer. A target with a body is POSTed as a form.
    net::Response get(const std::string& target, Pairs headers = {});
    net::Response post(const std::string& target, const std::string& body, Pairs headers = {});
    net::Response post(const std::string& target, const Pairs& form, Pairs headers = {});
    net::Response send(net::Request request);

    /// The whole query of an authorization request, with the given parameters laid over; an empty value leaves one out.
    std::string authorize_query(Pairs overrides = {}) const;
    net::Response authorize(Pairs overrides = {}, Pairs headers = {});
    /// A browser that is signed in: its Cookie header.
    std::pair<std::string, std::string> sign_in_browser(std::vector<std::string> amr = {});
    /// A fresh code, through the authorize endpoint.
    std::string get_code(Pairs overrides = {});
    /// The form of a code exchange by the confidential client.
    Pairs code_form(const std::string& code, Pairs overrides = {}) const;
    /// The token answer of a whole code flow.
    boost::json::object get_tokens(Pairs overrides = {});
    signin::SignedIn signed_in(const ClientId& client = web) const;

    net::Response user_info(const std::string& access_token);
    net::Response refresh(const std::string& refresh_token, Pairs more = {});

    std::shared_ptr<const directory::Pool> pool();
    std::shared_ptr<const directory::Client> client(const ClientId& id);
    void change_client(const ClientId& id, const std::function<void(directory::ClientSettings&)>& change);
    void extend_client(const ClientId& id, const std::function<void(directory::ClientExtensions&)>& change);
    void extend_pool(const std::function<void(directory::PoolExtensions&)>& change);
    void change_user(const std::function<void(directory::User&)>& change);
    template <class F>
    auto write(F closure) {
        return run(db->write(std::move(closure)));
    }

    ManualClock clock{from_ms(1'800'000'000'000)};
    crypto::SeededRandom random{7};
    std::unique_ptr<crypto::Sealer> sealer;
    std::unique_ptr<db::Database> db;
    std::unique_ptr<directory::Catalog> catalog;
    std::unique_ptr<crypto::PasswordHasher> hasher;
    std::unique_ptr<messaging::Outbox> outbox;
    triggers::FakeFunctions functions;
    triggers::Triggers triggers{functions};
    std::unique_ptr<signin::Services> services;
    std::unique_ptr<Sites> sites;
    std::unique_ptr<Tokens> tokens;
    TestAuthority client_authority;
    net::FakeFetcher fetcher;
    RemoteKeys remote_keys{fetcher, clock};
    ClientKeys client_keys{remote_keys};
    std::unique_ptr<Authorization> authorization;
    std::unique_ptr<signin::BrowserSessionService> sessions;
    std::unique_ptr<federation::Federation> federation;
    std::unique_ptr<Endpoints> endpoints;

private:
    void furnish();
};

/// A claim that makes a token of others not right; null: the claim is missing.
struct WrongClaim {
    const char* name;
    boost::json::value value;

    template <class T>
    WrongClaim(const char* claim, T wrong) : name(claim), value(std::move(wrong)) {}
};

std::string header(const net::Response& response, std::string_view name);
std::string location(const net::Response& response);
/// A parameter of a URL's query or, with '#', of its fragment; "" when absent.
std::string parameter_of(const std::string& url, std::string_view name, char mark = '?');
boost::json::object json_of(const net::Response& response);
std::string text(const boost::json::object& object, std::string_view member);
/// What a JWT says, unproven.
boost::json::object claims_of(const std::string& jwt);
std::string kid_of(const std::string& jwt);
/// "Basic …" of an id and a secret, form-encoded first (RFC 6749 §2.3.1) unless `raw`.
std::string basic(std::string_view id, std::string_view secret, bool raw = false);
std::string encode(const Pairs& form);

/// The code that a call is refused with.
template <class F>
Error refusal_of(F call) {
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    ADD_FAILURE() << "the call was not refused";
    return Error{Errc::internal};
}

}  // namespace symbolon::oauth
