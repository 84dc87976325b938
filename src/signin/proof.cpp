#include "signin/proof.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/clients.hpp"
#include "directory/codes.hpp"
#include "directory/pools.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::string_view purpose = "challenge_session";
constexpr std::size_t shortest = 20;
constexpr std::size_t longest = 2048;

std::string_view step_name(Stage step) {
    switch (step) {
        case Stage::password:
            return "password";
        case Stage::new_password:
            return "new_password";
        case Stage::sms_code:
            return "sms_code";
        case Stage::mfa_setup:
            return "mfa_setup";
        case Stage::complete:
            return "complete";
    }
    return "";
}

/// As a JSON array, so that no two bindings have the same text.
std::string context_of(const ProofBinding& binding) {
    const boost::json::array parts{binding.pool.id.str(), binding.client.id.str(), step_name(binding.step),
                                   binding.browser};
    return boost::json::serialize(parts);
}

/// Says nothing about the password, and changes with it (its hash is salted).
std::string password_mark(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user,
                          std::string_view password_hash) {
    return to_base64url(sealer.keyed_hash("password_mark", pool.str() + "|" + user.str(), password_hash));
}

struct Content {
    std::string user;
    std::string id;
    std::string mark;
    Instant expires{};
    Proofs given;
};

std::string to_text(const Content& content) {
    boost::json::object out;
    out["user"] = content.user;
    out["id"] = content.id;
    out["mark"] = content.mark;
    out["expires"] = to_ms(content.expires);
    out["password"] = content.given.password;
    out["new_password"] = content.given.new_password;
    out["sms_code"] = content.given.sms_code;
    return boost::json::serialize(out);
}

/// What was sealed is what to_text() wrote.
Content parse_content(std::string_view text) {
    const auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()));
    const auto& in = value.as_object();
    Content out;
    out.user = in.at("user").as_string();
    out.id = in.at("id").as_string();
    out.mark = in.at("mark").as_string();
    out.expires = from_ms(in.at("expires").as_int64());
    out.given.password = in.at("password").as_bool();
    out.given.new_password = in.at("new_password").as_bool();
    out.given.sms_code = in.at("sms_code").as_bool();
    return out;
}

}  // namespace

SealedProof::SealedProof(const ProofBinding& binding, const directory::User& user, std::string id, Instant expires,
                         const Proofs& given)
    : pool_(binding.pool.id),
      context_(context_of(binding)),
      user_(user.id),
      password_hash_(user.password_hash),
      id_(std::move(id)),
      expires_(expires),
      given_(given) {}

std::string SealedProof::seal(const crypto::Sealer& sealer) const {
    const Content content{.user = user_.str(),
                          .id = id_,
                          .mark = password_mark(sealer, pool_, user_, password_hash_),
                          .expires = expires_,
                          .given = given_};
    return sealer.seal_text(purpose, context_, to_text(content));
}

std::variant<SealedProof::Opened, SealedProof::Fault> SealedProof::open(
    db::Transaction& tx, const crypto::Sealer& sealer, const ProofBinding& binding, std::string_view session,
    const std::optional<std::string>& login, Instant now) {
    if (session.size() < shortest || session.size() > longest) return Fault::invalid;
    const auto text = sealer.open_text(purpose, context_of(binding), session);
    if (!text) return Fault::invalid;
    Content content = parse_content(*text);

    directory::Users users(tx);
    auto user = users.find(binding.pool.id, UserId(content.user));
    if (!user) return Fault::invalid;
    if (login) {
        const auto named = users.find_by_login(binding.pool, *login);
        if (!named || named->id != user->id) return Fault::invalid;
    }
    if (directory::SpentProofs(tx).is_spent(binding.pool.id, content.id)) return Fault::used;
    if (content.expires <= now) return Fault::expired;
    if (!crypto::equal_in_constant_time(content.mark,
                                        password_mark(sealer, binding.pool.id, user->id, user->password_hash)))
        return Fault::invalid;

    SealedProof proof(binding, *user, std::move(content.id), content.expires, content.given);
    return Opened{std::move(proof), std::move(*user)};
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
