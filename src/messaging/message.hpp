#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>

namespace symbolon::messaging {

BOOST_DEFINE_ENUM_CLASS(Channel, sms, email)

/// A text to one person. `code` repeats the one-time code that stands in the text (for sinks that tests read).
struct Message {
    std::string id;  ///< time-ordered; given by Outbox::enqueue
    Channel channel = Channel::sms;
    std::string to;       ///< E.164 or e-mail address
    std::string subject;  ///< e-mail only
    std::string text;
    std::string html;  ///< e-mail only; may be empty
    std::string code;
    std::string purpose;  ///< sign_up | recovery | sms_mfa | invitation
    PoolId pool_id;
    std::string username;
    std::string function = {};  ///< the pool's own function that sends it, by ARN; "": the sink does
    Instant created{};
};

}  // namespace symbolon::messaging
