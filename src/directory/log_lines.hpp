#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/log_delivery.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

/// A line of a pool's log, on its way.
struct LogLine {
    PoolId pool_id;
    std::string line_id;      ///< time-ordered
    std::string destination;  ///< an ARN of the pool's configuration
    std::string line;         ///< a JSON object, without the end of the line
};
BOOST_DESCRIBE_STRUCT(LogLine, (), (pool_id, line_id, destination, line))

/// Where the pool wants the lines of this source; nothing: it wants none.
std::optional<std::string> find_log_destination(db::Transaction& tx, const PoolId& pool, EventSourceName source);

/// Lines wait here for less than a second as a rule, over one transaction: they are kept with what they tell of, or not
/// at all. What nobody takes for a day is cleaned up.
class LogLines {
public:
    explicit LogLines(db::Transaction& tx) : tx_(tx) {}

    void put(const LogLine& line, Instant now);
    bool any();
    /// Takes up to `limit` lines out, the oldest first. Who takes them delivers them, or they are lost.
    std::vector<LogLine> take(int limit);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
