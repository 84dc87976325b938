#pragma once

#include "base/clock.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace symbolon::aws {

/// One call of an administrator's operation. Of the request's values only ids are in it; "": not known.
struct AuditEntry {
    Instant time{};
    std::string access_key_id = {};  ///< as the caller says; the outcome tells whether it was proven
    std::string system_user = {};    ///< of a command on the server's machine
    std::string client_address = {};
    std::string operation = {};
    std::string pool = {};
    std::string client = {};
    std::string key = {};      ///< the access key that was made or changed
    std::string user = {};     ///< the sub, or a keyed hash of another name: that may be a phone number
    std::string outcome = {};  ///< `ok`, or the error's type
    std::string request_id = {};
};

/// One JSON object with its end of line.
std::string to_line(const AuditEntry& entry);

/// The file of the audit log: mode 0600, lines are appended. A file that was moved away is made anew. A line that
/// cannot be written stops nothing: it is counted, and stands in the server's log. Threads: any.
class AuditLog {
public:
    /// `-` is standard output. Fails: unavailable.
    explicit AuditLog(std::string path);
    ~AuditLog();
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;

    void write(const AuditEntry& entry);
    /// Opens the file again (SIGHUP). When that fails, the one that is open stays.
    void reopen();
    /// Lines that could not be written since the start.
    std::uint64_t lost() const { return lost_; }

private:
    /// These return why they failed; "" when they did not.
    std::string open_again();
    std::string append(const std::string& line);
    bool was_moved() const;

    const std::string path_;
    std::mutex mutex_;
    int file_ = -1;
    bool torn_ = false;  ///< what the file holds does not end with the end of a line
    std::atomic<std::uint64_t> lost_{0};
};

}  // namespace symbolon::aws
