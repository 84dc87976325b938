#include "aws/call_record.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace symbolon::aws {
namespace {

std::string_view from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

/// Below zero: nothing is recorded.
int open_record() {
    const std::string path(from_environment("SYMBOLON_RECORD_CALLS"));
    if (path.empty()) return -1;
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

}  // namespace

void record_call(std::string_view operation, int status) {
    static const int file = open_record();
    if (file < 0) return;
    std::string line(from_environment("SYMBOLON_RECORD_LABEL"));
    line += ' ';
    line += operation;
    line += ' ';
    line += std::to_string(status);
    line += '\n';
    // One write for a line, so that those of several processes do not mix; a lost one is no fault of the call.
    [[maybe_unused]] const auto written = ::write(file, line.data(), line.size());
}

}  // namespace symbolon::aws
