#pragma once

#include <boost/json/object.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A bootstrap file, read: what is to be there, in the shapes of the API's own requests (docs/bootstrap.md).
namespace symbolon::app {

/// One kind of thing in a pool.
struct Section {
    std::string_view name;   ///< in the file
    std::string_view makes;  ///< the operation whose request its items are
    std::string_view finds;  ///< the operation that says whether it is there
    std::string_view key;    ///< the member that both name it by
};

/// In the order in which they are made: a client may name scopes and providers, a user groups.
inline constexpr std::array sections{
    Section{"ResourceServers", "CreateResourceServer", "DescribeResourceServer", "Identifier"},
    Section{"IdentityProviders", "CreateIdentityProvider", "DescribeIdentityProvider", "ProviderName"},
    Section{"Clients", "CreateUserPoolClient", "DescribeUserPoolClient", "ClientId"},
    Section{"Domains", "CreateUserPoolDomain", "DescribeUserPoolDomain", "Domain"},
    Section{"Groups", "CreateGroup", "GetGroup", "GroupName"},
    Section{"Users", "AdminCreateUser", "AdminGetUser", "Username"},
};

/// A thing that is to be there.
struct Item {
    std::string path;                  ///< where it stands in the file
    boost::json::object request = {};  ///< of its section's operation, but for the pool
    boost::json::object own = {};      ///< members that the request does not have: fixed ids, a user's password
};

struct PoolPlan {
    Item pool;
    std::string mfa_path;
    boost::json::object mfa = {};                               ///< of SetUserPoolMfaConfig; empty: none
    std::array<std::vector<Item>, sections.size()> items = {};  ///< as `sections`
};

/// Fails: invalid_parameter "<file>: <path>: <why>"; also when the file cannot be read.
std::vector<PoolPlan> read_plan(const std::string& file);

/// A text member of an object; "" when there is none.
std::string text_at(const boost::json::object& in, std::string_view member);

}  // namespace symbolon::app
