#include "key_set.hpp"

#include "../json_read.hpp"

#include "base/error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <cstddef>
#include <utility>

namespace symbolon::skill {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours fresh_for{1};
constexpr std::chrono::hours usable_for{24};  // while the issuer cannot be reached
constexpr std::chrono::seconds pause{30};     // between fetches: a made-up key id must not make us ask every time
constexpr std::chrono::seconds pause_after_failure{5};
constexpr std::size_t max_keys = 64;

/// Keys for another use or of a kind that we do not know are left out: there may be some beside ours.
std::map<std::string, crypto::jose::VerifyingKey> read_keys(const json::array& list) {
    std::map<std::string, crypto::jose::VerifyingKey> keys;
    for (const auto& item : list) {
        const auto* jwk = item.if_object();
        if (jwk == nullptr || keys.size() >= max_keys) continue;
        try {
            auto key = crypto::jose::VerifyingKey::from_jwk(*jwk);
            if (!key.kid().empty()) keys.emplace(key.kid(), std::move(key));
        } catch (const Error&) {
            continue;
        }
    }
    return keys;
}

}  // namespace

KeySet::Found KeySet::find(const std::string& kid, Time now) {
    {
        const std::lock_guard lock(mutex_);
        if (!wants_fetch(kid, now)) return look_up(kid, now);
    }
    const std::lock_guard one(fetching_);
    bool still;
    {
        const std::lock_guard lock(mutex_);
        still = wants_fetch(kid, now);
    }
    if (still) fetch(now);
    const std::lock_guard lock(mutex_);
    return look_up(kid, now);
}

bool KeySet::wants_fetch(const std::string& kid, Time now) const {
    const bool tried_just_now = tried_ && now - *tried_ < (tried_ == fetched_ ? pause : pause_after_failure);
    const bool fresh = fetched_ && now - *fetched_ < fresh_for;
    return !tried_just_now && !(fresh && keys_.contains(kid));
}

KeySet::Found KeySet::look_up(const std::string& kid, Time now) const {
    if (!fetched_ || now - *fetched_ >= usable_for) return NoKeys{failure_};
    const auto found = keys_.find(kid);
    if (found != keys_.end()) return found->second;
    // Perhaps it is in the set that we failed to get.
    if (tried_ != fetched_) return NoKeys{failure_};
    return UnknownKey{};
}

void KeySet::fetch(Time now) {
    std::string failure;
    std::optional<Keys> keys;
    try {
        const auto answer = fetch_(request_);
        boost::system::error_code problem;
        const auto body = json::parse(answer.body, problem);
        const auto* set = problem ? nullptr : body.if_object();
        const auto* list = set == nullptr ? nullptr : find_array(*set, "keys");
        if (answer.status != 200) {
            failure = "the key set: HTTP " + std::to_string(answer.status);
        } else if (list == nullptr) {
            failure = "the key set is no JWK set";
        } else {
            keys = read_keys(*list);
        }
    } catch (const FetchError& error) {
        failure = std::string("the key set: ") + error.what();
    }
    const std::lock_guard lock(mutex_);
    tried_ = now;
    failure_ = std::move(failure);
    if (!keys) return;
    keys_ = *std::move(keys);
    fetched_ = now;
}

}  // namespace symbolon::skill
