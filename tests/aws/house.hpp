#pragma once

#include "aws/door.hpp"
#include "base/clock.hpp"
#include "base/run.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/access_keys.hpp"
#include "directory/catalog.hpp"
#include "messaging/outbox.hpp"
#include "net/fake_fetcher.hpp"
#include "oauth/client_keys.hpp"
#include "triggers/fake_functions.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::aws {

using boost::json::array;
using boost::json::object;
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a call is refused with: `__type` without the suffix Exception, and the message.
struct Refused {
    std::string type;
    std::string message;
    friend bool operator==(const Refused&, const Refused&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Refused& refused) {
        return out << refused.type << ": " << refused.message;
    }
};

inline const Refused revoked_refresh{"NotAuthorized", "Refresh Token has been revoked"};
inline const Refused invalid_refresh{"NotAuthorized", "Invalid Refresh Token"};

/// The JSON API in one process: a real database in memory, a clock that stands still, seeded chance, cheap Argon2.
/// Every answer that passes through it is searched for what must never leave the house (attack row 39).
class House : public testing::Test {
protected:
    static constexpr std::string_view base_url = "https://id.example";
    static constexpr std::string_view key_id = "AKIDEXAMPLE";
    static constexpr std::string_view key_secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static constexpr std::string_view jane = "+14155550123";
    static constexpr std::string_view john = "+14155550199";
    static constexpr std::string_view nobody = "+14155550177";
    static constexpr std::string_view good = "Correct-Horse-7";
    static constexpr std::string_view bad = "Wrong-Horse-77";

    House();

    // Requests.
    /// A request as an SDK sends it, signed where the operation is an administrator's.
    net::Request make_request(std::string_view operation, std::string body) const;
    void sign(net::Request& request, std::string_view id = key_id, std::string_view secret = key_secret) const;
    net::Response serve(net::Request request);
    net::Response send(std::string_view operation, std::string body);
    net::Response send(std::string_view operation, const object& body);
    /// The body of an answer that must be 200.
    object call(std::string_view operation, const object& body);
    Refused refusal(std::string_view operation, const object& body);

    // Furniture. Pools are stored directly, because making keys is the slowest thing here; all else is asked for.
    /// A pool with these members of CreateUserPool. Returns its id.
    std::string add_pool(const object& settings = {});
    /// The tutorial's: the user name is a phone number, texts verify it, a code by SMS is required to sign in.
    static object tutorial();
    /// An app client that may sign in with a password; returns its id.
    std::string add_client(const std::string& pool, object more = {});
    std::string secret_of(const std::string& pool, const std::string& client);
    /// A client's SECRET_HASH for a user name.
    static std::string hash(std::string_view secret, std::string_view username, std::string_view client);
    /// Signs up and confirms; returns the sub.
    std::string add_user(const std::string& pool, const std::string& client, std::string_view username = jane);

    // Signing in.
    object sign_in(const std::string& client, std::string_view username = jane, std::string_view password = good);
    Refused sign_in_refusal(const std::string& client, std::string_view username, std::string_view password);
    /// The answer to an SMS challenge.
    object answer_request(const std::string& client, const object& challenge, std::string_view code,
                          std::string_view username = jane) const;
    /// The tokens of a whole sign-in with a code by SMS.
    object tokens(const std::string& pool, const std::string& client, std::string_view username = jane);

    std::vector<messaging::Message> messages(const std::string& pool);
    std::string last_code(const std::string& pool);
    /// A code that is not `code`.
    static std::string other_than(const std::string& code);
    template <class F>
    auto write(F closure) {
        return run(db->write(std::move(closure)));
    }

    ManualClock clock{from_ms(1'800'000'000'000)};
    crypto::SeededRandom random{23};
    crypto::Sealer sealer{Bytes(32, 7), random};
    std::unique_ptr<db::Database> db;
    directory::Catalog catalog;
    directory::AccessKeyRing keys{*db, sealer, clock, {std::string(key_id), directory::AccessKeySecret(key_secret)}};
    crypto::PasswordHasher hasher{random, 1, 1000, crypto::Argon2Cost{64, 1}};
    messaging::Outbox outbox;
    crypto::WorkPool workers{"key makers", 1, 1};
    triggers::FakeFunctions functions;
    triggers::Triggers triggers{functions};
    signin::Services services;
    signin::SignIn sign_in_{services};
    signin::SignUp sign_up_{services};
    signin::Recovery recovery_{services};
    signin::Administration administration_{services};
    net::FakeFetcher fetcher_;
    oauth::RemoteKeys remote_keys_{fetcher_, clock};
    oauth::ClientKeys client_keys_{remote_keys_};
    oauth::Tokens tokens_;
    Options options;
    Door door;
};

std::string header(const net::Response& response, std::string_view name);
object json_of(const net::Response& response);
Refused refused(const net::Response& response);
/// The text at a path of members, e.g. text(answer, "UserPool.Id"); "" when there is none.
std::string text(const object& in, std::string_view path);
/// The object at a path of members; empty when there is none.
object part(const object& in, std::string_view path);
/// The value of an attribute in a list of Name and Value.
std::string attribute(const array& list, std::string_view name);
/// `in` with members laid over; null takes one out.
object with(object in, const object& changes);
object parse(std::string_view json);

inline const Refused wrong_password{"NotAuthorized", "Incorrect username or password."};
inline const Refused locked{"NotAuthorized", "Password attempts exceeded"};
inline const Refused invalid_session{"NotAuthorized", "Invalid session for the user."};
inline const Refused expired_session{"NotAuthorized", "Invalid session for the user, session is expired."};
inline const Refused used_session{"NotAuthorized", "Invalid session for the user, session can only be used once."};
inline const Refused wrong_code{"CodeMismatch", "Invalid verification code provided, please try again."};
inline const Refused expired_code{"ExpiredCode", "Invalid code provided, please request a code again."};
inline const Refused unknown_user{"UserNotFound", "User does not exist."};
inline const Refused unknown_user_of_client{"UserNotFound", "Username/client id combination not found."};
inline const Refused invalid_page{"InvalidParameter", "Invalid pagination token given."};

}  // namespace symbolon::aws
