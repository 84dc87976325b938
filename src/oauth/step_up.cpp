#include "oauth/step_up.hpp"

#include "base/error.hpp"
#include "oauth/acr.hpp"
#include "oauth/scopes.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::oauth {

std::vector<int> parse_levels(const directory::Pool& pool, std::string_view list) {
    std::vector<int> levels;
    for (const auto& word : parse_scopes(list)) {
        const auto level = find_level(pool, word);
        if (level && std::ranges::find(levels, *level) == levels.end()) levels.push_back(*level);
    }
    if (levels.empty())
        throw Error{Errc::invalid_parameter, "None of TARGET_ACR_VALUES is an authentication level of the user pool."};
    return levels;
}

Task<signin::FormerSignIn> find_former_sign_in(signin::Services& services, Tokens& tokens, signin::ClientPtr client,
                                               std::string access_token, std::optional<std::chrono::seconds> max_age) {
    const auto live = co_await tokens.verify_access(std::move(access_token));
    const auto& token = *live.token;
    if (!live.user || token.pool_id != client->pool_id || token.client_id != client->id)
        throw Error{Errc::not_authorized, "The access token is of another client."};
    signin::FormerSignIn former{live.user->id};
    const bool is_recent = !max_age || services.clock.now() - token.auth_time <= *max_age;
    if (!is_recent || token.grant_id.empty()) co_return former;
    const auto find = [&](db::Transaction& tx) { return directory::Grants(tx).find(token.pool_id, token.grant_id); };
    const auto grant = co_await services.db.read(find);
    if (!grant || !grant->details.amr || grant->details.vouched_level) co_return former;
    former.by_password = std::ranges::find(*grant->details.amr, "pwd") != grant->details.amr->end();
    co_return former;
}

std::optional<directory::AskedFor> asked_level(const directory::Pool& pool, const signin::SignedIn& signed_in) {
    if (signed_in.levels.empty()) return std::nullopt;
    std::vector<std::string> wanted;
    for (const int level : signed_in.levels) wanted.push_back(acr_name(pool, level));
    directory::AskedFor asked;
    asked.acr = acr_of(pool, level_of(signed_in.amr, signed_in.vouched_level), wanted);
    return asked;
}

}  // namespace symbolon::oauth
