#include "signin/sign_up_hooks.hpp"

#include "directory/identifiers.hpp"
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

/// In the words of Users::create.
void check_name_is_free(db::Transaction& tx, const directory::Pool& pool, const directory::User& user) {
    directory::Users users(tx);
    if (pool.username_is_attribute()) {
        for (const auto& [is_name, attribute] : {std::pair{pool.username_is_phone(), std::string_view("phone_number")},
                                                 std::pair{pool.username_is_email(), std::string_view("email")}}) {
            const auto value = user.attribute(attribute);
            if (is_name && !value.empty() && users.find_by_login(pool, value))
                throw Error{Errc::username_exists,
                            "An account with the given " + std::string(attribute) + " already exists."};
        }
        return;
    }
    const auto other = users.find_by_login(pool, user.username);
    const bool cased = pool.case_sensitive();
    if (other &&
        directory::canonical_username(other->username, cased) == directory::canonical_username(user.username, cased))
        throw Error{Errc::username_exists, "User already exists"};
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
    co_await services.db.read([&](db::Transaction& tx) { check_name_is_free(tx, *pool, user); });
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
