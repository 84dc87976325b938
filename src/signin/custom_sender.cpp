#include "signin/custom_sender.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/hooks.hpp"
#include "signin/texts.hpp"

#include <string_view>
#include <utility>

namespace symbolon::signin {
namespace {

using triggers::MessageSource;

/// What the event is called. Which of two requests asked for a code is not remembered with the message: a repeated
/// sign-up code says SignUp as well.
MessageSource source_of(std::string_view purpose) {
    if (purpose == "sign_up") return MessageSource::sign_up;
    if (purpose == "recovery") return MessageSource::forgot_password;
    if (purpose == "invitation") return MessageSource::admin_create_user;
    if (purpose == "verify_phone_number" || purpose == "verify_email") return MessageSource::verify_user_attribute;
    return MessageSource::authentication;
}

class CustomSender final : public messaging::Sink {
public:
    CustomSender(SenderParts parts, std::unique_ptr<messaging::Sink> usual)
        : parts_(std::move(parts)), usual_(std::move(usual)) {}

    Task<void> send(messaging::Message message) override {
        if (message.function.empty()) {
            co_await usual_->send(std::move(message));
            co_return;
        }
        auto call = co_await make_call(message);
        const auto source = source_of(message.purpose);
        auto code = seal(message);
        try {
            if (message.channel == messaging::Channel::sms)
                co_await parts_.triggers.custom_sms_sender(std::move(call), source, std::move(code));
            else
                co_await parts_.triggers.custom_email_sender(std::move(call), source, std::move(code));
        } catch (const Error& error) {
            throw Error{Errc::code_delivery_failed, {}, error.message};
        }
    }
    bool keeps() const override { return usual_->keeps(); }

private:
    Task<triggers::Call> make_call(messaging::Message message) {
        auto user = co_await parts_.db.read([&](db::Transaction& tx) {
            const auto pool = directory::Pools(tx).find(message.pool_id);
            return pool ? directory::Users(tx).find_by_login(*pool, message.username) : std::nullopt;
        });
        if (!user) throw Error{Errc::code_delivery_failed, {}, "the user is gone"};
        co_return make_function_call(message.function, message.pool_id, "", *user, {});
    }

    /// A temporary password is escaped, as the service does (§6.3).
    std::string seal(const messaging::Message& message) {
        if (message.code.empty()) return {};
        if (!parts_.key)
            throw Error{Errc::code_delivery_failed, {}, "a custom sender needs sender-key in the file of --hooks"};
        const auto text = message.purpose == "invitation" ? escape_html(message.code) : message.code;
        return to_base64(crypto::encrypt_message(*parts_.key, bytes_of(text), parts_.random));
    }

    SenderParts parts_;
    std::unique_ptr<messaging::Sink> usual_;
};

}  // namespace

std::unique_ptr<messaging::Sink> make_custom_sender(SenderParts parts, std::unique_ptr<messaging::Sink> usual) {
    return std::make_unique<CustomSender>(std::move(parts), std::move(usual));
}

}  // namespace symbolon::signin
