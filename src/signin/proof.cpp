#include "signin/proof.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/clients.hpp"
#include "directory/codes.hpp"
#include "directory/pools.hpp"
#include "signin/proof_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::string_view purpose = "challenge_session";
constexpr std::size_t shortest = 20;
constexpr std::size_t longest = 2048;

std::string_view step_name(ChallengeKind step) {
    switch (step) {
        case ChallengeKind::select_challenge:
            return "select_challenge";
        case ChallengeKind::password:
            return "password";
        case ChallengeKind::password_srp:
            return "password_srp";
        case ChallengeKind::password_verifier:
            return "password_verifier";
        case ChallengeKind::sms_otp:
            return "sms_otp";
        case ChallengeKind::email_otp:
            return "email_otp";
        case ChallengeKind::web_authn:
            return "web_authn";
        case ChallengeKind::custom_challenge:
            return "custom_challenge";
        case ChallengeKind::new_password_required:
            return "new_password";
        case ChallengeKind::sms_mfa:
            return "sms_code";
        case ChallengeKind::email_mfa:
            return "email_code";
        case ChallengeKind::software_token_mfa:
            return "software_token";
        case ChallengeKind::select_mfa_type:
            return "select_mfa";
        case ChallengeKind::mfa_setup:
            return "mfa_setup";
        case ChallengeKind::device_srp_auth:
            return "device_srp";
        case ChallengeKind::device_password_verifier:
            return "device_verifier";
    }
    return "";
}

/// As a JSON array, so that no two bindings have the same text.
std::string context_of(const ProofBinding& binding) {
    // A client that is made again under the same id is another.
    const boost::json::array parts{binding.pool.id.str(), binding.client.id.str(), to_ms(binding.client.created),
                                   step_name(binding.step), binding.browser};
    return boost::json::serialize(parts);
}

/// Says nothing about the password, and changes with it (its hash is salted).
std::string password_mark(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user,
                          std::string_view password_hash) {
    return to_base64url(sealer.keyed_hash("password_mark", pool.str() + "|" + user.str(), password_hash));
}

/// Whose proof it is today; one that was made for nobody stays nobody's, whoever has the name meanwhile.
Subject subject_of_content(db::Transaction& tx, const PoolId& pool, const ProofContent& content) {
    const UserId key(content.user);
    return Subject{
        .key = key, .username = content.username, .login = content.login, .user = directory::Users(tx).find(pool, key)};
}

bool is_named(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool, const Subject& subject,
              const std::string& login) {
    if (subject.user) {
        const auto named = directory::Users(tx).find_by_login(pool, login);
        return named && named->id == subject.user->id;
    }
    // Also who is there and may not be seen is nobody.
    return login == subject.username || as_nobody(sealer, pool, login).key == subject.key;
}

}  // namespace

SealedProof::SealedProof(const ProofBinding& binding, const Subject& subject, std::string id, Instant expires,
                         Progress progress)
    : pool_(binding.pool.id),
      context_(context_of(binding)),
      user_(subject.key),
      username_(subject.username),
      login_(subject.login),
      password_hash_(subject.user ? subject.user->password_hash : std::string()),
      id_(std::move(id)),
      expires_(expires),
      progress_(std::move(progress)) {}

std::string SealedProof::seal(const crypto::Sealer& sealer) const {
    const ProofContent content{.user = user_.str(),
                               .username = username_,
                               .login = login_,
                               .id = id_,
                               .mark = password_mark(sealer, pool_, user_, password_hash_),
                               .expires = expires_,
                               .progress = progress_};
    std::string session = sealer.seal_text(purpose, context_, to_text(content));
    if (session.size() > longest)
        throw Error{Errc::hook_answer_invalid,
                    "Invalid lambda function output : the challenge parameters are too long"};
    return session;
}

std::variant<SealedProof::OpenedAny, SealedProof::Fault> SealedProof::open_any(
    db::Transaction& tx, const crypto::Sealer& sealer, const ProofBinding& binding, std::string_view session,
    const std::optional<std::string>& login, Instant now) {
    if (session.size() < shortest || session.size() > longest) return Fault::invalid;
    const auto text = sealer.open_text(purpose, context_of(binding), session);
    if (!text) return Fault::invalid;
    ProofContent content = parse_proof_content(*text);

    Subject subject = subject_of_content(tx, binding.pool.id, content);
    if (login && !is_named(tx, sealer, binding.pool, subject, *login)) return Fault::invalid;
    if (directory::SpentProofs(tx).is_spent(binding.pool.id, content.id)) return Fault::used;
    if (content.expires <= now) return Fault::expired;
    const std::string hash = subject.user ? subject.user->password_hash : std::string();
    if (!crypto::equal_in_constant_time(content.mark, password_mark(sealer, binding.pool.id, subject.key, hash)))
        return Fault::invalid;

    SealedProof proof(binding, subject, std::move(content.id), content.expires, std::move(content.progress));
    return OpenedAny{std::move(proof), std::move(subject)};
}

std::variant<SealedProof::Opened, SealedProof::Fault> SealedProof::open(
    db::Transaction& tx, const crypto::Sealer& sealer, const ProofBinding& binding, std::string_view session,
    const std::optional<std::string>& login, Instant now) {
    auto opening = open_any(tx, sealer, binding, session, login, now);
    if (const auto* fault = std::get_if<Fault>(&opening)) return *fault;
    auto& [proof, subject] = std::get<OpenedAny>(opening);
    if (!subject.user) return Fault::invalid;
    return Opened{std::move(proof), std::move(*subject.user)};
}

bool SealedProof::is_of(const crypto::Sealer& sealer, const ProofBinding& binding, std::string_view session) {
    return session.size() <= longest && sealer.open_text(purpose, context_of(binding), session).has_value();
}

bool SealedProof::spend(db::Transaction& tx, Instant now, std::chrono::seconds longest_life) const {
    return directory::SpentProofs(tx).spend(pool_, id_, now + longest_life);
}

Error to_error(SealedProof::Fault fault) {
    switch (fault) {
        case SealedProof::Fault::invalid:
            return Error{Errc::not_authorized, "Invalid session for the user."};
        case SealedProof::Fault::expired:
            return Error{Errc::not_authorized, "Invalid session for the user, session is expired."};
        case SealedProof::Fault::used:
            return Error{Errc::not_authorized, "Invalid session for the user, session can only be used once."};
    }
    return Error{Errc::internal, {}, "an unknown fault of a session"};
}

}  // namespace symbolon::signin
