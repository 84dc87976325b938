#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/log.hpp"
#include "symbolon/skill/skill.hpp"
#include "symbolon/skill/time.hpp"
#include "symbolon/skill/trust_profile.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace symbolon::skill {

struct EndpointOptions {
    std::vector<TrustProfile> trust = {TrustProfile::amazon()};
    std::size_t max_body = 256 * 1024;     ///< bytes
    std::size_t max_remembered = 1 << 18;  ///< request ids held against replay
    bool accept_sha1 = false;              ///< of requests without Signature-256 (VerifierOptions)
    Fetch fetch = http_fetch();
    Now now = system_now();
    Log log = stderr_log();
};

/// A skill as a web service, without the network: verified request in, response out. Threads: any.
class Endpoint {
public:
    /// Fails: std::invalid_argument (a skill without a skill id, no trust profile). Every local profile is logged.
    Endpoint(Skill skill, EndpointOptions options);
    ~Endpoint();
    Endpoint(Endpoint&&) noexcept;

    /// 200 with the response envelope; 400 when the request cannot be trusted, 500 when the skill failed, 405 when it
    /// is not a POST. The reason goes to the log, never to the caller.
    HttpResponse answer(const HttpRequest& request);
    /// The same for a thread that must not wait for a certificate chain: nothing when one has to be fetched first, and
    /// answer() is to be called elsewhere. The skill's handlers run on the thread.
    std::optional<HttpResponse> answer_at_once(const HttpRequest& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::skill
