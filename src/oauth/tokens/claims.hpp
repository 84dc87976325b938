#pragma once

#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// How an attribute, which is stored as text, stands in a token (oauth-and-hosted-ui.md §2.2).
enum class ClaimType { text, boolean, number, address };

ClaimType claim_type_of(std::string_view attribute);

/// A value that a hook gives for a claim, in the type that the claim has; nothing when it cannot be of that type.
std::optional<boost::json::value> as_claim(std::string_view name, const boost::json::value& given);

/// The claim `identities` of a user who is linked to providers: the attribute's JSON, where flags and numbers are text
/// (§2.6). Nothing when there is none.
std::optional<boost::json::value> identities_claim(const directory::User& user);

/// Which attributes a set of scopes releases (oauth-and-hosted-ui.md §2.4): `openid` alone everything, beside other
/// scopes only theirs; without `openid` (a sign-in through the JSON API) everything. In pools that follow the standard
/// `openid` releases none (OpenID Connect Core §5.4).
class ScopeRelease {
public:
    ScopeRelease(const directory::Pool& pool, const std::vector<std::string>& scopes);
    bool releases(std::string_view attribute) const;

private:
    bool everything_ = false;
    bool email_ = false;
    bool phone_ = false;
    bool profile_ = false;
    bool address_ = false;
};

/// All scopes that the client may have.
std::vector<std::string> scopes_of(const directory::Client& client);

/// Calls `take(name, value)` for each attribute that the scopes release and the client may read, not for `sub`.
template <class Take>
void for_each_claim(const directory::Pool& pool, const directory::Client& client, const directory::User& user,
                    const std::vector<std::string>& scopes, Take&& take) {
    const ScopeRelease release(pool, scopes);
    for (const auto& [name, value] : user.attributes) {
        if (release.releases(name) && client.may_read(name)) take(name, value);
    }
}

/// Calls `take(name, value)` for each attribute that was asked for by name. Nobody gets more by asking for it than the
/// client could by its scopes.
template <class Take>
void for_each_requested_claim(const directory::Pool& pool, const directory::Client& client, const directory::User& user,
                              const std::vector<std::string>& names, Take&& take) {
    const ScopeRelease release(pool, scopes_of(client));
    for (const auto& name : names) {
        const auto found = user.attributes.find(name);
        if (found != user.attributes.end() && release.releases(name) && client.may_read(name))
            take(name, found->second);
    }
}

/// The attributes that were asked for by name, as ID tokens have them.
void add_requested_claims(boost::json::object& claims, const directory::Pool& pool, const directory::Client& client,
                          const directory::User& user, const std::vector<std::string>& names);

/// An attribute's value in the type of its claim.
boost::json::value to_claim(std::string_view name, const std::string& value);

}  // namespace symbolon::oauth
