#include "signin/sending.hpp"

#include "directory/attempts.hpp"
#include "signin/texts.hpp"

namespace symbolon::signin {
namespace {

/// An address that tells who asks. A client on this machine is a developer, or a proxy that was not declared and stands
/// for everybody: counting it would lock them all out together.
bool tells_who_asks(std::string_view address) {
    return !address.empty() && address != "::1" && !address.starts_with("127.") && !address.starts_with("::ffff:127.");
}

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

bool allow_send(db::Transaction& tx, const Limits& limits, const directory::Pool& pool, const Destination& destination,
                Asker asker, const Caller& caller, Instant now) {
    directory::Attempts attempts(tx);
    if (asker == Asker::anyone) {
        if (tells_who_asks(caller.address) &&
            !attempts.count(pool.id, counted::send_from, caller.address, limits.sends_per_client_address, hour, now))
            return false;
        if (!attempts.count(pool.id, counted::send_to, destination.value, limits.sends_per_destination, hour, now))
            return false;
    } else if (!attempts.count(pool.id, counted::send_mfa_to, destination.value, limits.mfa_sends_per_destination, hour,
                               now)) {
        return false;
    }
    return attempts.count(pool.id, counted::send_of_pool, "", limits.sends_per_pool, day, now);
}

void send_code(Services& services, db::Transaction& tx, const CodeOrder& order, const directory::User& user,
               const Destination& destination, Instant now) {
    const OneTimeCode code = make_code(services, tx, order, user.id, now);
    services.outbox.enqueue(tx, write_code(order.pool, order.purpose, destination, code, user.username), now);
}

void pretend_code(Services& services, db::Transaction& tx, const CodeOrder& order, const UserId& key, Instant now) {
    make_code(services, tx, order, key, now);
}

}  // namespace symbolon::signin
