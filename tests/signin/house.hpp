#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/catalog.hpp"
#include "messaging/outbox.hpp"
#include "signin/administration.hpp"
#include "signin/browser_sessions.hpp"
#include "signin/recovery.hpp"
#include "signin/sign_in.hpp"
#include "signin/sign_up.hpp"
#include "signin/step.hpp"
#include "triggers/fake_functions.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::signin {

/// Sign-in in one process: a real database in memory, a clock that stands still, seeded chance, cheap Argon2. The pool
/// is the tutorial's: the user name is a phone number, texts verify it, and a code by SMS is required to sign in.
class House : public testing::Test {
protected:
    static constexpr std::string_view jane = "+14155550123";
    static constexpr std::string_view john = "+14155550199";
    static constexpr std::string_view nobody = "+14155550177";
    static constexpr std::string_view good = "Correct-Horse-7";
    static constexpr std::string_view bad = "Wrong-Horse-77";

    House();

    /// Changes what the tests' pool or client is set to.
    void change_pool(const std::function<void(directory::Pool&)>& change);
    void change_client(const std::function<void(directory::Client&)>& change);
    void hide_users(bool hide);
    void require_mfa(directory::UserPoolMfaType mfa);
    static ClientPtr make_client(const PoolId& pool, const std::string& id);

    /// Signs up and confirms. Returns the sub.
    UserId add_user(std::string_view login = jane, std::string_view password = good);
    std::optional<directory::User> user(const UserId& id);
    directory::User user(std::string_view login);
    void change_user(std::string_view login, const std::function<void(directory::User&)>& change);

    Outcome enter(std::string_view login, std::string_view password);
    /// The session of the SMS challenge that a right password leads to.
    Challenge challenge(std::string_view login = jane);
    Outcome answer(const Challenge& challenge, std::string_view code, std::optional<std::string> login = std::nullopt);

    /// The newest message, or all of them, newest first.
    messaging::Message last_message();
    std::vector<messaging::Message> messages();
    std::string last_code() { return last_message().code; }
    /// A code that is not `code`.
    static std::string other_than(const std::string& code);

    ManualClock clock{from_ms(1'800'000'000'000)};
    crypto::SeededRandom random{11};
    crypto::Sealer sealer{Bytes(32, 5), random};
    std::unique_ptr<db::Database> db;
    directory::Catalog catalog;
    crypto::PasswordHasher hasher{random, 2, 1000, crypto::Argon2Cost{64, 1}};
    messaging::Outbox outbox;
    triggers::FakeFunctions functions;
    triggers::Triggers triggers{functions};
    Services services;
    PoolPtr pool;
    ClientPtr client;
    Caller caller{.address = "192.0.2.1", .browser = "browser-a"};
    SignIn sign_in{services};
    SignUp sign_up{services};
    Recovery recovery{services};
    Administration administration{services};
    BrowserSessionService sessions{services};
};

/// What a call is refused with: code and message.
struct Refused {
    Errc code = Errc::internal;
    std::string message;
    friend bool operator==(const Refused&, const Refused&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Refused& refused) {
        return out << static_cast<int>(refused.code) << " \"" << refused.message << '"';
    }
};

template <class F>
Refused refusal_of(F call) {
    try {
        call();
    } catch (const Error& error) {
        return {error.code, error.message};
    }
    return {Errc::internal, "the call was not refused"};
}

inline const Refused wrong_password{Errc::not_authorized, "Incorrect username or password."};
inline const Refused locked{Errc::not_authorized, "Password attempts exceeded"};
inline const Refused invalid_session{Errc::not_authorized, "Invalid session for the user."};
inline const Refused expired_session{Errc::not_authorized, "Invalid session for the user, session is expired."};
inline const Refused used_session{Errc::not_authorized, "Invalid session for the user, session can only be used once."};
inline const Refused wrong_mfa_code{Errc::code_mismatch, "Invalid code or auth state for the user."};
inline const Refused wrong_code{Errc::code_mismatch, "Invalid verification code provided, please try again."};
inline const Refused expired_code{Errc::code_expired, "Invalid code provided, please request a code again."};
inline const Refused limit{Errc::limit_exceeded, "Attempt limit exceeded, please try after some time."};

inline bool is_signed_in(const Outcome& outcome) {
    return std::holds_alternative<SignedIn>(outcome);
}

}  // namespace symbolon::signin
