#include "chain_source.hpp"

#include "symbolon/skill/verifier.hpp"

#include "chain_url.hpp"

#include <cstddef>

namespace symbolon::skill {
namespace {

constexpr std::size_t max_known = 32;  // strangers can write one URL in many ways: then it is read anew

}  // namespace

ChainSource ChainSources::get(std::string_view text) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(text); found != known_.end()) return found->second;
    }
    auto source = read(text);
    const std::lock_guard lock(mutex_);
    if (known_.size() >= max_known) known_.clear();
    known_.insert_or_assign(std::string(text), source);
    return source;
}

ChainSource ChainSources::read(std::string_view text) const {
    const auto url = ChainUrl::parse(text);
    if (!url) throw VerificationError("SignatureCertChainUrl is not an acceptable URL");
    for (const auto& profile : trust_) {
        if (url->satisfies(profile.rules())) return {&profile, url->to_string()};
    }
    throw VerificationError("no trust profile allows a chain from " + url->to_string());
}

}  // namespace symbolon::skill
