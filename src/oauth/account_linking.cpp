#include "oauth/account_linking.hpp"

#include "base/error.hpp"
#include "directory/linked_identities.hpp"
#include "directory/users.hpp"
#include "net/http.hpp"
#include "oauth/jwt_claims.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

using directory::ExternalIdentity;

ExternalIdentity identity_of(const signin::ExternalPerson& person) {
    return {person.provider->name, std::string(ExternalIdentity::subject), person.subject};
}

bool is_true(const boost::json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (!value) return false;
    return value->is_bool() ? value->get_bool() : value->is_string() && value->get_string() == "true";
}

bool is_authority(const signin::ExternalPerson& person, std::string_view email) {
    if (person.provider->type != directory::IdentityProviderTypeType::Google) return false;
    if (!is_true(person.claims, "email_verified")) return false;
    return net::to_lower(email).ends_with("@gmail.com") || !text_claim(person.claims, "hd").empty();
}

std::optional<directory::User> find_by_address(db::Transaction& tx, const directory::Pool& pool,
                                               const std::string& email) {
    if (email.empty()) return std::nullopt;
    auto user = directory::Users(tx).find_by_login(pool, email);
    // By its address and nothing else that reads the same.
    if (!user || net::to_lower(user->attribute("email")) != net::to_lower(email)) return std::nullopt;
    return user;
}

}  // namespace

Task<Acquaintance> recognize(signin::Services& services, signin::PoolPtr pool, signin::ExternalPerson person) {
    const auto email = text_claim(person.claims, "email");
    const auto look = [&](db::Transaction& tx) {
        if (directory::LinkedIdentities(tx).find_owner(pool->id, identity_of(person))) return Acquaintance::linked;
        const auto user = find_by_address(tx, *pool, email);
        if (!user) return Acquaintance::nobody;
        const bool proven = is_authority(person, email) && user->is_verified("email");
        return proven ? Acquaintance::by_address : Acquaintance::unproven;
    };
    co_return co_await services.db.read(look);
}

Task<void> link_by_address(signin::Services& services, signin::PoolPtr pool, signin::ExternalPerson person) {
    const auto email = text_claim(person.claims, "email");
    const auto now = services.clock.now();
    const auto link = [&](db::Transaction& tx) {
        auto user = find_by_address(tx, *pool, email);
        if (!user || !user->is_verified("email")) throw Error{Errc::user_not_found, "User does not exist."};
        directory::link_identity(tx, services.sealer, *pool, std::move(*user), identity_of(person), now);
    };
    co_await services.db.write(link);
}

}  // namespace symbolon::oauth
