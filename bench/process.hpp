#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace symbolon::bench {

/// A server in a process of its own, on one core.
class Process {
public:
    static constexpr int any_core = -1;

    /// Starts `command` with `environment` added to ours; all that it prints goes to the file `log`. Returns at once.
    Process(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
            const std::string& log, int core);
    /// Ends it by force if stop() did not.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const { return pid_; }
    /// The port of its line "listening on …". Fails: std::runtime_error with its log, when it ends or takes too long.
    std::uint16_t wait_for_port();
    /// Resident memory, in bytes.
    double resident() const;
    /// SIGTERM, and waits for the end. Fails: std::runtime_error when it does not exit with 0.
    void stop();

private:
    std::string read_log() const;

    std::string log_;
    pid_t pid_ = 0;
};

}  // namespace symbolon::bench
