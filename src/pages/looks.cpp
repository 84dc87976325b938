#include "pages/looks.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "directory/catalog.hpp"
#include "directory/images.hpp"
#include "directory/style_rules.hpp"
#include "directory/ui_customizations.hpp"
#include "net/respond.hpp"
#include "pages/assets.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::pages {

namespace json = boost::json;

namespace {

// /assets/look/<client or ALL>/<file>?<version>
constexpr std::string_view prefix = "/assets/look/";
constexpr std::string_view classic_style = "classic.css";
constexpr std::string_view classic_logo = "logo";
constexpr std::string_view managed_style = "managed.css";

constexpr std::size_t most_kept = 1024;

std::string address(std::string_view owner, std::string_view file) {
    return std::string(prefix).append(owner).append("/").append(file);
}

/// The same text has the same version.
std::string version_of(std::string_view text) {
    constexpr std::size_t length = 12;
    return to_base64url(crypto::sha256(text)).substr(0, length);
}

/// Of a style that leaves everything to us there is nothing to lay over.
json::object settings_of(const directory::BrandingContent& style) {
    if (style.UseCognitoProvidedValues.value_or(false) || !style.Settings || !style.Settings->is_object()) return {};
    return style.Settings->get_object();
}

Assets assets_of(const directory::BrandingContent& style) {
    return style.Assets ? style.Assets->items() : Assets{};
}

void add_classic(Look& look, db::Transaction& tx, const PoolId& pool, const std::string& client) {
    const auto classic = directory::UiCustomizations(tx).find_for(pool, client);
    if (!classic) return;
    const auto& content = classic->content;
    if (!content.css.empty()) {
        look.style = address(classic->name, classic_style) + "?" + version_of(content.css);
        look.scheme = Scheme::light;  // these style sheets were written for pages that know no dark
    }
    if (!content.image.empty()) look.logo = address(classic->name, classic_logo) + "?" + content.image_hash;
}

void add_managed(Look& look, db::Transaction& tx, const PoolId& pool, const ClientId& client) {
    const auto style = directory::Brandings(tx).find_of_client(pool, client);
    if (!style) return;
    const auto settings = settings_of(style->content);
    const auto assets = assets_of(style->content);
    const auto to_address = [&](const directory::AssetType* picture) {
        return picture == nullptr ? std::string() : address(client.str(), address_of(*picture));
    };
    const auto sheet = make_managed_style(settings, assets);
    if (!sheet.empty()) look.style = address(client.str(), managed_style) + "?" + version_of(sheet);
    look.scheme = scheme_of(settings);
    const auto logo = logo_of(settings, assets);
    look.logo = to_address(look.scheme == Scheme::dark ? logo.dark : logo.light);
    if (look.scheme == Scheme::dynamic && logo.dark != logo.light) look.dark_logo = to_address(logo.dark);
    look.favicon = to_address(favicon_of(settings, assets));
}

void add_terms(Look& look, db::Transaction& tx, const PoolId& pool, const ClientId& client) {
    directory::Terms terms(tx);
    if (auto found = terms.find_of_client(pool, client, "terms-of-use")) look.terms = std::move(found->content.Links);
    if (auto found = terms.find_of_client(pool, client, "privacy-policy"))
        look.privacy = std::move(found->content.Links);
}

/// The domain whose pages these are; at the pool's own path, the one that discovery names.
std::string domain_of(const oauth::Site& site) {
    const auto& pool = *site.pool;
    if (pool.custom_domain.empty()) return pool.domain;
    const bool at_prefix = !pool.domain.empty() && site.url.find(pool.domain) != std::string::npos &&
                           site.url.find(pool.custom_domain) == std::string::npos;
    return at_prefix ? pool.domain : pool.custom_domain;
}

/// The service's name of a language; "" of one that it has no name for.
std::string_view language_id(std::string_view code) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> names{
        {{"de", "cognito:german"}, {"en", "cognito:english"}, {"es", "cognito:spanish"}, {"fr", "cognito:french"}}};
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.first == code; });
    return found == names.end() ? std::string_view{} : found->second;
}

net::Response file(std::string type, std::string body) {
    net::Response response;
    auto& headers = response.headers;
    headers.set("Content-Type", std::move(type));
    headers.set("Cache-Control", std::string(keep_for_a_year));
    // It came from outside: it is that and nothing else, wherever it is opened.
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    response.body = std::move(body);
    return response;
}

net::Response style_sheet(std::string css) {
    return file("text/css; charset=utf-8", std::move(css));
}

std::optional<net::Response> picture(const Bytes& bytes) {
    const auto type = directory::detect_image(bytes);
    if (!type) return std::nullopt;
    return file(std::string(directory::media_type(*type)), to_string(bytes));
}

std::optional<net::Response> find_classic(db::Transaction& tx, const PoolId& pool, const std::string& owner,
                                          std::string_view name) {
    const auto look = directory::UiCustomizations(tx).find(pool, owner);
    if (!look) return std::nullopt;
    if (name == classic_style) {
        directory::check_style(look->content.css);  // the rules may have become stricter since it was stored
        return style_sheet(look->content.css);
    }
    const auto bytes = parse_base64(look->content.image);
    return bytes ? picture(*bytes) : std::nullopt;
}

std::optional<net::Response> find_managed(db::Transaction& tx, const PoolId& pool, const std::string& owner,
                                          std::string_view name) {
    const auto style = directory::Brandings(tx).find_of_client(pool, ClientId(owner));
    if (!style) return std::nullopt;
    const auto assets = assets_of(style->content);
    if (name == managed_style) return style_sheet(make_managed_style(settings_of(style->content), assets));
    for (const auto& asset : assets) {
        const auto own = address_of(asset);
        if (!asset.Bytes || own.substr(0, own.find('?')) != name) continue;
        const auto bytes = parse_base64(*asset.Bytes);
        return bytes ? picture(*bytes) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::string link_for(const directory::TermsLinks& links, std::string_view language) {
    std::string standard;
    for (const auto& [name, link] : links) {
        if (name.str() == language_id(language)) return link.str();
        if (name.str() == "cognito:default") standard = link.str();
    }
    return standard;
}

bool is_look_path(std::string_view path) {
    return path.starts_with(prefix);
}

Task<std::shared_ptr<const Look>> Looks::find(oauth::Site site, signin::ClientPtr client) {
    const auto& pool = site.pool->id;
    const auto domain = co_await services_.catalog.find_domain(domain_of(site));
    const bool managed = domain && domain->managed_login_version >= 2;
    const auto key = pool.str() + "|" + (client ? client->id.str() : "") + (managed ? "|managed" : "");
    if (auto kept = find_kept(key)) co_return kept;
    const auto read = [&](db::Transaction& tx) {
        Look look;
        if (!managed)
            add_classic(look, tx, pool, client ? client->id.str() : std::string(directory::for_all_clients));
        else if (client)
            add_managed(look, tx, pool, client->id);
        if (client) add_terms(look, tx, pool, client->id);
        return look;
    };
    auto found = co_await services_.db.read(read);
    auto look = std::make_shared<const Look>(std::move(found));
    keep(key, look);
    co_return look;
}

std::shared_ptr<const Look> Looks::find_kept(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(key);
    const auto now = services_.clock.now();
    if (found == kept_.end() || now < found->second.read || now - found->second.read >= directory::Catalog::oldest)
        return nullptr;
    return found->second.look;
}

void Looks::keep(const std::string& key, std::shared_ptr<const Look> look) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= most_kept) kept_.clear();
    kept_[key] = {std::move(look), services_.clock.now()};
}

Task<net::Response> Looks::serve(oauth::Site site, std::string path) {
    const auto rest = std::string_view(path).substr(prefix.size());
    const auto slash = rest.find('/');
    const std::string owner(rest.substr(0, slash));
    const std::string name(slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1));
    const bool classic = name == classic_style || name == classic_logo;
    const auto look_up = [&](db::Transaction& tx) {
        return classic ? find_classic(tx, site.pool->id, owner, name) : find_managed(tx, site.pool->id, owner, name);
    };
    std::optional<net::Response> found;
    std::optional<Error> refused;
    try {
        found = co_await services_.db.read(look_up);
    } catch (const Error& error) {
        refused = error;
    }
    if (refused && refused->code != Errc::invalid_parameter) co_return net::text(503, "Try again later.\n");
    if (!found) co_return net::text(404, "Nothing is here.\n");
    co_return std::move(*found);
}

}  // namespace symbolon::pages
