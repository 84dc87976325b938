#include "app/admin/display.hpp"

#include <iostream>

namespace symbolon::app {

void Display::show(std::int64_t count, std::string_view of_what) {
    const auto now = std::chrono::steady_clock::now();
    if (of_what != of_what_) {
        of_what_ = of_what;
        began_ = shown_ = now;
    }
    if (now - shown_ < std::chrono::seconds(1)) return;
    shown_ = now;
    const auto rate = static_cast<double>(count) / std::chrono::duration<double>(now - began_).count();
    std::cerr << count << ' ' << of_what << ", " << static_cast<std::int64_t>(rate) << ' ' << of_what << "/s\n";
}

}  // namespace symbolon::app
