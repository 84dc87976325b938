#pragma once

#include "app/options.hpp"
#include "aws/audit.hpp"

#include <functional>
#include <string>

namespace symbolon::app {

/// Runs a command that changes data, or hands out what must not be, and writes it down in the server's audit log, with
/// what came of it: `operation` is its name, and the command adds what it was done to. The log is opened first: what
/// cannot be written down is not done. Fails: unavailable; what the command fails with.
void audited(const AdminOptions& options, std::string operation,
             const std::function<void(aws::AuditEntry& entry)>& command);

}  // namespace symbolon::app
