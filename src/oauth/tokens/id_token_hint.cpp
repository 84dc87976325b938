#include "crypto/jose/jwt.hpp"
#include "oauth/tokens/impl.hpp"

#include <boost/json/object.hpp>

#include <string_view>
#include <utility>

namespace symbolon::oauth {
namespace {

std::string text_claim(const boost::json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string{};
}

}  // namespace

Task<std::optional<Tokens::IdTokenHint>> Tokens::read_id_token_hint(signin::PoolPtr pool, std::string id_token) {
    const auto jwt = crypto::jose::parse_jwt(id_token);
    if (!jwt || text_claim(jwt->claims, "token_use") != "id") co_return std::nullopt;
    if (text_claim(jwt->claims, "iss") != impl_->issuer_of(pool->id)) co_return std::nullopt;
    const auto keys = co_await impl_->services.catalog.get_keys(pool->id);
    const auto* key = keys->find(directory::KeyUse::id_token, jwt->kid);
    if (!key || !crypto::jose::verifies(*key, *jwt)) co_return std::nullopt;
    IdTokenHint hint;
    hint.client_id = ClientId(text_claim(jwt->claims, "aud"));
    hint.subject = text_claim(jwt->claims, "sub");
    hint.sid = text_claim(jwt->claims, "sid");
    co_return hint;
}

}  // namespace symbolon::oauth
