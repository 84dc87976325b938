#include "signin/sign_up_session.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/codes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

constexpr std::string_view purpose = "sign_up_session";
constexpr std::string_view signed_up = "signed_up";
constexpr std::string_view confirmed = "confirmed";
constexpr std::size_t longest = 2048;
constexpr std::size_t id_bytes = 16;

struct Content {
    UserId user;
    std::string id;
    std::string mark;
    Instant expires{};
};

/// As a JSON array, so that no two bindings have the same text.
std::string context_of(const directory::Pool& pool, const directory::Client& client, std::string_view step) {
    return json::serialize(json::array{pool.id.str(), client.id.str(), to_ms(client.created), step});
}

/// Says nothing about the password, and changes with it (its hash is salted).
std::string mark_of(const crypto::Sealer& sealer, const directory::User& user) {
    return to_base64url(
        sealer.keyed_hash("sign_up_session_mark", user.pool_id.str() + "|" + user.id.str(), user.password_hash));
}

std::string seal(Services& services, const directory::Pool& pool, const directory::Client& client,
                 std::string_view step, const directory::User& user, Instant now) {
    const json::object content{{"user", user.id.str()},
                               {"id", services.random.token(id_bytes)},
                               {"mark", mark_of(services.sealer, user)},
                               {"expires", to_ms(now + client.challenge_life())}};
    return services.sealer.seal_text(purpose, context_of(pool, client, step), json::serialize(content));
}

std::optional<Content> open(const crypto::Sealer& sealer, const directory::Pool& pool, const directory::Client& client,
                            std::string_view step, std::string_view session, Instant now) {
    if (session.empty() || session.size() > longest) return std::nullopt;
    const auto text = sealer.open_text(purpose, context_of(pool, client, step), session);
    if (!text) return std::nullopt;
    const auto value = json::parse(*text);  // what was sealed is what seal() wrote
    const auto& in = value.as_object();
    Content content{.user = UserId(std::string(in.at("user").as_string())),
                    .id = std::string(in.at("id").as_string()),
                    .mark = std::string(in.at("mark").as_string()),
                    .expires = from_ms(in.at("expires").as_int64())};
    if (content.expires <= now) return std::nullopt;
    return content;
}

bool is_of(const crypto::Sealer& sealer, const Content& content, const directory::User& user) {
    return content.user == user.id && crypto::equal_in_constant_time(content.mark, mark_of(sealer, user));
}

/// True for the first caller.
[[nodiscard]] bool spend(db::Transaction& tx, const directory::Pool& pool, const Content& content) {
    return directory::SpentProofs(tx).spend(pool.id, content.id, content.expires);
}

}  // namespace

std::string seal_signed_up(Services& services, const directory::Pool& pool, const directory::Client& client,
                           const directory::User& user, Instant now) {
    if (!client.allows_flow("ALLOW_USER_AUTH")) return {};
    return seal(services, pool, client, signed_up, user, now);
}

std::string seal_confirmed(Services& services, db::Transaction& tx, const directory::Pool& pool,
                           const directory::Client& client, const directory::User& user,
                           std::string_view signed_up_session, Instant now) {
    if (!client.allows_flow("ALLOW_USER_AUTH") || user.status != directory::UserStatus::CONFIRMED) return {};
    const auto content = open(services.sealer, pool, client, signed_up, signed_up_session, now);
    if (!content || !is_of(services.sealer, *content, user) || !spend(tx, pool, *content)) return {};
    return seal(services, pool, client, confirmed, user, now);
}

std::optional<directory::User> use_confirmed(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                             const directory::Client& client, std::string_view session,
                                             std::string_view login, Instant now) {
    const auto content = open(services.sealer, pool, client, confirmed, session, now);
    if (!content) return std::nullopt;
    auto user = directory::Users(tx).find_by_login(pool, login);
    if (!user || !is_of(services.sealer, *content, *user)) return std::nullopt;
    if (!user->enabled || user->status != directory::UserStatus::CONFIRMED) return std::nullopt;
    if (!spend(tx, pool, *content)) return std::nullopt;
    return user;
}

}  // namespace symbolon::signin
