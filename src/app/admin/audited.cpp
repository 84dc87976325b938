#include "app/admin/audited.hpp"

#include "app/audit_file.hpp"
#include "aws/errors.hpp"
#include "base/error.hpp"

#include <pwd.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

namespace symbolon::app {
namespace {

constexpr const char* caller = "command line";

/// Whoever runs the command: the name, or the number of who has none.
std::string system_user() {
    const auto id = ::getuid();
    const auto* entry = ::getpwuid(id);
    return entry != nullptr ? std::string(entry->pw_name) : std::to_string(id);
}

}  // namespace

void audited(const AdminOptions& options, std::string operation,
             const std::function<void(aws::AuditEntry& entry)>& command) {
    // A command that makes the data folder has nothing before that to be written into.
    auto log = std::filesystem::is_directory(options.data) ? open_audit_log(options.audit_log, options.data) : nullptr;
    aws::AuditEntry entry{.time = SystemClock().now(), .access_key_id = caller, .operation = std::move(operation)};
    entry.system_user = system_user();
    entry.pool = options.pool;
    entry.client = options.client;
    const auto write = [&](std::string_view outcome) {
        if (!log && std::filesystem::is_directory(options.data)) log = open_audit_log(options.audit_log, options.data);
        entry.outcome = outcome;
        if (log) log->write(entry);
    };
    try {
        command(entry);
    } catch (const Error& error) {
        write(aws::wire(error.code).type);
        throw;
    }
    write("ok");
}

}  // namespace symbolon::app
