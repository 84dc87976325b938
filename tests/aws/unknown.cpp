#include "aws/unknown.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace symbolon::aws {
namespace {

constexpr std::string_view no_client = "ResourceNotFound: User pool client $client does not exist.";
constexpr std::string_view no_server = "ResourceNotFound: Resource server $server does not exist.";
constexpr std::string_view no_user = "UserNotFound: User does not exist.";
constexpr std::string_view no_domain = "InvalidParameter: No such domain or user pool exists.";

constexpr std::string_view unknown_group = "ResourceNotFound: Group not found.";
constexpr std::string_view no_provider = "ResourceNotFound: Identity provider Provider does not exist.";
constexpr std::string_view no_identifier =
    "ResourceNotFound: Identity provider with identifier example.com does not exist.";
constexpr std::string_view no_job = "ResourceNotFound: User import job import-1 does not exist.";
constexpr std::string_view no_style = "ResourceNotFound: Managed login branding style does not exist.";
constexpr std::string_view no_terms = "ResourceNotFound: Terms do not exist.";
constexpr std::string_view add_ons_off =
    "UserPoolAddOnNotEnabled: User pool add-ons are not enabled for this user pool.";
constexpr std::string_view no_replica = "ResourceNotFound: The user pool has no replica in eu-west-1.";

struct Unknown {
    std::string_view operation;
    std::string_view refusal;
};

constexpr std::array all_unknown{
    Unknown{"DescribeUserPoolClient", no_client},
    Unknown{"UpdateUserPoolClient", no_client},
    Unknown{"DeleteUserPoolClient", no_client},
    Unknown{"UpdateUserPoolDomain", no_domain},
    Unknown{"DeleteUserPoolDomain", no_domain},
    Unknown{"DescribeResourceServer", no_server},
    Unknown{"UpdateResourceServer", no_server},
    Unknown{"DeleteResourceServer", no_server},
    Unknown{"AdminGetUser", no_user},
    Unknown{"AdminDeleteUser", no_user},
    Unknown{"AdminConfirmSignUp", no_user},
    Unknown{"AdminSetUserPassword", no_user},
    Unknown{"AdminResetUserPassword", no_user},
    Unknown{"AdminDisableUser", no_user},
    Unknown{"AdminEnableUser", no_user},
    Unknown{"AdminUserGlobalSignOut", no_user},
    Unknown{"AdminUpdateUserAttributes", no_user},
    Unknown{"AdminDeleteUserAttributes", no_user},
    Unknown{"AdminSetUserMFAPreference", no_user},
    Unknown{"AdminSetUserSettings", no_user},
    Unknown{"AdminGetUserAuthFactors", no_user},
    Unknown{"AdminDeleteSoftwareToken", no_user},
    Unknown{"AdminGetDevice", no_user},
    Unknown{"AdminListDevices", no_user},
    Unknown{"AdminForgetDevice", no_user},
    Unknown{"AdminUpdateDeviceStatus", no_user},
    Unknown{"AdminListUserAuthEvents", add_ons_off},
    Unknown{"AdminUpdateAuthEventFeedback", add_ons_off},
    Unknown{"AdminListUserSessions", no_user},
    Unknown{"AdminRevokeUserSession", no_user},
    Unknown{"AdminLinkProviderForUser", no_user},
    Unknown{"AdminDisableProviderForUser", no_user},
    Unknown{"AdminInitiateAuth", no_client},
    Unknown{"AdminRespondToAuthChallenge", no_client},
    Unknown{"AddUserPoolClientSecret", no_client},
    Unknown{"ListUserPoolClientSecrets", no_client},
    Unknown{"DeleteUserPoolClientSecret", no_client},
    Unknown{"GetUserPoolClientSessionConfiguration", no_client},
    Unknown{"SetUserPoolClientSessionConfiguration", no_client},
    Unknown{"GetGroup", unknown_group},
    Unknown{"UpdateGroup", unknown_group},
    Unknown{"DeleteGroup", unknown_group},
    Unknown{"ListUsersInGroup", unknown_group},
    Unknown{"AdminAddUserToGroup", no_user},
    Unknown{"AdminRemoveUserFromGroup", no_user},
    Unknown{"AdminListGroupsForUser", no_user},
    Unknown{"DescribeIdentityProvider", no_provider},
    Unknown{"UpdateIdentityProvider", no_provider},
    Unknown{"DeleteIdentityProvider", no_provider},
    Unknown{"GetIdentityProviderByIdentifier", no_identifier},
    Unknown{"DescribeUserImportJob", no_job},
    Unknown{"StartUserImportJob", no_job},
    Unknown{"StopUserImportJob", no_job},
    Unknown{"CreateManagedLoginBranding", no_client},
    Unknown{"DescribeManagedLoginBranding", no_style},
    Unknown{"DescribeManagedLoginBrandingByClient", no_client},
    Unknown{"UpdateManagedLoginBranding", no_style},
    Unknown{"DeleteManagedLoginBranding", no_style},
    Unknown{"CreateTerms", no_client},
    Unknown{"DescribeTerms", no_terms},
    Unknown{"DescribeTermsByClient", no_client},
    Unknown{"UpdateTerms", no_terms},
    Unknown{"DeleteTerms", no_terms},
    Unknown{"UpdateUserPoolReplica", no_replica},
    Unknown{"DeleteUserPoolReplica", no_replica},
};

const Unknown* find(std::string_view operation) {
    const auto* found = std::find_if(all_unknown.begin(), all_unknown.end(),
                                     [&](const Unknown& u) { return u.operation == operation; });
    return found == all_unknown.end() ? nullptr : found;
}

}  // namespace

bool has_unknown_refusal(std::string_view operation) {
    return find(operation) != nullptr;
}

Refused unknown_refusal(std::string_view operation, const Places& places) {
    const auto* found = find(operation);
    if (found == nullptr)
        throw std::out_of_range("not known what refuses an unknown thing in " + std::string(operation));
    const auto colon = found->refusal.find(": ");
    Refused out{std::string(found->refusal.substr(0, colon)), std::string(found->refusal.substr(colon + 2))};
    for (const auto& [place, value] : {std::pair<std::string_view, const std::string&>{"$client", places.client},
                                       std::pair<std::string_view, const std::string&>{"$server", places.server}}) {
        if (const auto at = out.message.find(place); at != std::string::npos)
            out.message.replace(at, place.size(), value);
    }
    return out;
}

}  // namespace symbolon::aws
