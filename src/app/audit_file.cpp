#include "app/audit_file.hpp"

#include "app/options.hpp"
#include "base/error.hpp"

namespace symbolon::app {

std::unique_ptr<aws::AuditLog> open_audit_log(const std::string& audit_log, const std::string& data) {
    const auto path = audit_log_path(audit_log, data);
    if (path.empty()) return nullptr;
    try {
        return std::make_unique<aws::AuditLog>(path);
    } catch (const Error& error) {
        throw Error(error.code, "The audit log cannot be opened, and nothing is done that it cannot tell of. " +
                                    error.message +
                                    ". --audit-log names another file; with `off` nothing is written down.");
    }
}

}  // namespace symbolon::app
