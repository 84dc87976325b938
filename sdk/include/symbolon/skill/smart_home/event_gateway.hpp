#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/log.hpp"
#include "symbolon/skill/persistence.hpp"
#include "symbolon/skill/smart_home/event.hpp"
#include "symbolon/skill/smart_home/login_with_amazon.hpp"
#include "symbolon/skill/time.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace symbolon::skill::smart_home {

/// What became of an event.
enum class Delivery {
    accepted,
    no_grant,    ///< the user never granted it, or disabled the skill: there is nobody to tell
    refused,     ///< the platform does not take this event; sending it again is of no use
    unavailable  ///< not now: too many, or no answer
};

struct EventGatewayOptions {
    /// By the region of the user: api.amazonalexa.com, api.eu.amazonalexa.com, api.fe.amazonalexa.com.
    std::string url = "https://api.amazonalexa.com/v3/events";
    LoginWithAmazonOptions login = {};
    std::shared_ptr<Persistence> store = {};  ///< of the users' tokens
    std::string master_key = {};              ///< 32 bytes; the tokens in the store are sealed with it
    std::chrono::milliseconds limit{3000};
    std::string ca_file = {};  ///< PEM roots beside the system's
    Fetch fetch = http_fetch();
    Now now = system_now();
    Log log = stderr_log();
};

/// Tells the platform what changes by itself. Keeps each user's tokens, sealed, and refreshes them when they have
/// expired or are no longer accepted. `user` is whatever the skill calls a user: not empty, and the same in all calls.
/// Threads: any. Spec: Smart Home Skill API, "Send events to the Alexa event gateway", "Alexa.Authorization interface".
class EventGateway {
public:
    /// Fails: std::invalid_argument (no store, a key of another size).
    explicit EventGateway(EventGatewayOptions options);
    ~EventGateway();
    EventGateway(EventGateway&&) noexcept;

    /// For SmartHomeBuilder::on_accept_grant: returns when the tokens are stored. Fails: GrantError, PersistenceError.
    void accept_grant(const std::string& user, const AccessToken& code) const;
    /// When the user disables the skill. Fails: PersistenceError.
    void forget(const std::string& user) const;

    /// Sends an event of event.hpp in the user's name. Fails: PersistenceError.
    Delivery send(const std::string& user, json::object event) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::skill::smart_home
