#include "aws/operations/mfa.hpp"

#include "aws/parties.hpp"
#include "directory/pools.hpp"
#include "directory/web_authn_credentials.hpp"
#include "signin/mfa_preference.hpp"
#include "signin/software_token.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

template <class Settings>
std::optional<signin::FactorSetting> to_setting(const std::optional<Settings>& given) {
    if (!given) return std::nullopt;
    signin::FactorSetting setting{.enabled = given->Enabled.value_or(false)};
    if constexpr (requires { given->PreferredMfa; }) setting.preferred = given->PreferredMfa;
    return setting;
}

signin::MfaChange to_change(const MfaPreferenceRequest& in) {
    return {.sms = to_setting(in.SMSMfaSettings),
            .software_token = to_setting(in.SoftwareTokenMfaSettings),
            .email = to_setting(in.EmailMfaSettings),
            .web_authn = to_setting(in.WebAuthnMfaSettings)};
}

/// The list that is there since before other factors: empty, or a text to the phone number.
bool turns_sms_on(const std::vector<MFAOptionType>& options) {
    for (const auto& option : options) {
        if (option.DeliveryMedium != DeliveryMediumType::SMS ||
            option.AttributeName.value_or("phone_number") != "phone_number")
            throw Error(Errc::invalid_parameter, "The only MFA option is SMS to phone_number.");
    }
    return !options.empty();
}

void check_one_given(const std::optional<shape::TokenText>& access_token,
                     const std::optional<shape::Session>& session) {
    if (access_token && session) throw Error(Errc::invalid_parameter, "Give either AccessToken or Session, not both.");
    if (!access_token && !session) throw Error(Errc::invalid_parameter, "Missing required parameter AccessToken");
}

directory::User get_user(Scope& scope, const directory::Pool& pool, const shape::Username& name) {
    return directory::Users(scope.tx).get_by_login(pool, name.str());
}

/// The user that an access token was for, read in the transaction that changes it.
directory::User get_owner(db::Transaction& tx, const oauth::Tokens::Live& owner) {
    auto user = directory::Users(tx).find(owner.pool->id, owner.user->id);
    if (!user) throw Error(Errc::user_not_found, "User does not exist.");
    return std::move(*user);
}

UserAuthFactorsResponse describe_factors(db::Transaction& tx, const directory::Pool& pool,
                                         const directory::User& user) {
    const bool has_passkey = directory::WebAuthnCredentials(tx).has_any(pool.id, user.id);
    return {.Username = user.username,
            .PreferredMfaSetting = preferred_mfa(user),
            .UserMFASettingList = mfa_settings(user),
            .ConfiguredUserAuthFactors = signin::configured_first_factors(pool, user, has_passkey)};
}

}  // namespace

Task<AssociateSoftwareTokenResponse> associate_software_token(Call call, AssociateSoftwareTokenRequest in) {
    check_one_given(in.AccessToken, in.Session);
    signin::SoftwareTokenSetups setups(call.context.services);
    if (in.Session) {
        auto setup = co_await setups.associate_in_session(in.Session->str(), call.caller);
        co_return AssociateSoftwareTokenResponse{std::move(setup.secret_code), std::move(setup.session)};
    }
    const auto owner = co_await get_token_owner(call.context, in.AccessToken->str());
    auto setup = co_await setups.associate(owner.pool, owner.user->id);
    co_return AssociateSoftwareTokenResponse{std::move(setup.secret_code), {}};
}

Task<VerifySoftwareTokenResponse> verify_software_token(Call call, VerifySoftwareTokenRequest in) {
    check_one_given(in.AccessToken, in.Session);
    signin::SoftwareTokenSetups setups(call.context.services);
    auto name = in.FriendlyDeviceName ? in.FriendlyDeviceName->str() : std::string{};
    OneTimeCode code(in.UserCode.str());
    if (in.Session) {
        auto session =
            co_await setups.verify_in_session(in.Session->str(), std::move(code), std::move(name), call.caller);
        co_return VerifySoftwareTokenResponse{VerifySoftwareTokenResponseType::SUCCESS, std::move(session)};
    }
    const auto owner = co_await get_token_owner(call.context, in.AccessToken->str());
    co_await setups.verify(owner.pool, owner.user->id, std::move(code), std::move(name));
    co_return VerifySoftwareTokenResponse{VerifySoftwareTokenResponseType::SUCCESS, {}};
}

Task<Empty> set_user_mfa_preference(Call call, SetUserMFAPreferenceRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    const auto& sealer = call.context.services.sealer;
    const auto change = to_change(in);
    co_await call.context.services.db.write([&](db::Transaction& tx) {
        signin::set_mfa_preference(sealer, tx, *owner.pool, get_owner(tx, owner), change, call.now);
    });
    co_return Empty{};
}

Empty admin_set_user_mfa_preference(Scope scope, const AdminSetUserMFAPreferenceRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    signin::set_mfa_preference(scope.context.services.sealer, scope.tx, pool, get_user(scope, pool, in.Username),
                               to_change(in), scope.now);
    return {};
}

Task<Empty> set_user_settings(Call call, SetUserSettingsRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    const bool on = turns_sms_on(in.MFAOptions);
    co_await call.context.services.db.write(
        [&](db::Transaction& tx) { signin::set_sms_by_settings(tx, *owner.pool, get_owner(tx, owner), on, call.now); });
    co_return Empty{};
}

Empty admin_set_user_settings(Scope scope, const AdminSetUserSettingsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    signin::set_sms_by_settings(scope.tx, pool, get_user(scope, pool, in.Username), turns_sms_on(in.MFAOptions),
                                scope.now);
    return {};
}

Task<UserAuthFactorsResponse> get_user_auth_factors(Call call, AccessTokenRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    co_return co_await call.context.services.db.read(
        [&](db::Transaction& tx) { return describe_factors(tx, *owner.pool, *owner.user); });
}

UserAuthFactorsResponse admin_get_user_auth_factors(Scope scope, const AdminUserRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    return describe_factors(scope.tx, pool, get_user(scope, pool, in.Username));
}

Empty admin_delete_software_token(Scope scope, const AdminUserRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    signin::erase_software_token(scope.context.services.sealer, scope.tx, pool, get_user(scope, pool, in.Username),
                                 scope.now);
    return {};
}

std::span<const Operation> mfa_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<associate_software_token>("AssociateSoftwareToken", token),
        operation<verify_software_token>("VerifySoftwareToken", token),
        operation<set_user_mfa_preference>("SetUserMFAPreference", token),
        operation<admin_set_user_mfa_preference, writes>("AdminSetUserMFAPreference", administrator),
        operation<set_user_settings>("SetUserSettings", token),
        operation<admin_set_user_settings, writes>("AdminSetUserSettings", administrator),
        operation<get_user_auth_factors>("GetUserAuthFactors", token),
        operation<admin_get_user_auth_factors, reads>("AdminGetUserAuthFactors", administrator),
        operation<admin_delete_software_token, writes>("AdminDeleteSoftwareToken", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
