#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace symbolon::app {

/// "base-url" → "SYMBOLON_BASE_URL".
std::string environment_name(std::string flag);

/// A flag that has the same name in the environment, and shows what holds without it.
template <class T>
void add(CLI::App& command, const std::string& flag, T& value, const std::string& help) {
    command.add_option("--" + flag, value, help)->envname(environment_name(flag))->capture_default_str();
}

}  // namespace symbolon::app
