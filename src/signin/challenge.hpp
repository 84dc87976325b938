#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "db/transaction.hpp"
#include "directory/codes.hpp"
#include "signin/destination.hpp"
#include "signin/facts.hpp"
#include "signin/occasion.hpp"
#include "signin/proof.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"
#include "signin/step.hpp"
#include "signin/tally.hpp"
#include "signin/verdict.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// How the flows of a sign-in are made, one file each (sign_in, srp_sign_in, first_factors, second_factors,
/// custom_sign_in, device_sign_in, new_password): a transaction opens the proof, checks what was given, counts it, has
/// step() say what comes next, and conclude() puts that into words; go_on() does what waits.
namespace symbolon::signin {

/// What a sign-in runs with, for the length of one call. A value: coroutines hand it on.
struct Context {
    Services& services;
    PoolPtr pool;
    ClientPtr client;
    Caller caller;
    Instant now;
    PoolPtr texts;                      ///< the pool with what its CustomMessage hook says (find_texts)
    bool compromised_password = false;  ///< the password that was just given is on a list of leaked ones
};

Context make_context(Services& services, PoolPtr pool, ClientPtr client, Caller caller);

/// A sign-in in the middle: whose it is, what it remembers, which question is open.
struct Standing {
    Subject subject;
    Progress progress;
    std::optional<ChallengeKind> asked;

    State state() const { return State{progress.flow, asked, progress.given}; }
};

/// A sign-in that begins.
Standing begin_standing(const Context& context, Flow flow, Subject subject);

/// What is true of the user now; of nobody, what could be.
Facts read_facts(const Context& context, db::Transaction& tx, const Standing& standing);

ProofBinding binding_of(const Context& context, ChallengeKind step);

/// A session that was opened. `standing.asked` is the step it was opened for.
struct Session {
    SealedProof proof;
    Standing standing;
};
/// Opens a session of users alone, or of whomever. Fails (as a value): not_authorized.
[[nodiscard]] Verdict<Session> open_session(const Context& context, db::Transaction& tx, ChallengeKind step,
                                            std::string_view session, const std::optional<std::string>& login);
[[nodiscard]] Verdict<Session> open_any_session(const Context& context, db::Transaction& tx, ChallengeKind step,
                                                std::string_view session, const std::optional<std::string>& login);

/// Whether the session is of this step; not whether it is good.
bool is_session_of(const Context& context, ChallengeKind step, std::string_view session);

/// A session in which a first factor may (still) be chosen: of whichever of those steps.
[[nodiscard]] Verdict<Session> open_choice_session(const Context& context, db::Transaction& tx,
                                                   std::string_view session, const std::optional<std::string>& login);

/// Uses the session up. False for everybody but the first.
[[nodiscard]] bool spend(const Context& context, db::Transaction& tx, const Session& session);

/// The pool's own code is to be asked before the client can be answered.
struct PoolsTurn {
    Standing standing;
};
/// The server's part of SRP is to be made before the client can be answered.
struct SrpTurn {
    Standing standing;
};
/// The pool's own code is to make a challenge.
struct CustomTurn {
    Standing standing;
};
using Decision = std::variant<Outcome, PoolsTurn, CustomTurn, SrpTurn>;

/// What step() refused. What threat protection did is written down, the user told where the pool wants that, and a
/// password that leaked is not accepted any more.
[[nodiscard]] Error refuse(const Context& context, db::Transaction& tx, Standing standing, const Facts& facts,
                           Refusal refusal);

/// The sign-in has got further. Where threat protection watches the pool it has its place in the history once a first
/// factor is proven, and what was found of its risk holds from then on.
enum class Watch { goes_on, completes };
void watch(const Context& context, db::Transaction& tx, Standing& standing, const Facts& facts, Watch watch);

/// The open question is one for the password, or one that a password may answer.
bool asks_password(const std::optional<ChallengeKind>& asked);

/// Turns a step into what comes of it: SignedIn, the next challenge with its session, whose turn it is, or the refusal.
[[nodiscard]] Verdict<Decision> conclude(const Context& context, db::Transaction& tx, Standing standing,
                                         const Step& done, const Facts& facts);

/// Asks the question `standing.asked` under the proof `proof_id`, with a fresh session; codes are sent.
[[nodiscard]] Verdict<Challenge> ask(const Context& context, db::Transaction& tx, const Standing& standing,
                                     const Facts& facts, const std::string& proof_id);

/// A challenge of that kind with a session, and no more.
Challenge begin_challenge(const Context& context, const Standing& standing, const std::string& proof_id);

/// Where the code that this question sends goes, as far as the caps on sending allow it; made up for nobody. Fails (as
/// a value): limit_exceeded.
[[nodiscard]] Verdict<Destination> admit_code(const Context& context, db::Transaction& tx, const Standing& standing,
                                              ChallengeKind kind, Tally::Mode mode);
/// What it is sent for.
Occasion code_occasion(const Context& context);

/// ask() for a question that sends a code; to nobody, it does what can be seen of that.
[[nodiscard]] Verdict<Challenge> ask_code(const Context& context, db::Transaction& tx, const Standing& standing,
                                          const Facts& facts, const std::string& proof_id);

/// The purpose of the code that this question asks for.
directory::CodePurpose code_purpose(ChallengeKind kind);
/// Where it is sent: phone_number | email.
std::string_view code_attribute(ChallengeKind kind);
/// What it is bound to: the challenge, and the number or address as it is now. A changed one, or another sign-in, does
/// not accept it.
std::string code_binding(ChallengeKind kind, std::string_view proof_id, const Subject& subject);

/// Adds a failed answer to the user's history, where threat protection keeps one.
enum class Failed { password, second_factor };
void record_failure(const Context& context, db::Transaction& tx, const UserId& user, Failed failed);

/// The name of a challenge in the list that the pool's own code is shown: SMS_MFA, PASSWORD_VERIFIER, …
std::string result_name(ChallengeKind kind);

/// After the transaction: wakes the courier, throws the refusal, takes the turn of who waits, runs the hook after a
/// completed sign-in.
Task<Outcome> go_on(Context context, Verdict<Decision> verdict);

// The turns, in their files.
Task<Outcome> take_pools_turn(Context context, Standing standing);
Task<Outcome> take_custom_turn(Context context, Standing standing);
Task<Outcome> take_srp_turn(Context context, Standing standing);

/// Context::texts for a step that may lead to a code for the user. Not within a transaction.
Task<PoolPtr> find_texts(Context context, Standing standing, Input input);

/// How a sign-in begins: with a guess at a password, which a lock refuses, or not.
enum class Begins { with_password, otherwise };

/// Who begins to sign in: found, shown or hidden as the client says, not locked out where a password is to come, and
/// past the pre authentication hook. Fails: user_not_found, not_authorized. Spec: §3.1, the order of checks.
/// With `known_password` the pool's migration hook is asked for whom nobody knows; it may be empty.
Task<Subject> meet(Context context, std::string login, Begins begins, Password known_password);

}  // namespace symbolon::signin
