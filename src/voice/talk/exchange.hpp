#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <string>

namespace symbolon::voice {

/// One turn of a conversation: a request to a skill and what came back, or a question that the platform asked of its
/// own in a dialog that was left to it.
struct Exchange {
    std::int64_t number = 0;  ///< of the skill's log; 0: not kept
    std::string account;      ///< who spoke
    std::int64_t at_ms = 0;   ///< when it was sent
    std::string locale;
    std::string utterance;                               ///< "" when nobody said anything
    std::string type;                                    ///< of the request; "" when the platform answered by itself
    boost::json::value request = boost::json::object{};  ///< as sent, but for the access token, of which only the
                                                         ///< length is kept; {} when nothing was sent
    std::string response;                                ///< text as received; what is no UTF-8 replaced
    int status = 0;                                      ///< HTTP; 0: no answer
    std::int64_t milliseconds = 0;
    bool with_token = false;
    std::string failure;  ///< what the person hears, and why; "" when the skill answered
    std::string prompt;   ///< what the platform said of its own
    std::string ended;    ///< why the session was over after it; "" while it is open, and for requests without one

    bool sent() const { return request.is_object() && !request.get_object().empty(); }

    bool timed_out = false;           ///< there was no answer in time. Not kept, as what follows.
    boost::json::object answer = {};  ///< the response's `response` member; empty when there is none
};
BOOST_DESCRIBE_STRUCT(Exchange, (),
                      (number, account, at_ms, locale, utterance, type, request, response, status, milliseconds,
                       with_token, failure, prompt, ended))

/// What an exchange is called in lists: "PhoneIntent", "LaunchRequest", "TurnOn".
std::string title_of(const Exchange& exchange);

}  // namespace symbolon::voice
