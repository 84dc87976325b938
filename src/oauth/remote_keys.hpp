#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "directory/recent.hpp"
#include "net/fetcher.hpp"
#include "oauth/key_set.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace symbolon::oauth {

/// Sets of keys that others publish (jwks_uri). They are fetched by the guarded fetcher, without redirects and within
/// 5 s, and remembered: for 5 minutes, or until a token names a key that is not there, but never read again within a
/// minute, whatever tokens name. What cannot be read counts as an empty set for that minute. Threads: any.
class RemoteKeys {
public:
    static constexpr std::chrono::minutes life{5};
    static constexpr std::chrono::minutes pause{1};  ///< between two reads
    static constexpr std::size_t most = 256;         ///< sets that are remembered
    static constexpr std::size_t max_size = 128 * 1024;

    RemoteKeys(net::Fetcher& fetcher, const Clock& clock) : fetcher_(fetcher), clock_(clock) {}

    /// The set at the URL that may have the key of the token. Never null.
    Task<std::shared_ptr<const KeySet>> find(std::string url, crypto::jose::ParsedJwt token);
    /// The set at the URL.
    Task<std::shared_ptr<const KeySet>> find(std::string url);
    /// By which they are read.
    net::Fetcher& fetcher() { return fetcher_; }

private:
    struct Read {
        KeySet keys;
        Instant at{};
        bool failed = false;
    };
    Task<std::shared_ptr<const Read>> read(std::string url);

    net::Fetcher& fetcher_;
    const Clock& clock_;
    directory::Recent<std::string, Read> recent_{most, life};
};

}  // namespace symbolon::oauth
