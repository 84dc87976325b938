#include "app/flags.hpp"

#include <algorithm>
#include <cctype>

namespace symbolon::app {

std::string environment_name(std::string flag) {
    std::transform(flag.begin(), flag.end(), flag.begin(), [](char c) {
        return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return "SYMBOLON_" + flag;
}

}  // namespace symbolon::app
