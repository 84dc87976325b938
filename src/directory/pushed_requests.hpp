#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>

namespace symbolon::directory {

/// An authorization request that is kept here while the browser carries only its name, found by the name's hash.
struct PushedRequest {
    PoolId pool_id;
    Bytes handle_hash;
    ClientId client_id;
    std::string parameters;  ///< as a form, encoded
    bool begun = false;      ///< a browser has come with it
    Instant expires{};
};

class PushedRequests {
public:
    explicit PushedRequests(db::Transaction& tx) : tx_(tx) {}

    void create(const PushedRequest& request);
    /// Also when it is expired.
    std::optional<PushedRequest> find(const PoolId& pool, ByteView handle_hash);
    /// A browser has come with it: from now on it lasts as long as a person needs to sign in. Only the first time.
    void begin(const PoolId& pool, ByteView handle_hash, Instant expires);
    /// True for the first caller, false for every later one.
    [[nodiscard]] bool consume(const PoolId& pool, ByteView handle_hash);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
