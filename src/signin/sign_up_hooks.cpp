#include "signin/sign_up_hooks.hpp"

#include "signin/hooks.hpp"

#include <string_view>
#include <utility>

namespace symbolon::signin {
namespace {

using triggers::PreSignUpSource;

/// As the event shows a user who is not there yet: what was submitted.
directory::User submitted(const directory::User& user) {
    directory::User shown;
    shown.pool_id = user.pool_id;
    shown.username = user.username;
    shown.attributes = user.attributes;
    for (const std::string_view flag : {"email_verified", "phone_number_verified"}) {
        const auto found = shown.attributes.find(flag);
        if (found != shown.attributes.end() && found->second == "false") shown.attributes.erase(found);
    }
    return shown;
}

void verify(directory::User& user, std::string_view attribute, std::string_view flag) {
    if (user.attribute(attribute).empty())
        throw Error{Errc::hook_answer_invalid, "Invalid lambda function output : " + std::string(flag) +
                                                   " is true, and the user has no " + std::string(attribute)};
    user.attributes[std::string(attribute) + "_verified"] = "true";
}

}  // namespace

Task<directory::User> ask_pre_sign_up(Services& services, PoolPtr pool, ClientPtr client, directory::User user,
                                      Caller caller) {
    auto call =
        hook_call(*pool, &LambdaConfig::PreSignUp, client->id.str(), submitted(user), std::move(caller.metadata));
    if (!call) co_return user;
    const auto answer = co_await services.triggers.pre_sign_up(std::move(*call), PreSignUpSource::sign_up,
                                                               std::move(caller.validation_data));
    if (answer.auto_confirm) user.status = directory::UserStatus::CONFIRMED;
    if (answer.auto_verify_email) verify(user, "email", "autoVerifyEmail");
    if (answer.auto_verify_phone) verify(user, "phone_number", "autoVerifyPhone");
    co_return user;
}

Task<void> ask_pre_create_user(Services& services, PoolPtr pool, directory::User user, triggers::Metadata metadata,
                               triggers::Metadata validation_data) {
    auto call = hook_call(*pool, &LambdaConfig::PreSignUp, "", submitted(user), std::move(metadata));
    if (!call) co_return;
    co_await services.triggers.pre_sign_up(std::move(*call), PreSignUpSource::admin_create_user,
                                           std::move(validation_data));
}

bool takes_aliases(const directory::User& user) {
    return user.is_verified("email") || user.is_verified("phone_number");
}

}  // namespace symbolon::signin
