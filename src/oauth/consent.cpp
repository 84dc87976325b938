#include "oauth/consent.hpp"

#include "base/encoding.hpp"
#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"
#include "directory/client_extensions.hpp"
#include "directory/consents.hpp"
#include "directory/grants.hpp"
#include "directory/pool_extensions.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace symbolon::oauth {
namespace {

bool covers(const std::vector<std::string>& allowed, const std::vector<std::string>& asked) {
    return std::all_of(asked.begin(), asked.end(), [&](const std::string& scope) {
        return std::find(allowed.begin(), allowed.end(), scope) != allowed.end();
    });
}

constexpr std::string_view purpose = "signed in for";
constexpr std::chrono::minutes good_for{10};

/// That a person signed in for a request.
struct SignedInFor {
    std::string request;  ///< a hash of its parameters
    std::string user_id;
    std::int64_t auth_ms = 0;  ///< of the sign-in
    std::int64_t until_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SignedInFor, (), (request, user_id, auth_ms, until_ms))

/// Tells the request from others, whether or not a page of ours was named in it.
std::string name_of(const AuthorizationRequest& request) {
    auto form = net::Form::parse(request.query);
    form.remove(signed_in_parameter);
    return to_hex(crypto::sha256(form.encode()));
}

}  // namespace

std::string consent_url(const signin::Services& services, const Site& site, const AuthorizationRequest& request,
                        const signin::SignedIn& person) {
    const SignedInFor proof{name_of(request), person.user_id.str(), to_ms(person.auth_time),
                            to_ms(services.clock.now() + good_for)};
    auto query = net::Form::parse(request.query);
    query.set(signed_in_parameter,
              services.sealer.seal_text(purpose, person.pool_id.str(), boost::json::serialize(encode(proof))));
    return site.url + "/consent?" + query.encode();
}

bool is_signed_in_for(const signin::Services& services, const AuthorizationRequest& request,
                      const signin::SignedIn& person, const std::string& sealed) {
    const auto plain = services.sealer.open_text(purpose, person.pool_id.str(), sealed);
    if (!plain) return false;
    const auto proof = decode<SignedInFor>(boost::json::parse(*plain).as_object());
    return proof.request == name_of(request) && proof.user_id == person.user_id.str() &&
           proof.auth_ms == to_ms(person.auth_time) && from_ms(proof.until_ms) > services.clock.now();
}

Task<bool> needs_consent(signin::Services& services, Site site, AuthorizationRequest request, UserId user) {
    const bool asks = directory::is_on(request.client->extensions.require_consent);
    if (request.prompt_consent) co_return asks || directory::is_on(site.pool->extensions.strict_oidc);
    if (!asks) co_return false;
    const auto look = [&](db::Transaction& tx) {
        return directory::Consents(tx).find(site.pool->id, user, request.client->id);
    };
    const auto given = co_await services.db.read(look);
    // A client that was made anew under the same id is another one.
    co_return !given || given->given < request.client->created || !covers(given->scopes, request.scopes);
}

Task<void> allow(signin::Services& services, AuthorizationRequest request, UserId user) {
    const auto& client = *request.client;
    const Instant now = services.clock.now();
    const auto remember = [&](db::Transaction& tx) {
        directory::Consents consents(tx);
        directory::Consent consent{client.id, request.scopes, now};
        const auto before = consents.find(client.pool_id, user, client.id);
        if (before && before->given >= client.created)
            for (const auto& scope : before->scopes)
                if (!covers(consent.scopes, {scope})) consent.scopes.push_back(scope);
        consents.put(client.pool_id, user, consent);
    };
    co_await services.db.write(remember);
}

Task<void> withdraw_consent(signin::Services& services, PoolId pool, UserId user, ClientId client) {
    const auto withdraw = [&](db::Transaction& tx) {
        directory::Consents(tx).erase(pool, user, client);
        directory::Grants(tx).revoke_all_of_client(pool, user, client);
    };
    co_await services.db.write(withdraw);
}

}  // namespace symbolon::oauth
