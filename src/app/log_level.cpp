#include "app/log_level.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

namespace symbolon::app {

void set_log_level(const std::string& name) {
    using log::Level;
    if (name == "debug") return log::set_level(Level::debug);
    if (name == "info") return log::set_level(Level::info);
    if (name == "warning") return log::set_level(Level::warning);
    if (name == "error") return log::set_level(Level::error);
    throw Error(Errc::invalid_parameter, "Unknown --log-level: " + name);
}

}  // namespace symbolon::app
