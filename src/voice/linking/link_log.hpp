#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// One thing that happened to a link: a change of its state, an exchange with the server.
struct LinkLogLine {
    Instant at{};
    std::string event;  ///< linking, exchange, refresh, linked, broken, unlinked, accept_grant, sync, …
    bool ok = true;
    std::string detail;  ///< for reading, without secrets
};

/// The last 200 lines of each link, over one transaction.
class LinkLog {
public:
    explicit LinkLog(db::Transaction& tx) : tx_(tx) {}

    void add(std::string_view skill_id, std::string_view account, const LinkLogLine& line);
    /// The latest first.
    std::vector<LinkLogLine> list(std::string_view skill_id, std::string_view account, int limit = 200);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
