#include "directory/domains.hpp"

#include "base/error.hpp"
#include "directory/identifiers.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_domain = R"sql(
    SELECT domain, pool_id, kind, settings, created_ms FROM domains WHERE domain = $1
)sql";

constexpr std::string_view insert_domain = R"sql(
    INSERT INTO domains (domain, pool_id, kind, settings, created_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view insert_pool_domain = R"sql(
    INSERT INTO pool_domains (pool_id, kind, domain) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_domain = R"sql(
    UPDATE domains SET settings = $3 WHERE domain = $1 AND pool_id = $2
)sql";

constexpr std::string_view delete_domain = "DELETE FROM domains WHERE domain = $1 AND pool_id = $2";
constexpr std::string_view delete_pool_domain = "DELETE FROM pool_domains WHERE domain = $1 AND pool_id = $2";

struct DomainSettings {
    int managed_login_version = 1;
    std::string certificate_arn;
    std::optional<SecurityPolicyType> security_policy;
    std::optional<RoutingType> routing;
};
BOOST_DESCRIBE_STRUCT(DomainSettings, (), (managed_login_version, certificate_arn, security_policy, routing))

struct DomainRow {
    std::string domain;
    PoolId pool_id;
    std::string kind;
    std::string settings;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(DomainRow, (), (domain, pool_id, kind, settings, created_ms))

std::string_view to_name(DomainKind kind) {
    return kind == DomainKind::custom ? "custom" : "prefix";
}

std::string settings_of(const Domain& domain) {
    return to_stored(DomainSettings{.managed_login_version = domain.managed_login_version,
                                    .certificate_arn = domain.certificate_arn,
                                    .security_policy = domain.security_policy,
                                    .routing = domain.routing});
}

[[noreturn]] void throw_unknown() {
    throw Error(Errc::invalid_parameter, "No such domain or user pool exists.");
}

constexpr std::array<std::string_view, 3> reserved_parts{"aws", "amazon", "cognito"};

// The first part of paths that are ours: a pool's domain may be the first part of a path, too.
constexpr std::array<std::string_view, 17> reserved_names{
    "healthz", "readyz", "metrics", "console", "oauth2", "login", "logout", "signup",    "assets",
    "files",   "static", "admin",   "api",     "saml2",  "error", "app",    "well-known"};

}  // namespace

void check_domain_prefix(std::string_view prefix) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (prefix.empty() || prefix.size() > 63 || prefix.front() == '-' || prefix.back() == '-' ||
        !std::all_of(prefix.begin(), prefix.end(), fits))
        throw Error(Errc::invalid_parameter,
                    "Domain can contain only lower-case letters, numbers and hyphens, with no hyphen at its ends, and "
                    "at most 63 characters.");
    for (const std::string_view part : reserved_parts)
        if (prefix.find(part) != std::string_view::npos)
            throw Error(Errc::invalid_parameter, "Domain cannot contain reserved word: " + std::string(part));
    if (std::find(reserved_names.begin(), reserved_names.end(), prefix) != reserved_names.end())
        throw Error(Errc::invalid_parameter, "Domain is a reserved word: " + std::string(prefix));
}

void check_domain(const Domain& domain, const Pool& pool) {
    if (domain.managed_login_version != 1 && domain.managed_login_version != 2)
        throw Error(Errc::invalid_parameter, "ManagedLoginVersion must be 1 or 2.");
    if (domain.managed_login_version == 2 && pool.settings.UserPoolTier == UserPoolTierType::LITE)
        throw Error(Errc::feature_unavailable, "Managed login is not available in the tier LITE of the user pool.");
    if (domain.routing && domain.kind != DomainKind::custom)
        throw Error(Errc::invalid_parameter, "Routing is only supported for custom domains.");
}

void check_custom_domain(std::string_view host) {
    const auto canonical = parse_domain(host);
    const auto is_numeric = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    const bool is_address = std::all_of(host.begin(), host.end(), is_numeric);
    if (!canonical || *canonical != host || host.find('.') == std::string_view::npos || is_address)
        throw Error(Errc::invalid_parameter,
                    "Custom domain must be a fully qualified host name in lower case, such as auth.example.com.");
}

std::optional<Domain> Domains::find(std::string_view domain) {
    const auto canonical = parse_domain(domain);
    if (!canonical) return std::nullopt;
    auto row = tx_.row<DomainRow>(find_domain, *canonical);
    if (!row) return std::nullopt;
    auto settings = from_stored<DomainSettings>(row->settings, "domains.settings");
    return Domain{.domain = std::move(row->domain),
                  .pool_id = std::move(row->pool_id),
                  .kind = row->kind == "custom" ? DomainKind::custom : DomainKind::prefix,
                  .managed_login_version = settings.managed_login_version,
                  .certificate_arn = std::move(settings.certificate_arn),
                  .created = row->created_ms,
                  .security_policy = settings.security_policy,
                  .routing = std::move(settings.routing)};
}

void Domains::create(const Domain& domain) {
    const auto inserted = tx_.execute(insert_domain, domain.domain, domain.pool_id, to_name(domain.kind),
                                      settings_of(domain), domain.created);
    if (inserted != 1) throw Error(Errc::invalid_parameter, "Domain already associated with another user pool.");
    if (tx_.execute(insert_pool_domain, domain.pool_id, to_name(domain.kind), domain.domain) != 1)
        throw Error(Errc::invalid_parameter, "User pool already has a domain configured.");
}

void Domains::save(const Domain& domain) {
    if (tx_.execute(update_domain, domain.domain, domain.pool_id, settings_of(domain)) != 1) throw_unknown();
}

void Domains::erase(std::string_view domain, const PoolId& pool) {
    const auto canonical = parse_domain(domain);
    if (!canonical || tx_.execute(delete_domain, *canonical, pool) != 1) throw_unknown();
    tx_.execute(delete_pool_domain, *canonical, pool);
}

}  // namespace symbolon::directory
