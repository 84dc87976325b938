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

CodeOrder order_code(const directory::Pool& pool, const Destination& destination, const Occasion& occasion) {
    return CodeOrder{.pool = pool,
                     .purpose = purpose_of(destination.attribute),
                     .binding = destination.binding(),
                     .life = sign_up_code_life,
                     .occasion = occasion};
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

/// Fails: code_delivery_failed (a number that no text goes to).
void check_reach(const Services& services, const directory::Pool& pool, const AttributePlan& plan) {
    for (const Destination& destination : plan.to_prove) {
        if (!is_in_reach(services.limits, pool, destination)) throw out_of_reach();
    }
}

/// Who asks for codes is counted: false when there may be no more.
[[nodiscard]] bool admit_codes(const Services& services, Tally tally, const directory::Pool& pool,
                               const AttributePlan& plan, const Caller& caller) {
    for (const Destination& destination : plan.to_prove) {
        if (!tally.take(counted::attribute_change, plan.user.id.str(), services.limits.attribute_changes_per_hour,
                        hour) ||
            !allow_send(tally, services.limits, pool, destination, Asker::anyone, caller))
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

/// The plan for what was asked, checked against everything that refuses it but limits.
AttributePlan get_plan(db::Transaction& tx, const directory::Pool& pool, const directory::User& user,
                       const Attributes& given, Instant now) {
    auto plan = check_plan(pool, user, given, now);
    check_pending_is_free(tx, pool, plan);
    if (has_hook(pool, &LambdaConfig::CustomMessage)) directory::Users(tx).check_free(pool, plan.user);
    return plan;
}

/// How codes are to be sent: the pool with the texts of its hook, and what for.
struct Wording {
    const directory::Pool& texts;
    const Occasion& occasion;
};

/// Stores what was planned and sends the codes.
std::vector<CodeDelivery> carry_out(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                    const AttributePlan& plan, const Wording& wording, Instant now) {
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
        send_code(services, tx, order_code(wording.texts, destination, wording.occasion), plan.user, destination, now);
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

/// A user, and the number or address that is to be proven.
struct Proving {
    directory::User user;
    Destination destination;
};

/// GetUserAttributeVerificationCode, as far as the code itself.
Verdict<Proving> admit_code(const Services& services, db::Transaction& tx, Tally tally, const directory::Pool& pool,
                            directory::User user, const std::string& attribute, const Caller& caller) {
    auto destination = to_be_proven(tx, user, attribute);
    if (!destination) return Error{Errc::invalid_parameter, "User does not have the attribute " + attribute + "."};
    if (!is_in_reach(services.limits, pool, *destination)) return out_of_reach();
    if (!tally.take(counted::attribute_code, user.id.str(), services.limits.attribute_codes_per_hour, hour) ||
        !allow_send(tally, services.limits, pool, *destination, Asker::anyone, caller))
        return attempt_limit_exceeded();
    return Proving{std::move(user), std::move(*destination)};
}

/// The texts of the codes that a change comes to.
Task<PoolPtr> find_texts(Services& services, PoolPtr pool, AttributePlan plan, Occasion occasion) {
    if (plan.to_prove.empty()) co_return pool;
    co_return co_await with_custom_texts(services, pool, std::move(plan.user), std::move(occasion));
}

const Occasion erasing{};  // sends nothing

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
    const auto admit = [&](db::Transaction& tx, Tally::Mode mode) -> Verdict<AttributePlan> {
        auto plan = get_plan(tx, *pool, get_user(tx, *pool, user), wanted, now);
        check_reach(services_, *pool, plan);
        if (!admit_codes(services_, Tally(tx, pool->id, now, mode), *pool, plan, caller))
            return attempt_limit_exceeded();
        return plan;
    };
    const Occasion occasion{MessageSource::update_user_attribute, client->id.str(), caller.metadata};
    PoolPtr texts = pool;
    if (has_hook(*pool, &LambdaConfig::CustomMessage)) {
        auto looked = co_await services_.db.read([&](db::Transaction& tx) { return admit(tx, Tally::Mode::look); });
        texts = co_await find_texts(services_, pool, accept(std::move(looked)), occasion);
    }
    using Deliveries = std::vector<CodeDelivery>;
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<Deliveries> {
        auto admitted = admit(tx, Tally::Mode::count);
        if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
        return carry_out(services_, tx, *pool, std::get<AttributePlan>(admitted), {*texts, occasion}, now);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<void> Profile::erase(PoolPtr pool, ClientPtr client, UserId user, std::vector<std::string> names) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, blanks(names));
    directory::check_writable(pool->settings, *client, wanted);
    co_await services_.db.write([&](db::Transaction& tx) {
        const auto plan = get_plan(tx, *pool, get_user(tx, *pool, user), wanted, now);
        carry_out(services_, tx, *pool, plan, {*pool, erasing}, now);
    });
}

Task<void> Profile::update_as_administrator(PoolPtr pool, std::string login, Attributes given, Caller caller) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, given);
    const auto make_plan = [&](db::Transaction& tx) {
        const auto user = directory::Users(tx).get_by_login(*pool, login);
        directory::check_verified_flags(wanted, user.attributes);
        auto plan = get_plan(tx, *pool, user, wanted, now);
        check_reach(services_, *pool, plan);
        return plan;
    };
    const Occasion occasion{MessageSource::update_user_attribute, {}, caller.metadata};
    PoolPtr texts = pool;
    if (has_hook(*pool, &LambdaConfig::CustomMessage)) {
        auto plan = co_await services_.db.read(make_plan);
        texts = co_await find_texts(services_, pool, std::move(plan), occasion);
    }
    co_await services_.db.write([&](db::Transaction& tx) {
        const AttributePlan planned = make_plan(tx);
        carry_out(services_, tx, *pool, planned, {*texts, occasion}, now);
    });
    services_.outbox.wake();
}

Task<void> Profile::erase_as_administrator(PoolPtr pool, std::string login, std::vector<std::string> names) {
    const Instant now = services_.clock.now();
    const auto wanted = directory::check_attributes(pool->settings, blanks(names));
    co_await services_.db.write([&](db::Transaction& tx) {
        const auto user = directory::Users(tx).get_by_login(*pool, login);
        carry_out(services_, tx, *pool, get_plan(tx, *pool, user, wanted, now), {*pool, erasing}, now);
    });
}

Task<CodeDelivery> Profile::send_code(PoolPtr pool, ClientPtr client, UserId user, std::string attribute,
                                      Caller caller) {
    const Instant now = services_.clock.now();
    check_is_contact(attribute);
    const auto admit = [&](db::Transaction& tx, Tally::Mode mode) {
        return admit_code(services_, tx, Tally(tx, pool->id, now, mode), *pool, get_user(tx, *pool, user), attribute,
                          caller);
    };
    const Occasion occasion{MessageSource::verify_user_attribute, client->id.str(), caller.metadata};
    PoolPtr texts = pool;
    if (has_hook(*pool, &LambdaConfig::CustomMessage)) {
        auto looked = co_await services_.db.read([&](db::Transaction& tx) { return admit(tx, Tally::Mode::look); });
        auto owner = accept(std::move(looked)).user;
        texts = co_await with_custom_texts(services_, pool, std::move(owner), occasion);
    }
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        auto admitted = admit(tx, Tally::Mode::count);
        if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
        const auto& [owner, destination] = std::get<Proving>(admitted);
        signin::send_code(services_, tx, order_code(*texts, destination, occasion), owner, destination, now);
        return to_delivery(destination);
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
