#pragma once

#include "app/caretaker.hpp"
#include "directory/log_lines.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::app {

/// The file of a destination: its ARN with all but letters, digits, `.` and `-` replaced, cut, and with the beginning
/// of its hash, so that no two destinations share one, and none is anywhere else than in the folder.
std::string log_file_name(std::string_view arn);

/// Where pools' logs go (`--log-delivery`): a folder with a file of JSON lines for each destination, all of mode 0600.
/// A file is opened for every batch: one that was moved away is made anew.
class LogFiles {
public:
    /// Makes the folder (mode 0700) if it is missing. Fails: unavailable.
    explicit LogFiles(std::string folder);

    /// Appends the lines, each whole. What cannot be written is lost: it is counted, and the server's log says why.
    void append(const std::vector<directory::LogLine>& lines);
    /// Lines that were lost since the start. Threads: any.
    std::uint64_t lost() const { return lost_; }

private:
    const std::string folder_;
    std::atomic<std::uint64_t> lost_{0};
};

/// Takes the lines that wait to their files, for as long as `files` lives.
Duty make_log_duty(LogFiles& files);

}  // namespace symbolon::app
