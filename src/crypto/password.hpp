#pragma once

#include "base/secret.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace symbolon::crypto {

class WorkPool;

/// Cost of Argon2id. The default is OWASP's first choice: 19 MiB, 2 passes, 1 lane.
struct Argon2Cost {
    std::uint32_t memory_kib = 19456;
    std::uint32_t passes = 2;
};

/// Checks that a text is a password hash that PasswordHasher can check at a bounded cost: Argon2, bcrypt, PBKDF2 or
/// scrypt, ours or another system's. Fails: invalid_parameter, in words that show nothing of the text.
void check_password_hash(std::string_view text);

/// What a password was found to be.
struct PasswordCheck {
    bool right = false;
    std::string renewed = {};  ///< the password's hash as it is stored today, if it is right and was stored otherwise
};

/// Hashes passwords (Argon2id, RFC 9106, PHC string format) and checks them, on a small pool of threads with a bounded
/// queue. When the queue is full it refuses at once instead of letting everyone wait.
class PasswordHasher {
public:
    PasswordHasher(Random& random, unsigned threads, std::size_t max_queue, Argon2Cost cost = {});
    ~PasswordHasher();

    /// Fails: Error{too_many_requests} when the queue is full.
    Task<std::string> hash(Password password);
    /// False for a wrong password. An empty `encoded` (no such user, or a user without password) is checked against a
    /// hash of nothing that matters, so that it takes the same time. Fails: Error{too_many_requests}.
    Task<bool> verify(Password password, std::string encoded);
    /// The same, and a right password whose hash is of another scheme or cost than hash() gives is hashed anew. That is
    /// done at once, in the same place in the queue: who was let in to be checked cannot be turned away in between.
    Task<PasswordCheck> check(Password password, std::string encoded);

    /// The same, at once, on the calling thread. For the command line and for tests.
    std::string hash_now(const Password& password);
    bool verify_now(const Password& password, const std::string& encoded);

    /// The threads that hash, and their queue, for other costly work on passwords (SRP).
    WorkPool& workers();

    /// How many times a password was hashed, for whatever outcome. For metrics, and for tests that equal work is done.
    std::uint64_t runs() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::crypto
