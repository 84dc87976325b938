#pragma once

#include "aws/audit.hpp"

#include <memory>
#include <string>

namespace symbolon::app {

/// The audit log that --audit-log names: FILE, `-` (standard output), `off`; "": a file in the data folder. Null when
/// it is off. Fails: unavailable; who cannot write down what administrators do does not let them do it.
std::unique_ptr<aws::AuditLog> open_audit_log(const std::string& audit_log, const std::string& data);

}  // namespace symbolon::app
