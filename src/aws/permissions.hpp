#pragma once

#include "aws/operation.hpp"
#include "base/id.hpp"
#include "directory/access_keys.hpp"

#include <boost/json/object.hpp>

#include <string_view>

/// What an administrator's access key may do. Spec: cognito-api.md §1.3, §1.7; docs/administrators.md.
namespace symbolon::aws {

/// Whether an administrator's operation changes nothing: as the service names them, Describe…, List…, Get…, AdminGet…,
/// AdminList….
bool only_reads(std::string_view operation);
/// Whether an answer that changes nothing holds a secret: of a client, of an identity provider, or a URL that lets
/// whoever has it bring users.
bool shows_secrets(std::string_view operation);

/// The pool that a request names by its id or its ARN; empty when it names none, or two.
PoolId find_named_pool(const Operation& operation, const boost::json::object& body);

/// Fails: access_denied "User: … is not authorized to perform: cognito-idp:<operation> on resource: <ARN of the pool>".
Task<void> authorize(Context& context, const directory::AccessKey& key, const Operation& operation,
                     const boost::json::object& body);

}  // namespace symbolon::aws
