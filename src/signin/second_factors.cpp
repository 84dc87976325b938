#include "crypto/totp.hpp"
#include "directory/attempts.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/software_tokens.hpp"
#include "signin/challenge.hpp"
#include "signin/hooks.hpp"
#include "signin/refusals.hpp"

#include <algorithm>
#include <utility>

// The second factor: a code by text or by mail, an authenticator app, the choice among them, and setting one up.
// Spec: cognito-api.md §3.9.
namespace symbolon::signin {
namespace {

using directory::MfaFactor;

/// What just received a code, and its user gave it back, is the user's; unless another user has it as a verified alias.
void mark_verified(const Context& context, db::Transaction& tx, directory::User& user, std::string_view attribute) {
    if (user.is_verified(attribute)) return;
    directory::Users users(tx);
    if (context.pool->is_alias(attribute)) {
        const auto owner = users.find_by_login(*context.pool, user.attribute(attribute));
        if (owner && owner->id != user.id) return;
    }
    user.attributes[std::string(attribute) + "_verified"] = "true";
    user.modified = context.now;
    users.save(*context.pool, user);
    if (auto saved = users.find(context.pool->id, user.id)) user = std::move(*saved);
}

/// Goes on after an answer that was checked: a wrong one leaves the session as it is.
Verdict<Decision> go_on_from(const Context& context, db::Transaction& tx, Session& session,
                             const CodeChecked& checked) {
    auto& standing = session.standing;
    auto& user = *standing.subject.user;
    Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), checked, facts, context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next); refusal && !checked.right) {
        record_failure(context, tx, user.id, Failed::second_factor);
        return to_error(*refusal);
    }
    if (!spend(context, tx, session)) return to_error(SealedProof::Fault::used);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return refuse(context, tx, standing, facts, *refusal);
    directory::Attempts(tx).forget(context.pool->id, counted::mfa_guess, user.id.str());
    if (checked.kind != ChallengeKind::software_token_mfa)
        mark_verified(context, tx, user, code_attribute(checked.kind));
    if (standing.progress.flow == Flow::custom && !standing.progress.given.custom)
        standing.progress.results.push_back({.name = result_name(checked.kind), .passed = true});
    return conclude(context, tx, std::move(standing), done, facts);
}

/// Counts a guess, for the user: beginning anew gives no further ones.
bool count_guess(const Context& context, db::Transaction& tx, const UserId& user) {
    return directory::Attempts(tx).count(context.pool->id, counted::mfa_guess, user.str(),
                                         context.services.limits.mfa_guesses_per_hour, hour, context.now);
}

Verdict<Decision> judge_code(const Context& context, db::Transaction& tx, ChallengeKind kind,
                             const CodeAnswer& answer) {
    auto opened = open_session(context, tx, kind, answer.session, answer.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& session = std::get<Session>(opened);
    const auto& subject = session.standing.subject;
    if (!count_guess(context, tx, subject.key)) return too_many_guesses();

    using Result = directory::OneTimeCodes::Result;
    const auto result =
        directory::OneTimeCodes(tx, context.services.sealer)
            .consume(context.pool->id, subject.key, code_purpose(kind), code_binding(kind, session.proof.id(), subject),
                     answer.code, context.now, context.services.limits.tries_per_code);
    if (result == Result::expired || result == Result::locked) return wrong_verification_code(result);
    return go_on_from(context, tx, session, CodeChecked{kind, result == Result::right});
}

Verdict<Decision> judge_software_token(const Context& context, db::Transaction& tx, const CodeAnswer& answer) {
    constexpr auto kind = ChallengeKind::software_token_mfa;
    auto opened = open_session(context, tx, kind, answer.session, answer.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& session = std::get<Session>(opened);
    const UserId user = session.standing.subject.key;
    if (!count_guess(context, tx, user)) return too_many_guesses();

    directory::SoftwareTokens tokens(tx, context.services.sealer);
    const auto token = tokens.find(context.pool->id, user);
    if (!token) return Error{Errc::software_token_not_found, "Software Token MFA has not been enabled by the userPool"};
    const auto found = crypto::totp::find_step(bytes_of(token->secret.reveal()), answer.code.reveal(), context.now);
    if (found && !tokens.use_step(context.pool->id, user, *found))
        return Error{Errc::code_expired, "Your software token has already been used once."};
    return go_on_from(context, tx, session, CodeChecked{kind, found.has_value()});
}

Verdict<Decision> judge_factor(const Context& context, db::Transaction& tx, std::string_view session,
                               const std::optional<std::string>& login, ChallengeKind factor) {
    auto opened = open_session(context, tx, ChallengeKind::select_mfa_type, session, login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& found = std::get<Session>(opened);
    auto& standing = found.standing;
    if (!standing.subject.user->enabled) return to_error(Refusal::disabled);
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), SecondFactorChosen{factor}, facts, context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return to_error(*refusal);
    if (!spend(context, tx, found)) return to_error(SealedProof::Fault::used);
    return conclude(context, tx, std::move(standing), done, facts);
}

/// The session for which a code may be sent again.
Verdict<Session> admit_resend(const Context& context, db::Transaction& tx, ChallengeKind kind, std::string_view session,
                              Tally::Mode mode) {
    auto opened = open_session(context, tx, kind, session, std::nullopt);
    const auto* open = std::get_if<Session>(&opened);
    if (!open) return opened;
    const auto& subject = open->standing.subject;
    if (!subject.user->enabled) return to_error(Refusal::disabled);
    Tally tally(tx, context.pool->id, context.now, mode);
    if (!tally.take(counted::mfa_resend, subject.key.str(), context.services.limits.resends_per_hour, hour))
        return attempt_limit_exceeded();
    return opened;
}

Verdict<Challenge> judge_resend(const Context& context, db::Transaction& tx, ChallengeKind kind,
                                std::string_view session) {
    auto admitted = admit_resend(context, tx, kind, session, Tally::Mode::count);
    if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
    const auto& [proof, standing] = std::get<Session>(admitted);
    // The same proof: whoever presses twice holds two sessions of one challenge, and both end with the right code.
    return ask(context, tx, standing, read_facts(context, tx, standing), proof.id());
}

/// MFA_SETUP names its client in front, for who sets up an app with it (mfa_setup.hpp).
std::string without_client(const Context& context, const std::string& session) {
    const std::string front = context.client->id.str() + ".";
    return session.starts_with(front) ? session.substr(front.size()) : std::string();
}

/// The address is stored as it is, unproven; the code that it is asked for proves it.
Verdict<directory::User> set_up_email(const Context& context, db::Transaction& tx, directory::User user,
                                      const std::string& email) {
    const auto attributes = directory::check_attributes(context.pool->settings, {{"email", email}});
    if (!user.attribute("email").empty()) return Error{Errc::not_authorized, "Cannot modify an already provided email"};
    user.attributes["email"] = attributes.at("email");
    user.attributes["email_verified"] = "false";
    if (!user.mfa.has(MfaFactor::EMAIL_OTP)) user.mfa.enabled.push_back(MfaFactor::EMAIL_OTP);
    user.modified = context.now;
    directory::Users users(tx);
    users.save(*context.pool, user);
    auto saved = users.find(context.pool->id, user.id);
    if (!saved) return to_error(SealedProof::Fault::invalid);
    return std::move(*saved);
}

Verdict<Decision> judge_setup(const Context& context, db::Transaction& tx, const std::string& session,
                              const std::optional<std::string>& login, const std::string& email) {
    auto opened = open_session(context, tx, ChallengeKind::mfa_setup, without_client(context, session), login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& found = std::get<Session>(opened);
    auto& standing = found.standing;
    if (!standing.subject.user->enabled) return to_error(Refusal::disabled);
    if (!email.empty() && !context.pool->settings.EmailMfaConfiguration) return to_error(Refusal::not_offered);
    if (email.empty() && !standing.progress.given.software_token)
        return to_error(SealedProof::Fault::invalid);  // not the session that verifying an app gave
    if (!spend(context, tx, found)) return to_error(SealedProof::Fault::used);
    Input input = SoftwareTokenSetUp{};
    if (!email.empty()) {
        auto stored = set_up_email(context, tx, std::move(*standing.subject.user), email);
        if (auto* refusal = std::get_if<Error>(&stored)) return std::move(*refusal);
        standing.subject.user = std::get<directory::User>(std::move(stored));
        input = EmailSetUp{};
    }
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), input, facts, context.now);
    if (standing.progress.flow == Flow::custom && !standing.progress.given.custom && email.empty())
        standing.progress.results.push_back({.name = result_name(ChallengeKind::mfa_setup), .passed = true});
    return conclude(context, tx, std::move(standing), done, facts);
}

/// Which second factor's code a session asks for.
ChallengeKind code_kind(const Context& context, std::string_view session) {
    const bool mail = is_session_of(context, ChallengeKind::email_mfa, session);
    return mail ? ChallengeKind::email_mfa : ChallengeKind::sms_mfa;
}

}  // namespace

Task<Outcome> SignIn::with_sms_code(PoolPtr pool, ClientPtr client, std::string session,
                                    std::optional<std::string> login, OneTimeCode code, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    const CodeAnswer answer{.session = std::move(session), .login = std::move(login), .code = std::move(code)};
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return judge_code(context, tx, ChallengeKind::sms_mfa, answer); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

Task<Outcome> SignIn::with_email_code(PoolPtr pool, ClientPtr client, CodeAnswer answer, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    // Both factors have one name in the API.
    if (is_session_of(context, ChallengeKind::email_otp, answer.session))
        co_return co_await with_first_code(context.pool, context.client, ChallengeKind::email_otp, std::move(answer),
                                           context.caller);
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return judge_code(context, tx, ChallengeKind::email_mfa, answer); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

Task<Outcome> SignIn::with_software_token(PoolPtr pool, ClientPtr client, CodeAnswer answer, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto verdict =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_software_token(context, tx, answer); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

Task<Outcome> SignIn::with_factor(PoolPtr pool, ClientPtr client, std::string session, std::optional<std::string> login,
                                  ChallengeKind factor, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto opened = co_await services_.db.read(
        [&](db::Transaction& tx) { return open_session(context, tx, ChallengeKind::select_mfa_type, session, login); });
    const auto found = accept(std::move(opened));
    context.texts = co_await find_texts(context, found.standing, SecondFactorChosen{factor});
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return judge_factor(context, tx, session, login, factor); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

Task<Outcome> SignIn::with_mfa_setup(PoolPtr pool, ClientPtr client, std::string session,
                                     std::optional<std::string> login, std::string email, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return judge_setup(context, tx, session, login, email); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

Task<Challenge> SignIn::resend(PoolPtr pool, ClientPtr client, std::string session, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    const auto kind = code_kind(context, session);
    if (has_hook(*context.pool, &LambdaConfig::CustomMessage)) {
        auto looked = co_await services_.db.read([&](db::Transaction& tx) -> Verdict<Session> {
            auto admitted = admit_resend(context, tx, kind, session, Tally::Mode::look);
            const auto* open = std::get_if<Session>(&admitted);
            if (!open) return admitted;
            auto sendable = admit_code(context, tx, open->standing, kind, Tally::Mode::look);
            if (auto* refusal = std::get_if<Error>(&sendable)) return std::move(*refusal);
            return admitted;
        });
        const auto found = accept(std::move(looked));
        context.texts =
            co_await with_custom_texts(services_, context.pool, *found.standing.subject.user, code_occasion(context));
    }
    auto verdict =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_resend(context, tx, kind, session); });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

}  // namespace symbolon::signin
