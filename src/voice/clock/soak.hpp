#pragma once

#include "base/task.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace symbolon::voice {

/// What months of refreshing are to look like.
struct SoakOrder {
    std::string skill_id;
    std::string account;
    std::chrono::seconds span{0};             ///< of time that passes for the link
    std::chrono::milliseconds budget{20000};  ///< of real time; then the report says how far it came
};

/// What became of the link.
struct SoakReport {
    bool alive = false;
    bool finished = false;           ///< the whole span passed, or the link died
    std::chrono::seconds passed{0};  ///< for the link
    std::int64_t refreshes = 0;      ///< that gave tokens
    std::int64_t unanswered = 0;     ///< that gave none and left the link alive
    std::int64_t rotations = 0;      ///< that replaced the refresh token
    std::int64_t same_access_token = 0;
    std::chrono::milliseconds median{0}, p95{0}, worst{0};  ///< of a refresh, in real time
    std::string cause;  ///< why the link died, or what the last failure was; "" when all went well
};

boost::json::object to_json(const SoakReport& report);
/// For a terminal, several lines.
std::string to_text(const SoakReport& report);

/// Renews a link's tokens at the moment when they are due, again and again, by a clock of its own that jumps from one
/// such moment to the next: months pass in as long as the server takes for its answers (AL-REF-012). The skill's faults
/// take part. Afterwards the link is as good for as long as its last tokens say, in real time.
class Soak {
public:
    Soak(const Assistant::Parts& parts, const Identity& identity, std::string base_url)
        : parts_(parts), identity_(identity), base_url_(std::move(base_url)) {}

    /// Fails: invalid_parameter (not linked, tokens that do not expire, a span of less than an hour or over ten years).
    Task<SoakReport> run(SoakOrder order);

private:
    Assistant::Parts parts_;
    const Identity& identity_;
    std::string base_url_;
};

}  // namespace symbolon::voice
