#pragma once

#include "crypto/hash.hpp"
#include "oauth/tokens.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace symbolon::oauth {

/// Remembers which access tokens are genuine, by their SHA-256, so that a signature is checked once. Says nothing about
/// expiry and revocation. Bounded: two generations in each shard, the older one is dropped when the younger is full, so
/// what is asked for stays. Threads: any.
class VerifiedCache {
public:
    using Entry = std::shared_ptr<const AccessToken>;

    /// Null when the token is not remembered.
    Entry find(const crypto::Digest& digest);
    void add(const crypto::Digest& digest, Entry token);

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

    static void insert(Shard& shard, const crypto::Digest& digest, Entry token);
    Shard& shard_of(const crypto::Digest& digest) { return shards_[digest[0] % shard_count]; }

    std::array<Shard, shard_count> shards_;
};

}  // namespace symbolon::oauth
