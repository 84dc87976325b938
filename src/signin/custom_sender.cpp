#include "signin/custom_sender.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/markup.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/hooks.hpp"
#include "signin/texts.hpp"
#include "triggers/event.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

/// What the event is called.
triggers::MessageSource source_of(const messaging::Message& message) {
    const auto source = triggers::parse_message_source(message.event.source);
    if (!source)
        throw Error{Errc::code_delivery_failed, {}, "a message for a function that does not say what it is for"};
    return *source;
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
        const auto source = source_of(message);
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
        auto& event = message.event;
        auto call =
            make_function_call(message.function, message.pool_id, event.client_id, *user, std::move(event.metadata));
        if (!event.attributes.empty()) call.attributes = std::move(event.attributes);
        co_return call;
    }

    /// A temporary password is escaped, as the service does (§6.3).
    std::string seal(const messaging::Message& message) {
        if (message.code.empty()) return {};
        const auto key = parts_.key.get();
        if (!key)
            throw Error{Errc::code_delivery_failed, {}, "a custom sender needs sender-key in the file of --hooks"};
        const auto text = message.purpose == "invitation" ? escape_html(message.code) : message.code;
        return to_base64(crypto::encrypt_message(*key, bytes_of(text), parts_.random));
    }

    SenderParts parts_;
    std::unique_ptr<messaging::Sink> usual_;
};

}  // namespace

void SenderKey::set(std::optional<crypto::WrappingKey> key) {
    auto next = key ? std::make_shared<const crypto::WrappingKey>(std::move(*key)) : nullptr;
    const std::lock_guard lock(mutex_);
    key_.swap(next);
}

std::shared_ptr<const crypto::WrappingKey> SenderKey::get() const {
    const std::lock_guard lock(mutex_);
    return key_;
}

std::unique_ptr<messaging::Sink> make_custom_sender(SenderParts parts, std::unique_ptr<messaging::Sink> usual) {
    return std::make_unique<CustomSender>(std::move(parts), std::move(usual));
}

}  // namespace symbolon::signin
