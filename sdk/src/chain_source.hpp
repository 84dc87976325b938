#pragma once

#include "symbolon/skill/trust_profile.hpp"

#include <compare>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill {

/// Where a certificate chain comes from: a URL that is safe to fetch, and the profile that allows it.
struct ChainSource {
    const TrustProfile* profile;
    std::string url;  ///< as ChainUrl::to_string() writes it

    auto operator<=>(const ChainSource&) const = default;
};

/// Tells the source from what a request's header says. Requests name the same few URLs for months, so what was made of
/// a text is kept. Threads: any.
class ChainSources {
public:
    /// `trust` outlives it.
    explicit ChainSources(const std::vector<TrustProfile>& trust) : trust_(trust) {}

    /// Fails: VerificationError (no acceptable URL, or no profile allows it).
    ChainSource get(std::string_view text);

private:
    ChainSource read(std::string_view text) const;

    const std::vector<TrustProfile>& trust_;
    std::mutex mutex_;
    std::map<std::string, ChainSource, std::less<>> known_;
};

}  // namespace symbolon::skill
