#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string_view>

namespace symbolon::directory {

using NodeId = Id<struct NodeIdTag>;  ///< a process, by a random id that it makes at its start

/// Who does what: work that one process does at a time. A claim is for a time, after which any process may take it; who
/// had it learns of that from renew(), in the transaction of its next step, so that no two do the same step, even when
/// one was stopped in the middle. Clocks decide only when a claim may be taken, never whether a step counts.
class Claims {
public:
    explicit Claims(db::Transaction& tx) : tx_(tx) {}

    struct Holder {
        NodeId node;
        Instant until{};
    };
    /// Also when its time has passed.
    std::optional<Holder> find(std::string_view work);
    /// True when the work is the node's from now on: nobody had it, its time had passed, or it was the node's already.
    [[nodiscard]] bool acquire(std::string_view work, const NodeId& node, Instant now, Instant until);
    /// False when another has taken it meanwhile. A node that is late and was not missed goes on.
    [[nodiscard]] bool renew(std::string_view work, const NodeId& node, Instant until);
    /// Gives it back; nothing when it is another's.
    void release(std::string_view work, const NodeId& node);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
