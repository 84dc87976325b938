#include "aws/operations/domains.hpp"

#include "aws/parties.hpp"
#include "directory/domains.hpp"
#include "directory/pools.hpp"

#include <fmt/chrono.h>

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

int login_version(const UserPoolDomainChange& in, int stored) {
    const auto version = in.ManagedLoginVersion.value_or(stored);
    return version == 1 || version == 2 ? static_cast<int>(version) : 0;  // 0 is refused, as all others are
}

/// 14 digits, as the service has it.
std::string version_of(Instant created) {
    return fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(static_cast<std::time_t>(to_seconds(created))));
}

/// The name behind which a custom domain is reached: there is no distribution in front of it, so it is itself.
UserPoolDomainChanged changed(const directory::Domain& domain) {
    UserPoolDomainChanged out{domain.managed_login_version, {}, domain.routing};
    if (domain.kind == directory::DomainKind::custom) out.CloudFrontDomain = domain.domain;
    return out;
}

}  // namespace

UserPoolDomainChanged create_user_pool_domain(Scope scope, const UserPoolDomainChange& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::Domain domain;
    domain.domain = in.Domain;
    domain.pool_id = pool.id;
    domain.managed_login_version = login_version(in, 1);
    domain.created = scope.now;
    if (in.CustomDomainConfig) {
        directory::check_custom_domain(in.Domain);
        domain.kind = directory::DomainKind::custom;
        domain.certificate_arn = in.CustomDomainConfig->CertificateArn.str();
        domain.security_policy = in.CustomDomainConfig->SecurityPolicy;
    } else {
        directory::check_domain_prefix(in.Domain);
    }
    domain.routing = in.Routing;
    directory::check_domain(domain, pool);
    directory::Domains(scope.tx).create(domain);
    return changed(domain);
}

DescribeUserPoolDomainResponse describe_user_pool_domain(Scope scope, const DescribeUserPoolDomainRequest& in) {
    const auto domain = directory::Domains(scope.tx).find(in.Domain);
    if (!domain) return {};
    DomainDescriptionType out;
    out.UserPoolId = domain->pool_id.str();
    out.AWSAccountId = scope.context.options.account_id;
    out.Domain = domain->domain;
    out.Version = version_of(domain->created);
    out.Status = DomainStatusType::ACTIVE;
    out.ManagedLoginVersion = domain->managed_login_version;
    out.CustomDomainConfig.emplace();
    if (domain->kind == directory::DomainKind::custom) {
        out.CloudFrontDistribution = domain->domain;
        out.CustomDomainConfig->CertificateArn = domain->certificate_arn;
        out.CustomDomainConfig->SecurityPolicy = domain->security_policy;
    }
    out.Routing = domain->routing;
    return {std::move(out)};
}

UserPoolDomainChanged update_user_pool_domain(Scope scope, const UserPoolDomainChange& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::Domains domains(scope.tx);
    auto domain = domains.find(in.Domain);
    if (!domain || domain->pool_id != pool.id) {
        throw Error(Errc::invalid_parameter, "No such domain or user pool exists.");
    }
    domain->managed_login_version = login_version(in, domain->managed_login_version);
    if (in.CustomDomainConfig) {
        if (domain->kind != directory::DomainKind::custom) {
            throw Error(Errc::invalid_parameter, "A prefix domain has no certificate of its own.");
        }
        domain->certificate_arn = in.CustomDomainConfig->CertificateArn.str();
        domain->security_policy = in.CustomDomainConfig->SecurityPolicy;
    }
    if (in.Routing) domain->routing = in.Routing;
    directory::check_domain(*domain, pool);
    domains.save(*domain);
    return changed(*domain);
}

Empty delete_user_pool_domain(Scope scope, const DeleteUserPoolDomainRequest& in) {
    directory::Domains(scope.tx).erase(in.Domain, PoolId(in.UserPoolId.str()));
    return {};
}

std::span<const Operation> domain_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_user_pool_domain, writes>("CreateUserPoolDomain", administrator),
        operation<describe_user_pool_domain, reads>("DescribeUserPoolDomain", administrator),
        operation<update_user_pool_domain, writes>("UpdateUserPoolDomain", administrator),
        operation<delete_user_pool_domain, writes>("DeleteUserPoolDomain", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
