#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <functional>
#include <map>
#include <string>

namespace symbolon::messaging {

BOOST_DEFINE_ENUM_CLASS(Channel, sms, email)

/// What the pool's own function that sends a message is told beside it (cognito-api.md §6.3).
struct SenderEvent {
    using Texts = std::map<std::string, std::string, std::less<>>;

    std::string source = {};     ///< what the message is for: SignUp, ResendCode, …
    std::string client_id = {};  ///< of the app; "": an administrator
    Texts metadata = {};         ///< the request's ClientMetadata
    Texts attributes = {};       ///< what is told in place of the user's attributes; empty: these
};

/// A text to one person. `code` repeats the one-time code that stands in the text (for sinks that tests read).
struct Message {
    std::string id;  ///< time-ordered; given by Outbox::enqueue
    Channel channel = Channel::sms;
    std::string to;       ///< E.164 or e-mail address
    std::string subject;  ///< e-mail only
    std::string text;
    std::string html;  ///< e-mail only; may be empty
    std::string code;
    std::string purpose;  ///< sign_up | recovery | sms_mfa | invitation | account_take_over_notification | …
    PoolId pool_id;
    std::string username;
    std::string from = {};  ///< e-mail only: who it is from, and who gets the answers; "": as the sink has it
    std::string reply_to = {};
    std::string function = {};  ///< the pool's own function that sends it, by ARN; "": the sink does
    SenderEvent event = {};     ///< what that function is told
    Instant created{};
};

}  // namespace symbolon::messaging
