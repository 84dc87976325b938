#pragma once

#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/platforms/service_apis.hpp"
#include "voice/talk/exchange.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace symbolon::voice {

/// One document for a skill.
struct Message {
    std::string skill_id;
    std::string account;
    std::string endpoint;
    boost::json::object body;
    std::string access_token;     ///< what to hide where the request is shown; "" when it carries none
    std::string grant_code = {};  ///< the same: the platform's code in AcceptGrant
};

/// Sends documents to skills as the platform does: signed, with a limit of 8 seconds and of 120 KB for the answer
/// (voice-account-linking.md §3.1, §3.3). The one way out, whatever the document.
class Delivery {
public:
    /// `chain_url`: where the certificate chain is said to be published.
    Delivery(const Assistant::Parts& parts, const Identity& identity, std::string chain_url);

    /// What was sent and what came back; a skill that does not answer is a failure in it. Fails: invalid_parameter
    /// (the endpoint is no http or https URL).
    Task<Exchange> send(Message message) const;

private:
    /// Gives a request the token for the platform's APIs, unless it has one; the token, "" for directives.
    std::string add_api_token(boost::json::object& body, const ApiCaller& caller) const;
    net::ClientRequest signed_request(const std::string& endpoint, std::string body) const;

    Assistant::Parts parts_;
    const Identity& identity_;
    std::string chain_url_;
};

/// The document with the token replaced by its length, wherever it stands.
boost::json::object hide_token(const boost::json::object& body, const std::string& access_token);

}  // namespace symbolon::voice
