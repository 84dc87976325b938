#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"

#include "crypto/jose/jwk.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

namespace symbolon::skill {

/// The issuer publishes no key of that id.
struct UnknownKey {};

/// There are no keys, for this reason.
struct NoKeys {
    std::string reason;
};

/// An issuer's public keys (RFC 7517 §5), fetched when they are needed. Threads: any; one fetches, the others who need
/// what is fetched wait for it.
class KeySet {
public:
    using Found = std::variant<crypto::jose::VerifyingKey, UnknownKey, NoKeys>;

    KeySet(Fetch fetch, FetchRequest request) : fetch_(std::move(fetch)), request_(std::move(request)) {}

    Found find(const std::string& kid, Time now);

private:
    using Keys = std::map<std::string, crypto::jose::VerifyingKey>;

    bool wants_fetch(const std::string& kid, Time now) const;
    Found look_up(const std::string& kid, Time now) const;
    void fetch(Time now);

    Fetch fetch_;
    FetchRequest request_;
    std::mutex fetching_;  ///< held by the one who fetches
    mutable std::mutex mutex_;
    Keys keys_;
    std::string failure_ = "no keys were fetched yet";
    std::optional<Time> fetched_;  ///< when the keys came
    std::optional<Time> tried_;    ///< when they were last asked for
};

}  // namespace symbolon::skill
