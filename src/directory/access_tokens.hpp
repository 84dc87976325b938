#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// What an opaque access token stands for: what others say in claims.
struct AccessTokenDetails {
    std::string id;  ///< jti
    std::string client_id;
    std::string user_id;  ///< "": the client itself
    std::string username;
    std::string grant_id;
    std::vector<std::string> scopes;
    std::vector<std::string> audience;
    std::vector<std::string> groups;
    std::int64_t issued_ms = 0;
    std::int64_t auth_ms = 0;
    std::string jkt;  ///< what it is bound to; "": nothing
    std::string x5t;
    std::string actor;    ///< JSON; "": none
    std::string may_act;  ///< JSON; "": none
    std::optional<std::vector<std::string>> userinfo_claims = {};
    std::optional<std::string> more = {};  ///< JSON: the claims that are not ours
};
BOOST_DESCRIBE_STRUCT(AccessTokenDetails, (),
                      (id, client_id, user_id, username, grant_id, scopes, audience, groups, issued_ms, auth_ms, jkt,
                       x5t, actor, may_act, userinfo_claims, more))

struct StoredAccessToken {
    PoolId pool_id;
    Bytes hash;
    AccessTokenDetails details;
    Instant expires{};
};

/// Opaque access tokens, found by their hash.
class AccessTokens {
public:
    explicit AccessTokens(db::Transaction& tx) : tx_(tx) {}

    void create(const StoredAccessToken& token);
    /// Also when it is expired.
    std::optional<StoredAccessToken> find(const PoolId& pool, ByteView hash);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
