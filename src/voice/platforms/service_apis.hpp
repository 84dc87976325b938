#pragma once

#include "net/http.hpp"
#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace symbolon::voice {

/// Whose request a skill answers when it calls the platform's APIs (`apiAccessToken`, voice-account-linking.md §3.1).
struct ApiCaller {
    std::string skill_id;
    std::string account;
};

/// A token for the APIs, for an hour. It is signed and not stored.
std::string make_api_token(const Identity& identity, const ApiCaller& caller, Instant now);
/// Nothing for a token that was not made here or has expired.
std::optional<ApiCaller> read_api_token(const Identity& identity, std::string_view token, Instant now);

/// What skills ask the platform for while they answer, behind `apiEndpoint` (§3.5): progressive responses, the person's
/// profile, settings of the device. Personal data is given where the person granted the permission: 403 otherwise, 204
/// where the assistant knows none.
class ServiceApis {
public:
    ServiceApis(const Assistant::Parts& parts, const Identity& identity) : parts_(parts), identity_(identity) {}

    void add_routes(net::Router& router);

private:
    /// How many directives a request was answered with.
    struct Answered {
        std::string request;  ///< skill and request id
        int directives = 0;
    };

    /// POST /v1/directives: speech that is heard before the answer, five times a request. 204; 400, 401, 429.
    Task<net::Response> speak(net::Request request);
    /// GET /v2/accounts/~current/settings/Profile.name, …
    Task<net::Response> profile(net::Request request, std::string setting);
    /// GET /v1/devices/{deviceId}/settings/address, …/countryAndPostalCode: the assistant stands nowhere.
    Task<net::Response> address(net::Request request, std::string permission);
    /// GET /v2/devices/{deviceId}/settings/System.timeZone, …
    Task<net::Response> device_setting(net::Request request, std::string setting);

    std::optional<ApiCaller> caller_of(const net::Request& request) const;
    Task<bool> may(ApiCaller caller, std::string permission);
    /// One more; false when it is one too many.
    bool count_directive(const std::string& request);

    Assistant::Parts parts_;
    const Identity& identity_;
    std::mutex mutex_;
    std::deque<Answered> answered_;  ///< the latest requests
};

}  // namespace symbolon::voice
