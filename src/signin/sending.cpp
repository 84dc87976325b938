#include "signin/sending.hpp"

#include "base/log.hpp"
#include "signin/verification_link.hpp"

#include <algorithm>
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

/// The numbers that differ in the last four digits alone.
std::string_view range_of(std::string_view number) {
    constexpr std::size_t inner_digits = 4;
    return number.substr(0, number.size() - std::min(inner_digits, number.size()));
}

bool allow_text(Tally tally, const Limits& limits, const directory::Pool& pool, const Destination& destination,
                Asker asker) {
    const auto range = range_of(destination.value);
    if (asker == Asker::password_holder)
        return tally.take(counted::send_mfa_to_range, range, limits.mfa_sends_per_range, hour);
    const auto& of_pool = pool.extensions.sms_per_range_an_hour;
    const int most = of_pool ? static_cast<int>(of_pool->get()) : limits.sends_per_range;
    return tally.take(counted::send_to_range, range, most, hour);
}

std::string_view text_of_prefix(const std::string& prefix) {
    return prefix;
}
std::string_view text_of_prefix(const directory::shape::PhonePrefix& prefix) {
    return prefix.str();
}
template <class Prefixes>
bool begins_with(std::string_view number, const Prefixes& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const auto& prefix) { return number.starts_with(text_of_prefix(prefix)); });
}

}  // namespace

bool tells_who_asks(std::string_view address) {
    return !address.empty() && address != "::1" && !address.starts_with("127.") && !address.starts_with("::ffff:127.");
}

bool allow_send(Tally tally, const Limits& limits, const directory::Pool& pool, const Destination& destination,
                Asker asker, const Caller& caller) {
    if (asker == Asker::anyone) {
        if (tells_who_asks(caller.address) &&
            !tally.take(counted::send_from, caller.address, limits.sends_per_client_address, hour))
            return false;
        if (!tally.take(counted::send_to, destination.value, limits.sends_per_destination, hour)) return false;
    } else if (!tally.take(counted::send_mfa_to, destination.value, limits.mfa_sends_per_destination, hour)) {
        return false;
    }
    if (destination.is_phone() && !allow_text(tally, limits, pool, destination, asker)) return false;
    return tally.take(counted::send_of_pool, "", limits.sends_per_pool, day);
}

bool is_in_reach(const Limits& limits, const directory::Pool& pool, const Destination& destination) {
    if (!destination.is_phone()) return true;
    const auto& everywhere = limits.text_prefixes;
    if (!everywhere.empty() && !begins_with(destination.value, everywhere)) return false;
    const auto& of_pool = pool.extensions.sms_prefixes;
    return !of_pool || begins_with(destination.value, *of_pool);
}

Error out_of_reach() {
    return Error{Errc::code_delivery_failed, "Text messages are not sent to phone numbers of this country."};
}

bool may_be_told(const directory::Client& client, std::string_view login, const Destination& destination) {
    return !client.hides_users() || login == destination.value;
}

void send_code(Services& services, db::Transaction& tx, const CodeOrder& order, const directory::User& user,
               const Destination& destination, Instant now) {
    const OneTimeCode code = make_code(services, tx, order, user.id, now);
    if (!is_in_reach(services.limits, order.pool, destination)) {
        log::info("text not sent: its number is out of reach", {{"pool", order.pool.id.str()}});
        return;
    }
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
