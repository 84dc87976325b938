#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/pool_types.hpp"
#include "directory/pools.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::directory {

enum class DomainKind { prefix, custom };

struct Domain {
    std::string domain = {};  ///< canonical
    PoolId pool_id = {};
    DomainKind kind = DomainKind::prefix;
    int managed_login_version = 1;
    std::string certificate_arn = {};  ///< of a custom domain
    Instant created{};
    std::optional<SecurityPolicyType> security_policy = {};  ///< of a custom domain, on record
    std::optional<RoutingType> routing = {};                 ///< of a custom domain, on record
};

/// Checks a prefix (1–63 of [a-z0-9-], no reserved word, no name that a path of ours needs).
/// Fails: invalid_parameter, in the words of cognito-api.md §5.8.
void check_domain_prefix(std::string_view prefix);
/// Checks what only custom domains have, and that the tier has that version of the pages.
/// Fails: invalid_parameter, feature_unavailable.
void check_domain(const Domain& domain, const Pool& pool);
/// Checks a custom domain: a host name of at least two labels.
void check_custom_domain(std::string_view host);

class Domains {
public:
    explicit Domains(db::Transaction& tx) : tx_(tx) {}
    std::optional<Domain> find(std::string_view domain);
    /// Fails: invalid_parameter "Domain already associated with another user pool.", or when the pool has one of that
    /// kind.
    void create(const Domain& domain);
    void save(const Domain& domain);
    /// Fails: invalid_parameter "No such domain or user pool exists."
    void erase(std::string_view domain, const PoolId& pool);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
