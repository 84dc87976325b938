#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// Something that a skill sent by itself.
struct GatewayEvent {
    std::string account;
    Instant at{};
    std::string gateway;  ///< alexa | smartthings
    std::string event;    ///< JSON text, tokens masked
};

/// The last 100 of each skill, over one transaction.
class GatewayEvents {
public:
    explicit GatewayEvents(db::Transaction& tx) : tx_(tx) {}

    void add(std::string_view skill_id, const GatewayEvent& event);
    /// The latest first.
    std::vector<GatewayEvent> list(std::string_view skill_id);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
