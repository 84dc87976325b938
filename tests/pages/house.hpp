#pragma once

#include "base/clock.hpp"
#include "base/run.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/catalog.hpp"
#include "directory/users.hpp"
#include "messaging/outbox.hpp"
#include "net/fake_fetcher.hpp"
#include "oauth/endpoints.hpp"
#include "pages/pages.hpp"
#include "triggers/fake_functions.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::pages {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The hosted pages of the tutorial's pool in one process, with the endpoints beside them: a phone number is the user
/// name and a code by SMS the second factor. One user, Jane, is confirmed; the app client may use the code grant.
class House : public testing::Test {
protected:
    static constexpr std::string_view base_url = "https://id.example";
    static constexpr std::string_view site_path = "/testaccountlinking";
    static constexpr std::string_view callback = "https://client.example/cb";
    static constexpr std::string_view jane = "+14155550123";
    static constexpr std::string_view john = "+14155550124";
    static constexpr std::string_view nobody = "+14155550199";
    static constexpr std::string_view good = "Correct-Horse-7";
    static inline const PoolId pool_id{"us-east-1_Pages1234"};
    static inline const ClientId client_id{"pagesclientpagesclientpage"};
    static constexpr std::string_view client_secret = "the-secret-of-the-client";

    House();

    /// Answers as the server does: the endpoints, then the pages.
    net::Response serve(net::Request request);

    UserId add_user(std::string_view phone, std::string_view password = good);
    std::optional<directory::User> find_user(std::string_view phone);
    void change_pool(const std::function<void(directory::PoolSettings&)>& change);
    void change_client(const std::function<void(directory::Client&)>& change);
    std::vector<messaging::Message> texts() { return run(outbox.list(pool_id, 1000)); }
    /// The code of the newest text.
    std::string last_code();
    /// The user that an authorization code was made for: the `sub` of its tokens.
    std::string subject_of(const std::string& code);

    ManualClock clock{from_ms(1'800'000'000'000)};
    crypto::SeededRandom random{11};
    crypto::Sealer sealer{Bytes(32, 5), random};
    std::unique_ptr<db::Database> db = db::open("sqlite::memory:");
    directory::Catalog catalog{*db, sealer, clock};
    crypto::PasswordHasher hasher{random, 1, 100, crypto::Argon2Cost{64, 1}};
    messaging::Outbox outbox;
    triggers::FakeFunctions functions;
    triggers::Triggers triggers{functions};
    signin::Services services;
    signin::SignIn sign_in{services};
    signin::SignUp sign_up{services};
    signin::Recovery recovery{services};
    signin::BrowserSessionService sessions{services};
    oauth::Sites sites{catalog, {std::string(base_url), ""}};
    net::FakeFetcher fetcher;
    oauth::RemoteKeys remote_keys{fetcher, clock};
    oauth::ClientKeys client_keys{remote_keys};
    oauth::Tokens tokens{services, std::string(base_url), client_keys};
    oauth::Authorization authorization{services, tokens, client_keys, fetcher};
    federation::Federation federation{services, fetcher};
    oauth::Endpoints endpoints{services, sites, tokens, authorization, sessions, client_keys, {}, federation};
    Pages pages{services, authorization, sign_in, sign_up, recovery, sessions};

    friend class Visitor;
};

/// A browser as far as cookies and forms go.
class Visitor {
public:
    explicit Visitor(House& house) : house_(house) {}

    /// `target`: a URL of the site, or a path of the server.
    net::Response get(const std::string& target, const Pairs& headers = {});
    /// Posts a form with the token of this browser, which loads the page first if it has none.
    net::Response submit(const std::string& target, Pairs fields);
    /// Posts as it is told.
    net::Response post(const std::string& target, const Pairs& fields, const Pairs& headers = {});
    net::Response send(net::Method method, const std::string& target, std::string body, const Pairs& headers);

    /// Where the authorization endpoint sends this browser: a page's URL, or the client's.
    std::string authorize(const Pairs& overrides = {});
    /// From the authorization endpoint to its end: the client's URL.
    std::string sign_in(std::string_view phone = House::jane, std::string_view password = House::good);
    net::Response sign_out();

    std::map<std::string, std::string> cookies;

private:
    House& house_;
};

/// A page's URL with the query of an authorization request.
std::string page(std::string_view name, const Pairs& overrides = {});
std::string location(const net::Response& response);
std::string header(const net::Response& response, std::string_view name);
/// A parameter of a URL's query; "" when absent.
std::string parameter_of(const std::string& url, std::string_view name);
std::string encode(const Pairs& form);

}  // namespace symbolon::pages
