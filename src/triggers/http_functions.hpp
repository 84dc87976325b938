#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "net/client.hpp"
#include "triggers/functions.hpp"
#include "triggers/options.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace symbolon::triggers {

/// Reaches functions over HTTP: those that have a hook by a POST that is signed as Standard Webhooks says, all others
/// by AWS Lambda's Invoke at the endpoint. An attempt has a limit, and what may succeed the next time (no connection,
/// time out, throttled, 5xx) is tried again. No redirect is followed, no answer is read beyond its bound, and neither
/// events, answers nor secrets are logged. Private addresses are allowed: the operator names them. Threads: any.
class HttpFunctions final : public Functions {
public:
    /// Fails: invalid_parameter, see check().
    HttpFunctions(Options options, crypto::Random& random, const Clock& clock);

    Task<Reply> invoke(std::string function, std::string event) override;
    /// From here on functions are reached so; what is under way goes on as it began. Fails: invalid_parameter, see
    /// check(); then nothing changes.
    void set_options(Options options);
    /// Gives up what still waits. To be called once nobody invokes any more, while the event loops of those who did are
    /// still there (see net::Client).
    void stop();

private:
    std::shared_ptr<const Options> options() const;
    net::ClientRequest make_request(const Options& options, const std::string& function, const std::string& event,
                                    const std::string& id) const;

    mutable std::mutex mutex_;  ///< guards the pointer
    std::shared_ptr<const Options> options_;
    crypto::Random& random_;
    const Clock& clock_;
    std::unique_ptr<net::Client> client_;
};

}  // namespace symbolon::triggers
