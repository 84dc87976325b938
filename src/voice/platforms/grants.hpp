#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// A code or a token that the assistant gave out where it plays a platform's own authorization server.
struct PlatformGrant {
    std::string kind;     ///< code | access | refresh
    std::string purpose;  ///< lwa (AcceptGrant) | customer (app-to-app) | login (at a maker's service) | smartthings
    std::string skill_id;
    std::string account;
    std::string redirect_uri;  ///< of a code that a browser carried; "" otherwise
    std::optional<Instant> expires;
    std::string code_challenge = {};  ///< of a code, as S256 has it (RFC 7636 §4.2); "" without
};

/// Those grants, as hashes, over one transaction.
class PlatformGrants {
public:
    explicit PlatformGrants(db::Transaction& tx) : tx_(tx) {}

    void save(std::string_view token, const PlatformGrant& grant);
    /// Nothing when it is unknown, of another kind, or expired at `now`.
    std::optional<PlatformGrant> find(std::string_view token, std::string_view kind, Instant now);
    /// The same for what works once; it is gone then.
    std::optional<PlatformGrant> consume(std::string_view token, std::string_view kind, Instant now);
    /// What was given out for a person at a skill.
    void delete_all(std::string_view skill_id, std::string_view account);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
