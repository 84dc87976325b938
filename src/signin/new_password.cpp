#include "directory/attribute_rules.hpp"
#include "directory/password_policy.hpp"
#include "signin/challenge.hpp"
#include "signin/password_history.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/compromised.hpp"
#include "signin/stored_password.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::signin {
namespace {

/// What the user may add with the first password of their own: what is missing, and what is not set yet.
/// Fails: not_authorized, invalid_parameter. Spec: cognito-api.md §3.9, "NEW_PASSWORD_REQUIRED details".
directory::Attributes check_additions(const Context& context, const directory::User& user,
                                      const directory::Attributes& given) {
    const auto& settings = context.pool->settings;
    for (const auto& [name, value] : given) {
        if (!user.attribute(name).empty())
            throw Error{Errc::not_authorized, "Cannot modify an already provided " + name};
    }
    auto additions = directory::check_attributes(settings, given);
    directory::check_writable(settings, *context.client, additions);
    std::erase_if(additions, [](const auto& entry) { return entry.second.empty(); });

    directory::Attributes all = user.attributes;
    all.insert(additions.begin(), additions.end());
    const auto missing = directory::missing_required_attributes(settings, all);
    if (!missing.empty())
        throw Error{Errc::invalid_parameter, "Invalid attributes given, " + missing.front() + " is missing"};
    return additions;
}

Verdict<Session> open(const Context& context, db::Transaction& tx, std::string_view session,
                      const std::optional<std::string>& login) {
    return open_session(context, tx, ChallengeKind::new_password_required, session, login);
}

/// The user as it is when the password is set.
void change(directory::User& user, const directory::Attributes& additions, Instant now) {
    user.password_expires.reset();
    user.status = directory::UserStatus::CONFIRMED;
    user.modified = now;
    for (const auto& [name, value] : additions) {
        user.attributes[name] = value;
        if (name == "phone_number" || name == "email") user.attributes[name + "_verified"] = "false";
    }
}

Verdict<Decision> set_own_password(const Context& context, db::Transaction& tx, std::string_view session,
                                   const std::optional<std::string>& login, const StoredPassword& password,
                                   const directory::Attributes& additions) {
    auto opened = open(context, tx, session, login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& found = std::get<Session>(opened);
    auto& standing = found.standing;
    auto user = *standing.subject.user;
    if (!user.enabled) return to_error(Refusal::disabled);
    if (user.status != directory::UserStatus::FORCE_CHANGE_PASSWORD) return to_error(SealedProof::Fault::invalid);
    if (!spend(context, tx, found)) return to_error(SealedProof::Fault::used);

    set_password(context.services, tx, *context.pool, user, password);
    change(user, additions, context.now);
    directory::Users users(tx);
    users.save(*context.pool, user);
    standing.subject.user = users.find(context.pool->id, user.id);
    if (!standing.subject.user) return to_error(SealedProof::Fault::invalid);
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), NewPasswordSet{}, facts, context.now);
    return conclude(context, tx, std::move(standing), done, facts);
}

/// The texts of what follows.
Task<PoolPtr> find_texts_after(Context context, Standing standing, directory::Attributes additions) {
    change(*standing.subject.user, additions, context.now);
    return find_texts(std::move(context), std::move(standing), NewPasswordSet{});
}

}  // namespace

Task<Outcome> SignIn::with_new_password(PoolPtr pool, ClientPtr client, std::string session,
                                        std::optional<std::string> login, Password password,
                                        directory::Attributes attributes, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    // Everything that can be refused is refused before the costly hash, and without using up the session.
    auto opened = co_await services_.db.read([&](db::Transaction& tx) { return open(context, tx, session, login); });
    const auto found = accept(std::move(opened));
    const auto& user = *found.standing.subject.user;
    directory::check_password(directory::password_policy(context.pool->settings), password.reveal());
    const auto additions = check_additions(context, user, attributes);
    Password to_search = password.clone();
    const auto risk = co_await assess_new_password(services_, context.pool, context.client->id, std::move(to_search),
                                                   directory::EventFilterType::PASSWORD_CHANGE);
    if (is_refused(risk)) throw compromised_password();
    Password to_compare = password.clone();
    co_await check_password_history(services_, context.pool, user, std::move(to_compare));

    const auto stored = co_await make_stored(services_, context.pool, user.username, std::move(password));
    context.texts = co_await find_texts_after(context, found.standing, additions);
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return set_own_password(context, tx, session, login, stored, additions); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

}  // namespace symbolon::signin
