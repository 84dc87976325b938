#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace symbolon::app {

/// A line on standard error every second: how far a command has come.
class Display {
public:
    void show(std::int64_t count, std::string_view of_what);

private:
    std::string of_what_;
    std::chrono::steady_clock::time_point began_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace symbolon::app
