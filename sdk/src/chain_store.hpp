#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"
#include "symbolon/skill/trust_profile.hpp"

#include "chain_url.hpp"

#include "crypto/x509.hpp"

#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace symbolon::skill {

/// Fetches certificate chains, checks them, and keeps the good ones by profile and URL. Anybody can name a URL in the
/// allowed folder before anything is proven, so few are fetched at once, and each by one request for all that wait for
/// it: strangers cannot take the threads of those whose chain is here. Threads: any.
class ChainStore {
public:
    explicit ChainStore(Fetch fetch) : fetch_(std::move(fetch)) {}

    /// The checked chain. A kept one is used only while every certificate in it is valid at `now`.
    /// Fails: VerificationError.
    crypto::x509::TrustedChain get(const ChainUrl& url, const TrustProfile& profile, Time now);

    /// The kept one; nothing when it would have to be fetched.
    std::optional<crypto::x509::TrustedChain> find(const ChainUrl& url, const TrustProfile& profile, Time now);

private:
    using TrustedChain = crypto::x509::TrustedChain;
    using Key = std::pair<const TrustProfile*, std::string>;
    std::optional<TrustedChain> find_kept(const Key& key, Time now);
    TrustedChain fetch_and_keep(const Key& key, Time now, std::promise<TrustedChain> outcome);
    void keep(const Key& key, const TrustedChain& chain);
    std::string fetch(const std::string& url) const;

    Fetch fetch_;
    std::mutex mutex_;
    std::map<Key, TrustedChain> kept_;
    std::map<Key, std::shared_future<TrustedChain>> fetching_;
};

}  // namespace symbolon::skill
