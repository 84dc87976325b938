#include "oauth/logout.hpp"

#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "directory/identity_providers.hpp"
#include "directory/logout_notices.hpp"
#include "federation/provider.hpp"
#include "net/cookie.hpp"
#include "net/form.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/redirect_uris.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::string_view purpose = "leaving";
constexpr std::chrono::minutes life{10};
constexpr std::size_t most_frames = 20;  // a page can load, and a URL carry

/// The app's URL with who speaks and of which sign-in (Front-Channel Logout §2).
std::string frame_of(const std::string& url, const std::string& issuer, const std::string& sid) {
    net::Form parameters;
    parameters.add("iss", issuer);
    parameters.add("sid", sid);
    return append_to_query(url, parameters.encode());
}

Task<std::vector<std::string>> list_frames(signin::Services& services, Site site,
                                           std::vector<signin::BrowserSessionService::Ended> ended) {
    std::vector<std::string> frames;
    for (const auto& session : ended) {
        const auto sid = directory::sid_of(services.sealer, site.pool->id, session.user_id, session.auth_time);
        for (const auto& id : session.clients) {
            const auto client = co_await services.catalog.find_client(id);
            if (!client || client->pool_id != site.pool->id || frames.size() == most_frames) continue;
            if (const auto& url = client->extensions.frontchannel_logout_uri)
                frames.push_back(frame_of(url->str(), site.issuer, sid));
        }
    }
    co_return frames;
}

/// Whether the provider is told of it, by its settings as they are now.
Task<bool> is_told(signin::Services& services, PoolId pool, std::string name) {
    const auto look = [&](db::Transaction& tx) {
        return directory::IdentityProviders(tx, services.sealer).find(pool, name);
    };
    const auto provider = co_await services.db.read(look);
    const bool takes_part = provider && federation::detail_of(*provider, "IDPSignout") == "true";
    co_return takes_part;
}

}  // namespace

std::string leaving_url(const signin::Services& services, const Site& site, std::string_view page, Leaving leaving) {
    leaving.until_ms = to_ms(services.clock.now() + life);
    net::Form query;
    query.add(std::string(leaving_parameter),
              services.sealer.seal_text(purpose, site.pool->id.str(), boost::json::serialize(encode(leaving))));
    return site.url + std::string(page) + "?" + query.encode();
}

std::optional<Leaving> open_leaving(const signin::Services& services, const Site& site, std::string_view sealed) {
    const auto plain = services.sealer.open_text(purpose, site.pool->id.str(), sealed);
    if (!plain) return std::nullopt;
    auto leaving = decode<Leaving>(boost::json::parse(*plain).as_object());
    if (from_ms(leaving.until_ms) <= services.clock.now()) return std::nullopt;
    return leaving;
}

std::string signed_out_url(const Site& site) {
    return site.url + "/signedout";
}

Task<std::string> end_session(signin::Services& services, signin::BrowserSessionService& sessions, Site site,
                              std::optional<std::string> handle, Leaving leaving) {
    if (!handle) co_return std::move(leaving.target);
    auto ended = co_await sessions.end(site.pool, std::move(*handle));
    if (!ended) co_return std::move(leaving.target);
    bool tells_provider = false;
    if (ended->origin) tells_provider = co_await is_told(services, site.pool->id, ended->origin->provider);
    auto target = leaving.target;
    if (tells_provider) {
        leaving.provider = std::move(ended->origin);
        target = leaving_url(services, site, provider_sign_out_path, std::move(leaving));
    }
    std::vector<signin::BrowserSessionService::Ended> all;
    all.push_back(std::move(*ended));
    co_return co_await go_by_apps(services, std::move(site), std::move(all), std::move(target));
}

Task<std::string> go_by_apps(signin::Services& services, Site site,
                             std::vector<signin::BrowserSessionService::Ended> ended, std::string target) {
    Leaving leaving;
    leaving.frames = co_await list_frames(services, site, std::move(ended));
    if (leaving.frames.empty()) co_return target;
    leaving.target = std::move(target);
    co_return leaving_url(services, site, "/logout/apps", std::move(leaving));
}

void drop_session(const Site& site, net::Response& response) {
    net::Cookie cookie;
    cookie.name = session_cookie;
    cookie.path = site.cookie_path;
    cookie.secure = site.secure;
    net::clear_cookie(response, std::move(cookie));
}

}  // namespace symbolon::oauth
