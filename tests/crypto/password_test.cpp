#include "crypto/password.hpp"

#include "base/cpu_time.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "crypto/password_hash/password_hash.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <variant>

namespace symbolon::crypto {
namespace {

constexpr Argon2Cost cheap{.memory_kib = 64, .passes = 1};

class PasswordHashing : public testing::Test {
protected:
    SystemRandom random;
    PasswordHasher hasher{random, 2, 8, cheap};
};

TEST_F(PasswordHashing, accepts_the_password_and_no_other) {
    const std::string encoded = hasher.hash_now(Password("correct horse"));
    EXPECT_TRUE(encoded.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    EXPECT_TRUE(hasher.verify_now(Password("correct horse"), encoded));
    EXPECT_FALSE(hasher.verify_now(Password("correct horse "), encoded));
    EXPECT_FALSE(hasher.verify_now(Password(""), encoded));
}

TEST_F(PasswordHashing, the_same_password_has_another_hash_each_time) {
    EXPECT_NE(hasher.hash_now(Password("x")), hasher.hash_now(Password("x")));
}

/// From the test file of the reference implementation (argon2id, version 19, t=2, m=2^16, p=1, "password", "somesalt").
TEST_F(PasswordHashing, verifies_hashes_of_the_reference_implementation_whatever_their_cost) {
    const std::string encoded =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    EXPECT_TRUE(hasher.verify_now(Password("password"), encoded));
    EXPECT_FALSE(hasher.verify_now(Password("Password"), encoded));
}

TEST_F(PasswordHashing, nothing_is_the_password_of_a_user_who_does_not_exist) {
    // The hash that is compared with is all zeros; no password derives it, and none is told to be right.
    for (const char* password : {"", "x", "password"}) EXPECT_FALSE(hasher.verify_now(Password(password), ""));
}

TEST_F(PasswordHashing, an_unknown_user_costs_as_much_as_a_wrong_password) {
    PasswordHasher costly(random, 1, 1, {.memory_kib = 8192, .passes = 2});
    const std::string encoded = costly.hash_now(Password("right"));
    const auto wrong = least_cpu_time(5, [&] { EXPECT_FALSE(costly.verify_now(Password("wrong"), encoded)); });
    const auto unknown = least_cpu_time(5, [&] { EXPECT_FALSE(costly.verify_now(Password("wrong"), "")); });
    EXPECT_EQ(costly.runs(), 11u);
    EXPECT_LT(unknown, wrong * 2);
    EXPECT_LT(wrong, unknown * 2);
}

bool is_accepted(const std::string& text) {
    return std::holds_alternative<std::unique_ptr<const PasswordHash>>(parse_argon2(text));
}

TEST(Argon2Text, refuses_what_it_would_not_write) {
    const std::string salt = "c29tZXNhbHQ", hash = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    EXPECT_TRUE(is_accepted("$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + hash));
    for (const std::string& text :
         {std::string(), std::string("$"), "$argon2ix$v=19$m=64,t=1,p=1$" + salt + "$" + hash,
          "$argon2id$v=16$m=64,t=1,p=1$" + salt + "$" + hash, "$argon2id$v=19$t=1,m=64,p=1$" + salt + "$" + hash,
          "$argon2id$v=19$m=64,t=1,p=1$" + salt, "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + hash + "$",
          "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + hash + "=", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "=$" + hash,
          "$argon2id$v=19$m=64,t=1,p=1$c2E$" + hash, "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$c2E",
          "$argon2id$v=19$m=-64,t=1,p=1$" + salt + "$" + hash, "$argon2id$v=19$m= 64,t=1,p=1$" + salt + "$" + hash,
          "$argon2id$v=19$m=064,t=1,p=1$" + salt + "$" + hash,
          // costs that would be a denial of service, or undefined
          "$argon2id$v=19$m=4294967295,t=1,p=1$" + salt + "$" + hash,
          "$argon2id$v=19$m=64,t=0,p=1$" + salt + "$" + hash,
          "$argon2id$v=19$m=64,t=4000000000,p=1$" + salt + "$" + hash,
          "$argon2id$v=19$m=64,t=1,p=0$" + salt + "$" + hash, "$argon2id$v=19$m=7,t=1,p=1$" + salt + "$" + hash,
          "$argon2id$v=19$m=64,t=1,p=4294967295$" + salt + "$" + hash,
          "$argon2id$v=19$m=99999999999,t=1,p=1$" + salt + "$" + hash}) {
        EXPECT_FALSE(is_accepted(text)) << text;
    }
}

Task<PasswordCheck> check_later(PasswordHasher& hasher, std::string password, std::string encoded) {
    co_return co_await hasher.check(Password(password), std::move(encoded));
}

TEST_F(PasswordHashing, a_right_password_of_another_scheme_or_cost_is_hashed_anew) {
    PasswordHasher costly(random, 1, 1, {.memory_kib = 128, .passes = 1});
    for (const std::string& encoded : {std::string("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
                                       costly.hash_now(Password("U*U"))}) {
        const auto right = run(check_later(hasher, "U*U", encoded));
        EXPECT_TRUE(right.right) << encoded;
        EXPECT_TRUE(right.renewed.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << right.renewed;
        EXPECT_TRUE(hasher.verify_now(Password("U*U"), right.renewed));
        EXPECT_FALSE(hasher.verify_now(Password("U*u"), right.renewed));
        const auto again = run(check_later(hasher, "U*U", right.renewed));
        EXPECT_TRUE(again.right);
        EXPECT_EQ(again.renewed, "") << "this is how it is stored today";
    }
}

TEST_F(PasswordHashing, a_wrong_password_is_not_hashed_anew) {
    for (const char* encoded :
         {"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "", "$2b$99$not one that is checked"}) {
        const auto before = hasher.runs();
        const auto wrong = run(check_later(hasher, "u*u", encoded));
        EXPECT_FALSE(wrong.right) << encoded;
        EXPECT_EQ(wrong.renewed, "") << encoded;
        EXPECT_EQ(hasher.runs() - before, 1u) << encoded;
    }
}

Task<bool> round_trip(PasswordHasher& hasher) {
    const std::string encoded = co_await hasher.hash(Password("p"));
    const bool wrong = co_await hasher.verify(Password("q"), encoded);
    const bool right = co_await hasher.verify(Password("p"), encoded);
    co_return right && !wrong;
}

TEST_F(PasswordHashing, works_from_a_coroutine) {
    EXPECT_TRUE(run(round_trip(hasher)));
}

Task<std::thread::id> thread_after_hash(PasswordHasher& hasher) {
    co_await hasher.hash(Password("p"));
    co_return std::this_thread::get_id();
}

TEST_F(PasswordHashing, the_coroutine_goes_on_where_it_was) {
    EXPECT_EQ(run(thread_after_hash(hasher)), std::this_thread::get_id());
}

/// Holds the pool's only thread, since a salt is drawn there, until it is let go.
class HeldRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return let_go_; });
        for (auto& byte : out) byte = 1;
    }
    void let_go() {
        {
            const std::lock_guard lock(mutex_);
            let_go_ = true;
        }
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool let_go_ = false;
};

TEST(PasswordPool, a_full_queue_refuses_at_once_and_serves_the_others) {
    HeldRandom held;
    PasswordHasher hasher(held, 1, 2, cheap);
    boost::asio::io_context loop;
    int served = 0, refused = 0;
    for (int i = 0; i < 5; ++i) {
        boost::asio::co_spawn(loop, hasher.hash(Password("p")), [&](std::exception_ptr failure, const std::string&) {
            try {
                if (failure) std::rethrow_exception(failure);
                ++served;
            } catch (const Error& error) {
                EXPECT_EQ(error.code, Errc::too_many_requests);
                ++refused;
                if (refused == 2) held.let_go();
            }
        });
    }
    loop.run();
    EXPECT_EQ(refused, 2);  // one runs, two wait
    EXPECT_EQ(served, 3);
    boost::asio::io_context later;
    bool again = false;
    boost::asio::co_spawn(later, hasher.hash(Password("p")),
                          [&](std::exception_ptr failure, const std::string&) { again = !failure; });
    later.run();
    EXPECT_TRUE(again);
}

TEST(PasswordPool, whoever_was_let_in_is_hashed_anew_though_the_queue_is_full) {
    HeldRandom held;
    PasswordHasher hasher(held, 1, 1, cheap);
    boost::asio::io_context loop;
    int renewed = 0, refused = 0;
    for (int i = 0; i < 3; ++i) {
        boost::asio::co_spawn(
            loop, check_later(hasher, "U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            [&](std::exception_ptr failure, const PasswordCheck& check) {
                if (failure) {
                    ++refused;
                    held.let_go();  // the first is right, and waits for the salt of its new hash
                } else if (check.right && check.renewed.starts_with("$argon2id$")) {
                    ++renewed;
                }
            });
    }
    loop.run();
    EXPECT_EQ(refused, 1);  // one runs, one waits
    EXPECT_EQ(renewed, 2);
}

}  // namespace
}  // namespace symbolon::crypto
