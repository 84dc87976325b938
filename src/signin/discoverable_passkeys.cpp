#include "signin/discoverable_passkeys.hpp"

#include "base/encoding.hpp"
#include "directory/codes.hpp"
#include "directory/user_names.hpp"
#include "signin/challenge.hpp"
#include "signin/passkey_json.hpp"
#include "signin/passkeys.hpp"
#include "signin/refusals.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

constexpr std::string_view purpose = "passkey_question";
/// The page on which it is asked may stay open for a while.
constexpr std::chrono::minutes question_life{30};

bool allows_choice(const directory::Client& client) {
    return client.allows_flow("ALLOW_USER_AUTH");
}

/// As a JSON array, so that no two bindings have the same text.
std::string context_of(const directory::Pool& pool, const directory::Client& client, std::string_view browser) {
    return json::serialize(json::array{pool.id.str(), client.id.str(), to_ms(client.created), browser});
}

struct Question {
    std::string id;
    Instant expires;
};

Bytes challenge_of(const Services& services, const directory::Pool& pool, const Question& question) {
    const UserId whomever;
    return passkey_challenge(services, pool, whomever, question.id);
}

std::string seal(const Services& services, const std::string& context, const Question& question) {
    return services.sealer.seal_text(purpose, context,
                                     json::serialize(json::array{question.id, to_ms(question.expires)}));
}

/// Nothing for one that is not ours, of another browser, client or pool, or over.
std::optional<Question> open(const Services& services, const std::string& context, std::string_view session,
                             Instant now) {
    const auto text = services.sealer.open_text(purpose, context, session);
    if (!text) return std::nullopt;
    const auto parts = json::parse(*text).as_array();
    Question question{std::string(parts.at(0).as_string()), from_ms(parts.at(1).as_int64())};
    if (question.expires <= now) return std::nullopt;
    return question;
}

Error not_accepted() {
    return Error{Errc::not_authorized, "The passkey was not accepted."};
}

/// The user that a passkey says it is of: the sub, which the browser gives back as it was told it.
std::optional<UserId> named_user(const std::optional<ClaimedCredential>& claimed) {
    constexpr std::size_t longest = 64;  // WebAuthn §5.4.3
    if (!claimed || claimed->user_handle.empty() || claimed->user_handle.size() > longest) return std::nullopt;
    const auto is_plain = [](std::uint8_t byte) { return byte > ' ' && byte < 0x7F; };
    if (!std::ranges::all_of(claimed->user_handle, is_plain)) return std::nullopt;
    return UserId(to_string(claimed->user_handle));
}

Verdict<Decision> judge(const Context& context, db::Transaction& tx, Standing standing, const Question& question,
                        const std::string& credential) {
    const auto& pool = *context.pool;
    const UserId key = standing.subject.key;
    if (!directory::SpentProofs(tx).spend(pool.id, question.id, question.expires)) return not_accepted();
    standing.subject.user = directory::Users(tx).find(pool.id, key);
    const auto challenge = challenge_of(context.services, pool, question);
    const auto checked = check_passkey(tx, context.services, pool, key, challenge, credential);
    const auto* proof = std::get_if<PasskeyProof>(&checked);
    const bool right = proof && standing.subject.user;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), PasskeyChecked{right, right && proof->user_verified}, facts, context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return refuse(context, tx, standing, facts, *refusal);
    return conclude(context, tx, std::move(standing), done, facts);
}

}  // namespace

std::optional<PasskeyQuestion> DiscoverablePasskeys::ask(const directory::Pool& pool, const directory::Client& client,
                                                         const Caller& caller) const {
    const auto relying_party = relying_party_id(pool, services_.names);
    if (!passkeys_enabled(pool) || !relying_party || !allows_choice(client)) return std::nullopt;
    const Question question{services_.random.token(16), services_.clock.now() + question_life};
    const auto challenge = challenge_of(services_, pool, question);
    return PasskeyQuestion{.session = seal(services_, context_of(pool, client, caller.browser), question),
                           .options = json::serialize(json::object{{"challenge", to_base64url(challenge)},
                                                                   {"rpId", *relying_party},
                                                                   {"userVerification", user_verification(pool)}})};
}

Task<Outcome> DiscoverablePasskeys::sign_in(PoolPtr pool, ClientPtr client, std::string session, std::string credential,
                                            Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    if (!allows_choice(*context.client)) throw not_accepted();
    const auto binding = context_of(*context.pool, *context.client, context.caller.browser);
    const auto question = open(services_, binding, session, context.now);
    const auto named = named_user(read_claimed_credential(credential));
    if (!question || !named) throw not_accepted();
    const auto login = co_await services_.db.read([&](db::Transaction& tx) -> std::optional<std::string> {
        const auto user = directory::Users(tx).find(context.pool->id, *named);
        if (!user) return std::nullopt;
        return directory::login_of(*context.pool, *user);
    });
    if (!login) throw not_accepted();
    auto subject = co_await meet(context, *login, Begins::otherwise, Password());
    if (subject.key != *named) throw not_accepted();
    Standing standing = begin_standing(context, Flow::choice, std::move(subject));
    standing.asked = ChallengeKind::web_authn;
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return judge(context, tx, standing, *question, credential); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

bool lacks_passkey(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                   const directory::Client& client, const directory::User& user) {
    if (!passkeys_enabled(pool) || !relying_party_id(pool, services.names) || !allows_choice(client)) return false;
    if (user.status != directory::UserStatus::CONFIRMED || has_usable_passkey(tx, services, pool, user.id))
        return false;
    Possessions with_one;
    with_one.passkey = true;
    const auto facts = facts_of(pool, client, user, with_one, Risk{});
    return std::ranges::find(facts.first_factors, ChallengeKind::web_authn) != facts.first_factors.end();
}

}  // namespace symbolon::signin
