#include "oauth/site.hpp"

#include "net/origin.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

constexpr std::string_view placeholder = "{domain}";

}  // namespace

Sites::Sites(directory::Catalog& catalog, SiteOptions options) : catalog_(catalog), options_(std::move(options)) {
    const std::string_view base = options_.base_url;
    const auto authority = net::authority_of(base);
    const auto host = net::without_port(authority);
    const auto authority_at = static_cast<std::size_t>(authority.data() - base.data());
    scheme_ = base.substr(0, authority_at);
    host_ = net::to_lower(host);
    port_ = authority.substr(host.size());
    base_path_ = base.substr(authority_at + authority.size());
}

Task<std::optional<Sites::Found>> Sites::find(std::string host, std::string path) {
    std::string host_name(net::without_port(host));
    if (host_name != host_) {
        if (const auto domain = co_await find_domain_by_host(std::move(host_name))) {
            auto pool = co_await catalog_.find_pool(domain->pool_id);
            if (!pool) co_return std::nullopt;
            const bool is_custom = domain->kind == directory::DomainKind::custom;
            auto url = is_custom ? url_of_host(domain->domain) : url_of_prefix(domain->domain);
            co_return Found{make_site(std::move(pool), std::move(url), "/"), std::move(path)};
        }
    }
    if (path.size() < 2 || path.front() != '/') co_return std::nullopt;
    const auto end = std::min(path.find('/', 1), path.size());
    std::string segment = path.substr(1, end - 1);
    auto rest = end == path.size() ? std::string("/") : path.substr(end);
    auto cookie_path = base_path_ + "/" + segment;
    // A domain never has an underscore, a pool id always has one.
    if (segment.find('_') != std::string::npos) {
        auto pool = co_await catalog_.find_pool(PoolId(segment));
        if (!pool) co_return std::nullopt;
        auto url = issuer_of(pool->id);
        co_return Found{make_site(std::move(pool), std::move(url), std::move(cookie_path)), std::move(rest)};
    }
    if (!options_.domain_host.empty()) co_return std::nullopt;
    const auto domain = co_await catalog_.find_domain(segment);
    // One domain, one path: another spelling of its name would get another cookie.
    if (!domain || domain->kind != directory::DomainKind::prefix || domain->domain != segment) co_return std::nullopt;
    auto pool = co_await catalog_.find_pool(domain->pool_id);
    if (!pool) co_return std::nullopt;
    auto url = url_of_prefix(segment);
    co_return Found{make_site(std::move(pool), std::move(url), std::move(cookie_path)), std::move(rest)};
}

std::array<Sites::Found, 2> Sites::guess(const std::string& path) const {
    Site site;
    site.secure = scheme_ == "https://";
    site.cookie_path = "/";
    Found at_host{site, path};
    const auto end = path.find('/', 1);
    if (end == std::string::npos) return {at_host, at_host};
    site.cookie_path = base_path_ + path.substr(0, end);
    site.url = options_.base_url + path.substr(0, end);
    return {std::move(at_host), Found{std::move(site), path.substr(end)}};
}

Task<Sites::DomainPtr> Sites::find_domain_by_host(std::string host_name) {
    if (auto prefix = match_domain_host(host_name)) {
        auto domain = co_await catalog_.find_domain(std::move(*prefix));
        if (domain && domain->kind == directory::DomainKind::prefix) co_return domain;
    }
    // A name without a dot ("localhost") and an address are no custom domain: spare the database.
    if (host_name.find('.') == std::string::npos) co_return nullptr;
    if (host_name.find_first_not_of("0123456789.") == std::string::npos) co_return nullptr;
    auto domain = co_await catalog_.find_domain(std::move(host_name));
    if (!domain || domain->kind != directory::DomainKind::custom) co_return nullptr;
    co_return domain;
}

std::optional<std::string> Sites::match_domain_host(std::string_view host_name) const {
    const std::string_view pattern = options_.domain_host;
    const auto at = pattern.find(placeholder);
    if (at == std::string_view::npos) return std::nullopt;
    const auto before = pattern.substr(0, at);
    const auto after = net::without_port(pattern.substr(at + placeholder.size()));
    if (host_name.size() <= before.size() + after.size()) return std::nullopt;
    if (!host_name.starts_with(before) || !host_name.ends_with(after)) return std::nullopt;
    const auto label = host_name.substr(before.size(), host_name.size() - before.size() - after.size());
    if (label.find('.') != std::string_view::npos) return std::nullopt;
    return std::string(label);
}

std::string Sites::url_of_host(std::string_view host_name) const {
    return scheme_ + std::string(host_name) + port_;
}

std::string Sites::url_of_prefix(const std::string& domain) const {
    const auto at = options_.domain_host.find(placeholder);
    if (at == std::string::npos) return options_.base_url + "/" + domain;
    auto host = options_.domain_host;
    host.replace(at, placeholder.size(), domain);
    return url_of_host(net::without_port(host));
}

std::string Sites::endpoints_url_of(const directory::Pool& pool) const {
    // Cognito advertises only the custom domain when a pool has both (oauth-and-hosted-ui.md §1.1).
    if (!pool.custom_domain.empty()) return url_of_host(pool.custom_domain);
    if (!pool.domain.empty()) return url_of_prefix(pool.domain);
    return issuer_of(pool.id);
}

Site Sites::make_site(PoolPtr pool, std::string url, std::string cookie_path) const {
    Site site;
    site.issuer = issuer_of(pool->id);
    site.url = std::move(url);
    site.endpoints_url = endpoints_url_of(*pool);
    site.cookie_path = std::move(cookie_path);
    site.secure = scheme_ == "https://";
    site.pool = std::move(pool);
    return site;
}

}  // namespace symbolon::oauth
