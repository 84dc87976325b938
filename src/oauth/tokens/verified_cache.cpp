#include "oauth/tokens/verified_cache.hpp"

#include <cstring>
#include <utility>

namespace symbolon::oauth {

std::size_t VerifiedCache::FirstBytes::operator()(const crypto::Digest& digest) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, digest.data() + 1, sizeof value);
    return value;
}

VerifiedCache::Entry VerifiedCache::find(const crypto::Digest& digest) {
    auto& shard = shard_of(digest);
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.young.find(digest); found != shard.young.end()) return found->second;
    const auto found = shard.old.find(digest);
    if (found == shard.old.end()) return {};
    auto entry = found->second;
    insert(shard, digest, entry);
    return entry;
}

void VerifiedCache::add(const crypto::Digest& digest, Entry entry) {
    auto& shard = shard_of(digest);
    const std::lock_guard lock(shard.mutex);
    insert(shard, digest, std::move(entry));
}

void VerifiedCache::insert(Shard& shard, const crypto::Digest& digest, Entry entry) {
    if (shard.young.size() >= generation_size) {
        shard.old = std::exchange(shard.young, {});
    }
    shard.young.insert_or_assign(digest, std::move(entry));
}

}  // namespace symbolon::oauth
