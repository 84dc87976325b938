#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"
#include "symbolon/skill/trust_profile.hpp"

#include "chain_url.hpp"

#include "crypto/x509.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace symbolon::skill {

/// Fetches certificate chains, checks them, and keeps the good ones by profile and URL. Threads: any.
class ChainStore {
public:
    explicit ChainStore(Fetch fetch) : fetch_(std::move(fetch)) {}

    /// The checked chain. A kept one is used only while every certificate in it is valid at `now`.
    /// Fails: VerificationError.
    crypto::x509::TrustedChain get(const ChainUrl& url, const TrustProfile& profile, Time now);

private:
    using Key = std::pair<const TrustProfile*, std::string>;
    std::optional<crypto::x509::TrustedChain> find_kept(const Key& key, Time now);
    std::string fetch(const std::string& url) const;

    Fetch fetch_;
    std::mutex mutex_;
    std::map<Key, crypto::x509::TrustedChain> kept_;
};

}  // namespace symbolon::skill
