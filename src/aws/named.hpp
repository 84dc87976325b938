#pragma once

#include "aws/audit.hpp"
#include "aws/operation.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

/// What the audit log says of a request: ids alone, and only if they are well formed, so that nothing that was put in
/// the wrong place (a password for a client's id) gets into the log.
namespace symbolon::aws {

/// The id of an access key as it may be logged: "" when it is none.
std::string loggable_id(std::string_view access_key_id);

/// Pool, client and user that the request names. A user is the sub if that is what the request says, else
/// `hash:<keyed hash of pool and name>`.
void name_subjects(AuditEntry& entry, const crypto::Sealer& sealer, const Operation& operation,
                   const boost::json::object& body);
/// The pool or client that was made.
void name_made(AuditEntry& entry, const boost::json::object& answer);

/// The name of a user in the audit log, for who looks for him.
std::string audited_user(const crypto::Sealer& sealer, std::string_view pool, std::string_view username);

}  // namespace symbolon::aws
