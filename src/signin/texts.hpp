#pragma once

#include "base/secret.hpp"
#include "directory/codes.hpp"
#include "directory/pools.hpp"
#include "messaging/message.hpp"
#include "signin/destination.hpp"
#include "signin/occasion.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace symbolon::signin {

/// The message that carries a one-time code, by the pool's templates or the service's own texts.
/// Spec: cognito-api.md §7.1.
messaging::Message write_code(const directory::Pool& pool, directory::CodePurpose purpose,
                              const Destination& destination, const OneTimeCode& code, std::string username);

/// The message that carries a temporary password. `shown_name` is what the user signs in with.
messaging::Message write_invitation(const directory::Pool& pool, const Destination& destination,
                                    const Password& temporary, std::string username, std::string_view shown_name);

/// A mail that tells a user of something, without a code.
struct Notification {
    std::string to = {};
    std::string subject = {};
    std::string text = {};
    std::string html = {};
    std::string from = {};  ///< "": as the pool's other mails
    std::string reply_to = {};
    std::string client_id = {};  ///< of the app with which it happened
    /// What the pool's own function that sends mails is told in place of the user's attributes: EVENT_ID, USER_NAME,
    /// IP_ADDRESS, … Spec: cognito-api.md §6.3, CustomEmailSender_AccountTakeOverNotification.
    std::map<std::string, std::string, std::less<>> facts = {};
};

messaging::Message write_notification(const directory::Pool& pool, std::string username, Notification notification);

/// What the pool's own function that sends the message will be told of it.
void tell(messaging::Message& message, const Occasion& occasion);

/// A template with its placeholders `{####}` and `{username}` filled in, each where it stands in the template: what is
/// filled in is not looked at again.
std::string fill_template(std::string_view text, std::string_view code, std::string_view username);

/// A pool's subject or sender may have line breaks, a header of a mail must not.
std::string one_line(std::string_view text);

}  // namespace symbolon::signin
