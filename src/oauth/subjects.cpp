#include "oauth/subjects.hpp"

#include "base/encoding.hpp"
#include "net/origin.hpp"

#include <string_view>

namespace symbolon::oauth {
namespace {

/// "" for an app's own scheme: anybody may use any name there, also that of somebody else's sector.
std::string host_of(std::string_view url) {
    if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
    return net::to_lower(net::without_port(net::authority_of(url)));
}

}  // namespace

std::string sector_of(const directory::Client& client) {
    if (client.extensions.sector_identifier_uri) return host_of(client.extensions.sector_identifier_uri->str());
    std::string sector;
    if (client.settings.CallbackURLs) {
        for (const auto& url : *client.settings.CallbackURLs) {
            const auto host = host_of(url.str());
            if (host.empty() || (!sector.empty() && host != sector)) return client.id.str();
            sector = host;
        }
    }
    return sector.empty() ? client.id.str() : sector;
}

std::string subject_of(const crypto::Sealer& sealer, const directory::Client& client, const UserId& user) {
    if (!client.extensions.is_pairwise()) return user.str();
    const auto context = client.pool_id.str() + "|" + sector_of(client);
    return to_base64url(sealer.keyed_hash("pairwise subject", context, user.str()));
}

}  // namespace symbolon::oauth
