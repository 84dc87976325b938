#include "crypto/password.hpp"

#include "crypto/argon2.hpp"
#include "crypto/password_hash/password_hash.hpp"
#include "crypto/work_pool.hpp"

#include <atomic>
#include <cstddef>
#include <utility>
#include <variant>

namespace symbolon::crypto {

namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;

}  // namespace

struct PasswordHasher::Impl {
    // A thread keeps the working memory of its last hash for the next one, until it is idle.
    Impl(Random& random_, unsigned threads, std::size_t max_queue, Argon2Cost cost)
        : random(random_),
          parameters{cost.memory_kib, cost.passes, 1},
          pool("password hasher", threads, max_queue, &argon2::release_memory) {}

    std::string hash(const Password& password) {
        ++runs;
        argon2::Encoded encoded{.parameters = parameters, .salt = random.bytes(salt_size), .hash = Bytes(hash_size)};
        encoded.hash = argon2::derive(password.reveal(), encoded);
        return argon2::to_text(encoded);
    }

    bool verify(const Password& password, const std::string& text) {
        ++runs;
        const auto parsed = parse_password_hash(text);
        if (const auto* stored = std::get_if<std::unique_ptr<const PasswordHash>>(&parsed))
            return (*stored)->matches(password.reveal());
        // No such user, or no password: the same work, so that the time does not tell.
        argon2::derive(password.reveal(),
                       {.parameters = parameters, .salt = Bytes(salt_size), .hash = Bytes(hash_size)});
        return false;
    }

    PasswordCheck check(const Password& password, const std::string& text) {
        if (!verify(password, text)) return {};
        return {.right = true, .renewed = is_current(text) ? std::string() : hash(password)};
    }

    /// True for a hash of today's scheme and cost.
    bool is_current(const std::string& text) const {
        const auto encoded = argon2::parse(text);
        return encoded && encoded->type == argon2::Type::id && encoded->parameters == parameters &&
               encoded->salt.size() == salt_size && encoded->hash.size() == hash_size;
    }

    Random& random;
    const argon2::Parameters parameters;
    std::atomic<std::uint64_t> runs{0};
    WorkPool pool;  // last: its threads use all of the above
};

PasswordHasher::PasswordHasher(Random& random, unsigned threads, std::size_t max_queue, Argon2Cost cost)
    : impl_(std::make_unique<Impl>(random, threads, max_queue, cost)) {}

PasswordHasher::~PasswordHasher() = default;

Task<std::string> PasswordHasher::hash(Password password) {
    auto work = [impl = impl_.get(), password = std::move(password)] { return impl->hash(password); };
    return impl_->pool.run(std::move(work));
}

Task<bool> PasswordHasher::verify(Password password, std::string encoded) {
    auto work = [impl = impl_.get(), password = std::move(password), encoded = std::move(encoded)] {
        return impl->verify(password, encoded);
    };
    return impl_->pool.run(std::move(work));
}

Task<PasswordCheck> PasswordHasher::check(Password password, std::string encoded) {
    auto work = [impl = impl_.get(), password = std::move(password), encoded = std::move(encoded)] {
        return impl->check(password, encoded);
    };
    return impl_->pool.run(std::move(work));
}

std::string PasswordHasher::hash_now(const Password& password) {
    std::string encoded = impl_->hash(password);
    argon2::release_memory();
    return encoded;
}

bool PasswordHasher::verify_now(const Password& password, const std::string& encoded) {
    const bool right = impl_->verify(password, encoded);
    argon2::release_memory();
    return right;
}

WorkPool& PasswordHasher::workers() {
    return impl_->pool;
}

std::uint64_t PasswordHasher::runs() const {
    return impl_->runs.load();
}

}  // namespace symbolon::crypto
