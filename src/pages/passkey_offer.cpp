#include "pages/passkey_offer.hpp"

#include "base/encoding.hpp"
#include "net/cookie.hpp"
#include "net/origin.hpp"
#include "signin/discoverable_passkeys.hpp"
#include "signin/passkeys.hpp"

#include <chrono>

namespace symbolon::pages {

namespace {

constexpr std::string_view cookie_name = "passkey_later";
constexpr std::chrono::days put_off_for{90};

/// Whose "not now" it is; it tells nobody else who that was.
std::string mark_of(const Flow& flow, const Visit& visit, const UserId& user) {
    return to_base64url(flow.services.sealer.keyed_hash("passkey_later", visit.site.pool->id.str(), user.str()));
}

bool was_put_off(const Flow& flow, const Visit& visit, const UserId& user) {
    return net::find_cookie(visit.request, cookie_name) == mark_of(flow, visit, user);
}

}  // namespace

bool can_make_passkey(const Flow& flow, const Visit& visit) {
    if (!signin::passkeys_enabled(*visit.site.pool)) return false;
    const auto relying_party = signin::relying_party_id(*visit.site.pool, flow.services.names);
    return relying_party && signin::is_allowed_origin(net::origin_of(visit.site.url), *relying_party);
}

Task<bool> offers_passkey(Flow& flow, const Visit& visit, const signin::SignedIn& signed_in) {
    const auto& client = visit.authorization.client;
    if (!client || is_for_us(visit.authorization) || was_put_off(flow, visit, signed_in.user_id)) co_return false;
    if (!can_make_passkey(flow, visit)) co_return false;
    const auto& pool = *visit.site.pool;
    co_return co_await flow.services.db.read([&](db::Transaction& tx) {
        const auto user = directory::Users(tx).find(pool.id, signed_in.user_id);
        return user && signin::lacks_passkey(tx, flow.services, pool, *client, *user);
    });
}

void put_off_passkey(const Flow& flow, const Visit& visit, const UserId& user, net::Response& response) {
    net::Cookie cookie;
    cookie.name = cookie_name;
    cookie.value = mark_of(flow, visit, user);
    cookie.path = visit.site.cookie_path;
    cookie.secure = visit.site.secure;
    cookie.max_age = put_off_for;
    net::set_cookie(response, cookie);
}

}  // namespace symbolon::pages
