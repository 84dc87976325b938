#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"

#include "chain_source.hpp"

#include "crypto/x509.hpp"

#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace symbolon::skill {

/// Fetches certificate chains, checks them, and keeps the good ones by their source. Anybody can name a URL in the
/// allowed folder before anything is proven, so few are fetched at once, and each by one request for all that wait for
/// it: strangers cannot take the threads of those whose chain is here. Threads: any.
class ChainStore {
public:
    explicit ChainStore(Fetch fetch) : fetch_(std::move(fetch)) {}

    /// The checked chain. A kept one is used only while every certificate in it is valid at `now`.
    /// Fails: VerificationError.
    crypto::x509::TrustedChain get(const ChainSource& source, Time now);

    /// The kept one; nothing when it would have to be fetched.
    std::optional<crypto::x509::TrustedChain> find(const ChainSource& source, Time now);

private:
    using TrustedChain = crypto::x509::TrustedChain;
    std::optional<TrustedChain> find_kept(const ChainSource& source, Time now);
    TrustedChain fetch_and_keep(const ChainSource& source, Time now, std::promise<TrustedChain> outcome);
    void keep(const ChainSource& source, const TrustedChain& chain);
    std::string fetch(const std::string& url) const;

    Fetch fetch_;
    std::mutex mutex_;
    std::map<ChainSource, TrustedChain> kept_;
    std::map<ChainSource, std::shared_future<TrustedChain>> fetching_;
};

}  // namespace symbolon::skill
