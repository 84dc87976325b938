#include "signin/sending.hpp"

#include "signin/verification_link.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

/// A code that lets its holder in without a password is longer. Spec: cognito-api.md §3.6.
std::size_t digits_of(directory::CodePurpose purpose) {
    using directory::CodePurpose;
    return purpose == CodePurpose::sms_otp || purpose == CodePurpose::email_otp ? first_factor_code_digits
                                                                                : code_digits;
}

OneTimeCode make_code(Services& services, db::Transaction& tx, const CodeOrder& order, const UserId& key, Instant now) {
    OneTimeCode code(services.random.digits(digits_of(order.purpose)));
    directory::OneTimeCodes(tx, services.sealer)
        .save(order.pool.id, key, order.purpose, order.binding, code, now + order.life);
    return code;
}

}  // namespace

bool tells_who_asks(std::string_view address) {
    return !address.empty() && address != "::1" && !address.starts_with("127.") && !address.starts_with("::ffff:127.");
}

bool allow_send(Tally tally, const Limits& limits, const Destination& destination, Asker asker, const Caller& caller) {
    if (asker == Asker::anyone) {
        if (tells_who_asks(caller.address) &&
            !tally.take(counted::send_from, caller.address, limits.sends_per_client_address, hour))
            return false;
        if (!tally.take(counted::send_to, destination.value, limits.sends_per_destination, hour)) return false;
    } else if (!tally.take(counted::send_mfa_to, destination.value, limits.mfa_sends_per_destination, hour)) {
        return false;
    }
    return tally.take(counted::send_of_pool, "", limits.sends_per_pool, day);
}

void send_code(Services& services, db::Transaction& tx, const CodeOrder& order, const directory::User& user,
               const Destination& destination, Instant now) {
    const OneTimeCode code = make_code(services, tx, order, user.id, now);
    auto message = write_code(order.pool, order.purpose, destination, code, user.username);
    verify_by_link(message, services.names, order, code);
    tell(message, order.occasion);
    services.outbox.enqueue(tx, std::move(message), now);
}

void pretend_code(Services& services, db::Transaction& tx, const CodeOrder& order, const UserId& key, Instant now) {
    make_code(services, tx, order, key, now);
}

void send_notification(Services& services, db::Transaction& tx, const directory::Pool& pool,
                       const directory::User& user, Notification notification, Instant now) {
    const Occasion occasion{triggers::MessageSource::account_take_over_notification, notification.client_id, {}};
    auto message = write_notification(pool, user.username, std::move(notification));
    tell(message, occasion);
    services.outbox.enqueue(tx, std::move(message), now);
}

}  // namespace symbolon::signin
