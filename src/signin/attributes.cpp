#include "signin/attributes.hpp"

#include "directory/attempts.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/codes.hpp"
#include "directory/pending_attributes.hpp"
#include "directory/user_names.hpp"
#include "signin/attribute_plan.hpp"
#include "signin/hooks.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"
#include "signin/verdict.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

using directory::Attributes;
using directory::CodePurpose;
using triggers::MessageSource;

CodePurpose purpose_of(std::string_view contact) {
    return contact == "phone_number" ? CodePurpose::verify_phone_number : CodePurpose::verify_email;
}

CodeOrder order_code(const directory::Pool& pool, const Destination& destination) {
    return CodeOrder{.pool = pool,
                     .purpose = purpose_of(destination.attribute),
                     .binding = destination.binding(),
                     .life = sign_up_code_life};
}

Attributes blanks(const std::vector<std::string>& names) {
    Attributes blank;
    for (const std::string& name : names) blank[name].clear();
    return blank;
}

directory::User get_user(db::Transaction& tx, const directory::Pool& pool, const UserId& id) {
    auto user = directory::Users(tx).find(pool.id, id);
    if (!user) throw unknown_user();
    return std::move(*user);
}

/// The plan for what was asked, checked against the user as it is now. Fails: invalid_parameter.
AttributePlan check_plan(const directory::Pool& pool, const directory::User& user, const Attributes& given,
                         Instant now) {
    directory::check_attribute_update(pool.settings, given, user.attributes);
    return plan_update(pool, user, given, now);
}

/// Who asks for codes is counted: false when there may be no more.
[[nodiscard]] bool count_codes(Services& services, db::Transaction& tx, const directory::Pool& pool,
                               const AttributePlan& plan, const Caller& caller, Instant now) {
    directory::Attempts attempts(tx);
    for (const Destination& destination : plan.to_prove) {
        if (!attempts.count(pool.id, counted::attribute_change, plan.user.id.str(),
                            services.limits.attribute_changes_per_hour, hour, now) ||
            !allow_send(tx, services.limits, pool, destination, Asker::anyone, caller, now))
            return false;
    }
    return true;
}

/// A number or address that is a user name has to be free when it is asked for, not only when it is proven. (Whether
/// somebody has it as an alias is told to who has proven it.)
void check_pending_is_free(db::Transaction& tx, const directory::Pool& pool, const AttributePlan& plan) {
    for (const auto& [contact, value] : plan.pending) {
        const bool is_username = contact == "email" ? pool.username_is_email() : pool.username_is_phone();
        if (value.empty() || !is_username) continue;
        const auto name = directory::make_name(pool, contact, value);
        const auto owner = name ? directory::UserNames(tx).find_owner(pool.id, *name) : std::nullopt;
        if (owner && *owner != plan.user.id)
            throw Error{Errc::alias_exists, "An account with the given " + contact + " already exists."};
    }
}

/// Stores what was planned and sends the codes; their texts are those of `texts`, the same pool.
std::vector<CodeDelivery> carry_out(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                    const directory::Pool& texts, const AttributePlan& plan, Instant now) {
    check_pending_is_free(tx, pool, plan);
    directory::Users(tx).save(pool, plan.user);
    directory::PendingAttributes waiting(tx);
    directory::OneTimeCodes codes(tx, services.sealer);
    for (const auto& [contact, value] : plan.pending) {
        codes.erase(pool.id, plan.user.id, purpose_of(contact));
        if (value.empty())
            waiting.erase(pool.id, plan.user.id, contact);
        else
            waiting.save(pool.id, plan.user.id, contact, value);
    }
    std::vector<CodeDelivery> deliveries;
    for (const Destination& destination : plan.to_prove) {
        send_code(services, tx, order_code(texts, destination), plan.user, destination, now);
        deliveries.push_back(to_delivery(destination));
    }
    return deliveries;
}

/// The number or address that a code is for: the one that waits, else the one that is there.
std::optional<Destination> to_be_proven(db::Transaction& tx, const directory::User& user, const std::string& contact) {
    if (auto value = directory::PendingAttributes(tx).find(user.pool_id, user.id, contact))
        return Destination{contact, std::move(*value)};
    return find_destination(user, contact);
}

void check_is_contact(const std::string& attribute) {
    if (!is_contact(attribute)) throw Error{Errc::invalid_parameter, "Only email and phone_number can be verified."};
}

struct Proven {};

Verdict<Proven> prove(Services& services, db::Transaction& tx, const directory::Pool& pool, const UserId& id,
                      const std::string& contact, const OneTimeCode& code, Instant now) {
    using Result = directory::OneTimeCodes::Result;
    if (!directory::Attempts(tx).count(pool.id, counted::attribute_guess, id.str(),
                                       services.limits.attribute_guesses_per_hour, hour, now))
        return attempt_limit_exceeded();
    auto user = get_user(tx, pool, id);
    const auto destination = to_be_proven(tx, user, contact);
    if (!destination) return wrong_verification_code(Result::expired);
    const auto result = directory::OneTimeCodes(tx, services.sealer)
                            .consume(pool.id, id, purpose_of(contact), destination->binding(), code, now,
                                     services.limits.tries_per_code);
    if (result != Result::right) return wrong_verification_code(result);

    user.attributes[contact] = destination->value;
    user.attributes[contact + "_verified"] = "true";
    user.modified = now;
    // When the alias is another user's this throws, which leaves the code unused and the value waiting.
    directory::Users(tx).save(pool, user);
    directory::PendingAttributes(tx).erase(pool.id, id, contact);
    return Proven{};
}

}  // namespace

Task<std::vector<CodeDelivery>> Profile::update(PoolPtr pool, ClientPtr client, UserId user, Attributes given,
                                                Caller caller) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, given);
    directory::check_writable(pool->settings, *client, wanted);
    const auto plan = co_await services_.db.read(
        [&](db::Transaction& tx) { return check_plan(*pool, get_user(tx, *pool, user), wanted, now); });
    PoolPtr texts = pool;
    if (!plan.to_prove.empty())
        texts = co_await with_custom_texts(services_, pool, client->id.str(), plan.user,
                                           MessageSource::update_user_attribute, caller.metadata);

    using Deliveries = std::vector<CodeDelivery>;
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<Deliveries> {
        const auto planned = check_plan(*pool, get_user(tx, *pool, user), wanted, now);
        if (!count_codes(services_, tx, *pool, planned, caller, now)) return attempt_limit_exceeded();
        return carry_out(services_, tx, *pool, *texts, planned, now);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<void> Profile::erase(PoolPtr pool, ClientPtr client, UserId user, std::vector<std::string> names) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, blanks(names));
    directory::check_writable(pool->settings, *client, wanted);
    co_await services_.db.write([&](db::Transaction& tx) {
        carry_out(services_, tx, *pool, *pool, check_plan(*pool, get_user(tx, *pool, user), wanted, now), now);
    });
}

Task<void> Profile::update_as_administrator(PoolPtr pool, std::string login, Attributes given, Caller caller) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, given);
    const auto make_plan = [&](db::Transaction& tx) {
        const auto user = directory::Users(tx).get_by_login(*pool, login);
        directory::check_verified_flags(wanted, user.attributes);
        return check_plan(*pool, user, wanted, now);
    };
    const auto plan = co_await services_.db.read(make_plan);
    PoolPtr texts = pool;
    if (!plan.to_prove.empty())
        texts = co_await with_custom_texts(services_, pool, "", plan.user, MessageSource::update_user_attribute,
                                           caller.metadata);
    co_await services_.db.write([&](db::Transaction& tx) {
        const AttributePlan planned = make_plan(tx);
        carry_out(services_, tx, *pool, *texts, planned, now);
    });
    services_.outbox.wake();
}

Task<void> Profile::erase_as_administrator(PoolPtr pool, std::string login, std::vector<std::string> names) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, blanks(names));
    co_await services_.db.write([&](db::Transaction& tx) {
        const auto user = directory::Users(tx).get_by_login(*pool, login);
        carry_out(services_, tx, *pool, *pool, check_plan(*pool, user, wanted, now), now);
    });
}

Task<CodeDelivery> Profile::send_code(PoolPtr pool, ClientPtr client, UserId user, std::string attribute,
                                      Caller caller) {
    const Instant now = services_.clock.now();
    check_is_contact(attribute);
    const auto owner = co_await services_.db.read([&](db::Transaction& tx) { return get_user(tx, *pool, user); });
    const auto texts = co_await with_custom_texts(services_, pool, client->id.str(), owner,
                                                  MessageSource::verify_user_attribute, caller.metadata);
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        const auto present = get_user(tx, *pool, user);
        const auto destination = to_be_proven(tx, present, attribute);
        if (!destination) return Error{Errc::invalid_parameter, "User does not have the attribute " + attribute + "."};
        if (!directory::Attempts(tx).count(pool->id, counted::attribute_code, user.str(),
                                           services_.limits.attribute_codes_per_hour, hour, now) ||
            !allow_send(tx, services_.limits, *pool, *destination, Asker::anyone, caller, now))
            return attempt_limit_exceeded();
        signin::send_code(services_, tx, order_code(*texts, *destination), present, *destination, now);
        return to_delivery(*destination);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<void> Profile::verify(PoolPtr pool, UserId user, std::string attribute, OneTimeCode code) {
    const Instant now = services_.clock.now();
    check_is_contact(attribute);
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return prove(services_, tx, *pool, user, attribute, code, now); });
    accept(std::move(verdict));
}

}  // namespace symbolon::signin
