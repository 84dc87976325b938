#include "directory/attribute_rules.hpp"
#include "directory/password_policy.hpp"
#include "signin/challenge.hpp"
#include "signin/refusals.hpp"
#include "signin/sign_in.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::signin {
namespace {

/// What the user may add with the first password of their own: what is missing, and what is not set yet.
/// Fails: not_authorized, invalid_parameter. Spec: cognito-api.md §3.9, "NEW_PASSWORD_REQUIRED details".
directory::Attributes check_additions(const Context& context, const directory::User& user,
                                      const directory::Attributes& given) {
    const auto& settings = context.pool.settings;
    for (const auto& [name, value] : given) {
        if (!user.attribute(name).empty())
            throw Error{Errc::not_authorized, "Cannot modify an already provided " + name};
    }
    auto additions = directory::check_attributes(settings, given);
    directory::check_writable(settings, context.client, additions);
    std::erase_if(additions, [](const auto& entry) { return entry.second.empty(); });

    directory::Attributes all = user.attributes;
    all.insert(additions.begin(), additions.end());
    const auto missing = directory::missing_required_attributes(settings, all);
    if (!missing.empty())
        throw Error{Errc::invalid_parameter, "Invalid attributes given, " + missing.front() + " is missing"};
    return additions;
}

using Opening = std::variant<SealedProof::Opened, SealedProof::Fault>;

Opening open_session(const Context& context, db::Transaction& tx, std::string_view session,
                     const std::optional<std::string>& login) {
    return SealedProof::open(tx, context.services.sealer, binding_of(context, Stage::new_password), session, login,
                             context.now);
}

Verdict<Outcome> set_own_password(const Context& context, db::Transaction& tx, std::string_view session,
                                  const std::optional<std::string>& login, const std::string& hash,
                                  const directory::Attributes& additions) {
    auto opening = open_session(context, tx, session, login);
    if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) return to_error(*fault);
    auto& [proof, user] = std::get<SealedProof::Opened>(opening);
    if (!user.enabled) return to_error(Refusal::disabled);
    if (user.status != directory::UserStatus::FORCE_CHANGE_PASSWORD) return to_error(SealedProof::Fault::invalid);
    if (!proof.spend(tx, context.now, context.client.challenge_life())) return to_error(SealedProof::Fault::used);

    user.password_hash = hash;
    user.password_expires.reset();
    user.status = directory::UserStatus::CONFIRMED;
    user.modified = context.now;
    for (const auto& [name, value] : additions) {
        user.attributes[name] = value;
        if (name == "phone_number" || name == "email") user.attributes[name + "_verified"] = "false";
    }
    directory::Users users(tx);
    users.save(context.pool, user);

    const auto stored = users.find(context.pool.id, user.id);
    if (!stored) return to_error(SealedProof::Fault::invalid);
    const Step done = step(State{Stage::new_password, proof.given()}, NewPasswordSet{},
                           facts_of(context.pool, context.client, *stored), context.now);
    return conclude(context, tx, *stored, done);
}

}  // namespace

Task<Outcome> SignIn::with_new_password(PoolPtr pool, ClientPtr client, std::string session,
                                        std::optional<std::string> login, Password password,
                                        directory::Attributes attributes, Caller caller) {
    const Context context{services_, *pool, *client, caller, services_.clock.now()};
    // Everything that can be refused is refused before the costly hash, and without using up the session.
    const auto opening =
        co_await services_.db.read([&](db::Transaction& tx) { return open_session(context, tx, session, login); });
    if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) throw to_error(*fault);
    const auto& user = std::get<SealedProof::Opened>(opening).user;
    directory::check_password(directory::password_policy(pool->settings), password.reveal());
    const auto additions = check_additions(context, user, attributes);

    const std::string hash = co_await services_.hasher.hash(std::move(password));
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return set_own_password(context, tx, session, login, hash, additions); });
    wake_courier(services_, verdict);
    co_return accept(std::move(verdict));
}

}  // namespace symbolon::signin
