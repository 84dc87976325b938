#pragma once

#include "crypto/hash.hpp"
#include "db/database.hpp"
#include "directory/token_status.hpp"
#include "oauth/tokens.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace symbolon::oauth {

/// Remembers which access tokens are genuine, by their SHA-256, so that a signature is checked once, and what the
/// database said of them when it was asked last. Says nothing about expiry and revocation. Bounded: two generations in
/// each shard, the older one is dropped when the younger is full, so what is asked for stays. Threads: any.
class VerifiedCache {
public:
    /// What was read, and the database's mark of before.
    struct Seen {
        db::Database::Mark mark{};
        std::shared_ptr<const directory::TokenStatus> status;
    };
    struct Entry {
        std::shared_ptr<const AccessToken> token;  ///< null: the token is not remembered
        std::optional<Seen> seen;
    };

    Entry find(const crypto::Digest& digest);
    void add(const crypto::Digest& digest, Entry entry);

private:
    static constexpr std::size_t shard_count = 16;
    static constexpr std::size_t generation_size = 1024;  ///< tokens, of one shard

    /// A digest is evenly spread already: some of its bytes are its hash.
    struct FirstBytes {
        std::size_t operator()(const crypto::Digest& digest) const noexcept;
    };
    using Generation = std::unordered_map<crypto::Digest, Entry, FirstBytes>;
    struct Shard {
        std::mutex mutex;
        Generation young, old;
    };

    static void insert(Shard& shard, const crypto::Digest& digest, Entry entry);
    Shard& shard_of(const crypto::Digest& digest) { return shards_[digest[0] % shard_count]; }

    std::array<Shard, shard_count> shards_;
};

}  // namespace symbolon::oauth
