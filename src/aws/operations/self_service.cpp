#include "aws/operations/self_service.hpp"

#include "aws/parties.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/logout_notices.hpp"

#include <array>

namespace symbolon::aws {

Task<GetUserResponse> get_user(Call call, AccessTokenRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    GetUserResponse out;
    out.Username = owner.user->username;
    for (const auto& [name, value] : directory::readable_attributes(*owner.client, *owner.user)) {
        out.UserAttributes.push_back({name, shape::AttributeValue(value)});
    }
    out.MFAOptions = mfa_options(*owner.user);
    out.PreferredMfaSetting = preferred_mfa(*owner.user);
    out.UserMFASettingList = mfa_settings(*owner.user);
    co_return out;
}

Task<NoBody> delete_user(Call call, AccessTokenRequest in) {
    const auto owner = co_await get_token_owner(call.context, in.AccessToken.str());
    const auto erase = [&](db::Transaction& tx) {
        directory::LogoutNotices(tx).note_end_of_all(owner.pool->id, owner.user->id, call.now);
        directory::Users(tx).erase(*owner.pool, owner.user->id);
    };
    co_await call.context.services.db.write(erase);
    co_return NoBody{};
}

std::span<const Operation> self_service_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_user>("GetUser", token),
        operation<delete_user>("DeleteUser", token),
    };
    return table;
}

}  // namespace symbolon::aws
