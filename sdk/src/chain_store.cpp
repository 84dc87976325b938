#include "chain_store.hpp"

#include "symbolon/skill/verifier.hpp"

#include "base/error.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <utility>

namespace symbolon::skill {
namespace {

constexpr std::size_t max_kept = 32;     // the platform has a handful at a time; only checked chains get in
constexpr std::size_t max_fetching = 4;  // at once
constexpr std::size_t max_chain = 64 * 1024;
constexpr std::chrono::seconds fetch_limit{3};

/// The chain must prove one of the profile's names; what is reported is why the last one failed.
crypto::x509::TrustedChain check(const std::string& pem, const TrustProfile& profile, Time now) {
    std::string reason = "no name to prove";
    for (const auto& name : profile.rules().names) {
        try {
            return crypto::x509::TrustedChain::verify(pem, name, profile.rules().roots_pem, profile.is_amazon(), now);
        } catch (const Error& error) {
            reason = error.detail.empty() ? error.message : error.detail;
        }
    }
    throw VerificationError("certificate chain: " + reason);
}

}  // namespace

crypto::x509::TrustedChain ChainStore::get(const ChainSource& source, Time now) {
    std::unique_lock lock(mutex_);
    if (auto kept = find_kept(source, now)) return *std::move(kept);
    if (const auto found = fetching_.find(source); found != fetching_.end()) {
        const auto outcome = found->second;
        lock.unlock();
        return outcome.get();  // waits as long as the fetch may take
    }
    if (fetching_.size() >= max_fetching) throw VerificationError("certificate chain: too many are being fetched");
    std::promise<TrustedChain> outcome;
    fetching_.emplace(source, outcome.get_future().share());
    lock.unlock();
    return fetch_and_keep(source, now, std::move(outcome));
}

std::optional<crypto::x509::TrustedChain> ChainStore::find(const ChainSource& source, Time now) {
    const std::lock_guard lock(mutex_);
    return find_kept(source, now);
}

crypto::x509::TrustedChain ChainStore::fetch_and_keep(const ChainSource& source, Time now,
                                                      std::promise<TrustedChain> outcome) {
    try {
        const auto chain = check(fetch(source.url), *source.profile, now);
        keep(source, chain);
        outcome.set_value(chain);
        return chain;
    } catch (...) {  // those who wait for it fail in the same way
        outcome.set_exception(std::current_exception());
        const std::lock_guard lock(mutex_);
        fetching_.erase(source);
        throw;
    }
}

void ChainStore::keep(const ChainSource& source, const TrustedChain& chain) {
    const std::lock_guard lock(mutex_);
    fetching_.erase(source);
    if (kept_.size() >= max_kept) kept_.erase(kept_.begin());
    kept_.insert_or_assign(source, chain);
}

std::optional<crypto::x509::TrustedChain> ChainStore::find_kept(const ChainSource& source, Time now) {
    const auto found = kept_.find(source);
    if (found == kept_.end()) return std::nullopt;
    if (now < found->second.not_before() || now > found->second.not_after()) {
        kept_.erase(found);
        return std::nullopt;
    }
    return found->second;
}

std::string ChainStore::fetch(const std::string& url) const {
    try {
        auto answer = fetch_({.url = url, .limit = fetch_limit, .max_body = max_chain});
        if (answer.status != 200) throw VerificationError("certificate chain: HTTP " + std::to_string(answer.status));
        if (answer.body.size() > max_chain) throw VerificationError("certificate chain: too large");
        return std::move(answer.body);
    } catch (const FetchError& error) {
        throw VerificationError(std::string("certificate chain: ") + error.what());
    }
}

}  // namespace symbolon::skill
