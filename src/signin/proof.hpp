#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/users.hpp"
#include "signin/step.hpp"
#include "signin/subject.hpp"
#include "triggers/answers.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::signin {

/// Where a proof holds: made and opened for the same pool, client, step and browser, or not at all.
struct ProofBinding {
    const directory::Pool& pool;
    const directory::Client& client;
    ChallengeKind step;        ///< what its holder has to do next
    std::string_view browser;  ///< Caller::browser; "" for the JSON API
};

/// What a sign-in remembers from one step to the next.
struct Progress {
    Flow flow = Flow::password;
    Proofs given = {};
    std::string device_key = {};  ///< which the client says it is on; proven only by `given.device`
    std::string srp_a = {};       ///< of the proof by SRP under way: what the client sent, base64url …
    std::string srp_b = {};       ///< … and the server's secret
    std::vector<triggers::ChallengeResult> results = {};  ///< custom: what the pool's own code has seen
    triggers::Attributes private_parameters = {};         ///< custom: of the challenge under way
    std::string challenge_metadata = {};                  ///< custom: of the challenge under way
    std::optional<Risk> risk = {};  ///< once a first factor was proven, where threat protection looks for it
    std::string event = {};         ///< the sign-in in the user's history; "": it is not there yet
    std::vector<int> levels = {};   ///< as FirstFactor
};

/// The one type of intermediate proof: what a user proved so far in one sign-in, sealed, held by the client between two
/// steps (the API's `Session`, and the secret block of SRP). It cannot be made without pool, client, step, browser,
/// user, id and expiry, and it cannot be opened without each of them being checked: open() is the only way in, seal()
/// the only way out. One that was made for a login that names nobody looks and works like another, and completes
/// nothing: only open_any() opens it.
class SealedProof {
public:
    /// `id` is the nonce by which the proof is spent. The user's present password is bound as well: a proof that was
    /// made with a password dies with it.
    SealedProof(const ProofBinding& binding, const Subject& subject, std::string id, Instant expires,
                Progress progress);

    /// 20 to 2048 characters of base64url. Fails: hook_answer_invalid, when the pool's own code gave more to remember
    /// than that.
    std::string seal(const crypto::Sealer& sealer) const;

    enum class Fault { invalid, expired, used };
    struct Opened;
    struct OpenedAny;

    /// Opens a session, with everything checked: sealed by us for this binding, not expired, not spent, its user still
    /// there with the same password, and the one that `login` names, if given. Does not spend it.
    static std::variant<Opened, Fault> open(db::Transaction& tx, const crypto::Sealer& sealer,
                                            const ProofBinding& binding, std::string_view session,
                                            const std::optional<std::string>& login, Instant now);
    static std::variant<OpenedAny, Fault> open_any(db::Transaction& tx, const crypto::Sealer& sealer,
                                                   const ProofBinding& binding, std::string_view session,
                                                   const std::optional<std::string>& login, Instant now);

    /// Whether the session was sealed by us for this binding, and no more: it tells of several steps which one it is
    /// of.
    static bool is_of(const crypto::Sealer& sealer, const ProofBinding& binding, std::string_view session);

    /// True for the first caller. `longest_life` is how long any session of this proof may still be shown.
    [[nodiscard]] bool spend(db::Transaction& tx, Instant now, std::chrono::seconds longest_life) const;

    const std::string& id() const { return id_; }
    const Progress& progress() const { return progress_; }
    const Proofs& given() const { return progress_.given; }
    Instant expires() const { return expires_; }

private:
    PoolId pool_;
    std::string context_;  ///< the binding as text; authenticated, not carried
    UserId user_;
    std::string username_;
    std::string login_;
    std::string password_hash_;
    std::string id_;
    Instant expires_{};
    Progress progress_;
};

/// A proof that was opened, and the user whose it is, as read in the same transaction.
struct SealedProof::Opened {
    SealedProof proof;
    directory::User user;
};
struct SealedProof::OpenedAny {
    SealedProof proof;
    Subject subject;
};

/// In the words of cognito-api.md §3.1, "Session rules".
Error to_error(SealedProof::Fault fault);

}  // namespace symbolon::signin
