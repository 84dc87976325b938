#pragma once

#include "symbolon/skill/invocation.hpp"
#include "symbolon/skill/log.hpp"
#include "symbolon/skill/smart_home/event.hpp"
#include "symbolon/skill/time.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace symbolon::skill::smart_home {

/// What a handler gets: a directive that carries a token. Belongs to one directive and one thread.
struct Call {
    const Directive& directive;
    AccessToken token;  ///< of the linked account; whether it is good is for the handler to find out
    Invocation invocation = {};

    const std::string& endpoint_id() const { return directive.endpoint_id(); }
};

/// A code of Login with Amazon, to be changed for tokens that let the skill send events in the user's name.
struct GrantCall {
    AccessToken code;
    AccessToken token;  ///< of the linked account: it says whose the events will be
};

using Discover = std::function<std::vector<Endpoint>(const Call&)>;
/// Carries a directive out; returns the properties as they are now.
using Carry = std::function<std::vector<Property>(const Call&)>;
using SetPower = std::function<std::vector<Property>(const Call&, PowerState)>;
/// Percent: an absolute value of 0 to 100, or a difference of −100 to 100.
using SetBrightness = std::function<std::vector<Property>(const Call&, std::int64_t percent)>;
using AcceptGrant = std::function<void(const GrantCall&)>;

/// A finished smart-home skill: immutable, cheap to copy. Threads: any; its handlers are called from several at once.
class SmartHome {
public:
    /// Answers one directive with one event. A directive that no handler is for, or that carries no token, gets an
    /// ErrorResponse, and so does one whose handler throws: DirectiveError as it says, anything else INTERNAL_ERROR,
    /// with the reason in the log only. Fails: MalformedRequest (no directive at all).
    json::object handle(json::object event, Invocation invocation = {}) const;

private:
    friend class SmartHomeBuilder;
    struct Impl;
    explicit SmartHome(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<const Impl> impl_;
};

/// Collects what a smart-home skill consists of.
class SmartHomeBuilder {
public:
    SmartHomeBuilder();

    SmartHomeBuilder& on_discover(Discover discover);
    /// When it throws, linking fails: the user's account is not linked without it.
    SmartHomeBuilder& on_accept_grant(AcceptGrant accept);
    SmartHomeBuilder& on_report_state(Carry report);
    SmartHomeBuilder& on_power(SetPower set);
    SmartHomeBuilder& on_set_brightness(SetBrightness set);
    SmartHomeBuilder& on_adjust_brightness(SetBrightness adjust);
    /// Any other directive, e.g. "Alexa.LockController", "Lock".
    SmartHomeBuilder& on(std::string namespace_name, std::string name, Carry carry);

    SmartHomeBuilder& log(Log log);
    SmartHomeBuilder& message_id(MessageId id);

    SmartHome create() const;

private:
    std::shared_ptr<SmartHome::Impl> impl_;
};

}  // namespace symbolon::skill::smart_home
