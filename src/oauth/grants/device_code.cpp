#include "base/error.hpp"
#include "oauth/device_authorization.hpp"
#include "oauth/grants/grant.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

[[noreturn]] void refuse(DeviceRefusal refusal) {
    switch (refusal) {
        case DeviceRefusal::unknown:
            throw Error{Errc::oauth_invalid_grant, {}, "unknown device code"};
        case DeviceRefusal::pending:
            throw Error{Errc::oauth_authorization_pending};
        case DeviceRefusal::too_fast:
            throw Error{Errc::oauth_slow_down};
        case DeviceRefusal::denied:
            throw Error{Errc::oauth_access_denied};
        case DeviceRefusal::expired:
            throw Error{Errc::oauth_expired_token};
    }
    throw Error{Errc::internal, {}, "a refusal of a device"};
}

}  // namespace

/// RFC 8628 §3.4, §3.5.
Task<TokenAnswer> exchange_device_code(Doors& doors, TokenRequest request) {
    auto code = request.form->get("device_code");
    if (code.empty())
        throw Error{Errc::oauth_invalid_request, "Required String parameter 'device_code' is not present"};
    co_await check_reader(doors, request.client);
    DeviceAuthorizationService devices(doors.services);
    auto taken = co_await devices.take(request.client, std::move(code));
    if (const auto* refusal = std::get_if<DeviceRefusal>(&taken)) refuse(*refusal);
    auto& approval = std::get<DeviceApproval>(taken);
    Issue issue;
    issue.scopes = std::move(approval.scopes);
    issue.proven = std::move(request.proven);
    co_return co_await doors.tokens.issue(request.site.pool, request.client, std::move(approval.signed_in),
                                          std::move(issue));
}

}  // namespace symbolon::oauth
