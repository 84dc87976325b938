#pragma once

#include "aws/door.hpp"
#include "base/clock.hpp"
#include "base/run.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "crypto/work_pool.hpp"
#include "db/database.hpp"
#include "directory/access_keys.hpp"
#include "directory/catalog.hpp"
#include "federation/federation.hpp"
#include "messaging/outbox.hpp"
#include "net/fake_fetcher.hpp"
#include "net/http.hpp"
#include "oauth/client_keys.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/remote_keys.hpp"
#include "pages/pages.hpp"
#include "triggers/fake_functions.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace symbolon::fuzz {

/// A whole identity server in one process, for targets that send it requests: a database in memory, a clock that stands
/// still, seeded chance, cheap Argon2. One pool with a domain, a public and a confidential client, and two users.
struct Server {
    static constexpr std::string_view base_url = "https://id.example";
    static constexpr std::string_view pool = "us-east-1_Fuzzed123";
    static constexpr std::string_view domain = "fuzzed";
    static constexpr std::string_view app = "appclientappclientappclien";  ///< public, every flow
    static constexpr std::string_view web = "webclientwebclientwebclien";  ///< confidential
    static constexpr std::string_view web_secret = "the-secret-of-the-web-client";
    static constexpr std::string_view callback = "https://client.example/cb";
    static constexpr std::string_view jane = "jane";
    static constexpr std::string_view john = "john";
    static constexpr std::string_view password = "Correct-Horse-7";

    Server();

    /// Answers as the program does: the API at `/`, the files it names, then endpoints and pages of the pool.
    net::Response serve(net::Request request);
    /// A request of an operation, signed where it is an administrator's.
    net::Response call(std::string_view operation, std::string body);
    /// The newest code that was sent; "" when none was.
    std::string last_code();

    ManualClock clock{from_ms(1'800'000'000'000)};
    crypto::SeededRandom random{29};
    crypto::Sealer sealer{Bytes(32, 3), random};
    std::unique_ptr<db::Database> db = open_database();
    directory::Catalog catalog{*db, sealer, clock};
    directory::AccessKeyRing keys;
    crypto::PasswordHasher hasher{random, 1, 100, crypto::Argon2Cost{64, 1}};
    messaging::Outbox outbox;
    crypto::WorkPool workers{"key makers", 1, 4};
    triggers::FakeFunctions functions;
    triggers::Triggers triggers{functions};
    signin::Services services;
    signin::SignIn sign_in{services};
    signin::SignUp sign_up{services};
    signin::Recovery recovery{services};
    signin::Administration administration{services};
    signin::BrowserSessionService sessions{services};
    oauth::Sites sites{catalog, {std::string(base_url), ""}};
    net::FakeFetcher fetcher;
    oauth::RemoteKeys remote_keys{fetcher, clock};
    oauth::ClientKeys client_keys{remote_keys};
    oauth::Tokens tokens{services, std::string(base_url), client_keys};
    oauth::Authorization authorization{services, tokens, client_keys, fetcher};
    federation::Federation federation{services, fetcher};
    oauth::Endpoints endpoints{services, sites, tokens, authorization, sessions, client_keys, {}, federation};
    pages::Pages pages{services, authorization, sign_in, sign_up, recovery, sessions};
    aws::Options options;
    aws::Door door;

private:
    static std::unique_ptr<db::Database> open_database();
    void furnish();
};

}  // namespace symbolon::fuzz
