#include "aws/audit.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace symbolon::aws {

namespace {

constexpr std::string_view standard_output = "-";

std::string because() {
    return std::error_code(errno, std::generic_category()).message();
}

/// A crash or a full disk may have left half a line.
bool ends_within_a_line(int file) {
    struct stat status{};
    char last = '\n';
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return false;
    return ::pread(file, &last, 1, status.st_size - 1) == 1 && last != '\n';
}

}  // namespace

std::string to_line(const AuditEntry& entry) {
    boost::json::object line{{"time", to_iso8601(entry.time)}};
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) line.emplace(name, value);
    };
    add("access_key_id", entry.access_key_id);
    add("system_user", entry.system_user);
    add("client_address", entry.client_address);
    add("operation", entry.operation);
    add("pool", entry.pool);
    add("client", entry.client);
    add("key", entry.key);
    add("user", entry.user);
    add("outcome", entry.outcome);
    add("request_id", entry.request_id);
    return boost::json::serialize(line) + "\n";
}

AuditLog::AuditLog(std::string path) : path_(std::move(path)) {
    const std::lock_guard lock(mutex_);
    const auto failure = open_again();
    if (!failure.empty()) throw Error(Errc::unavailable, failure);
}

AuditLog::~AuditLog() {
    if (file_ > STDERR_FILENO) ::close(file_);
}

void AuditLog::write(const AuditEntry& entry) {
    const auto line = to_line(entry);
    std::string failure;
    {
        const std::lock_guard lock(mutex_);
        if (was_moved()) failure = open_again();
        if (failure.empty()) failure = append(line);
    }
    if (failure.empty()) return;
    ++lost_;
    log::error("audit_line_lost", {{"reason", failure}, {"line", std::string_view(line).substr(0, line.size() - 1)}});
}

void AuditLog::reopen() {
    const std::lock_guard lock(mutex_);
    const auto failure = open_again();
    if (!failure.empty()) log::error("audit_log_not_reopened", {{"reason", failure}});
}

std::string AuditLog::open_again() {
    if (path_ == standard_output) {
        file_ = STDOUT_FILENO;
        return {};
    }
    const int opened = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
    if (opened < 0) return "Cannot write " + path_ + ": " + because();
    if (file_ >= 0) ::close(file_);
    file_ = opened;
    torn_ = ends_within_a_line(file_);
    return {};
}

std::string AuditLog::append(const std::string& line) {
    const auto text = torn_ ? "\n" + line : line;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            if (rest.size() != text.size()) torn_ = true;
            return "Cannot write " + path_ + ": " + because();
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    torn_ = false;
    return {};
}

/// Whoever rotates logs moves the file away and may not tell us.
bool AuditLog::was_moved() const {
    if (path_ == standard_output) return false;
    struct stat ours{};
    struct stat named{};
    if (::fstat(file_, &ours) != 0 || ::stat(path_.c_str(), &named) != 0) return true;
    return ours.st_dev != named.st_dev || ours.st_ino != named.st_ino;
}

}  // namespace symbolon::aws
