#pragma once

#include "doctor/subject.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace symbolon::app {

/// What `symbolon doctor` is told (docs/doctor.md). Secrets come from files or the environment: a command line can be
/// seen by everybody on the machine.
struct DoctorOptions {
    doctor::Subject subject;  ///< but for what the members below say
    std::vector<std::string> platforms;
    std::string client_secret_file;
    std::string client_secret;  ///< from the environment only
    std::string other_client_id;
    std::string other_client_secret_file;
    std::string other_client_secret;  ///< from the environment only
    std::string scheme = "basic";
    std::optional<std::int64_t> refresh_lifetime_days;
    std::string skill_key;                 ///< a file
    std::string sign_in_with = "browser";  ///< browser | paste | forms | nobody | a command
    std::string user;
    std::string password_file;
    std::string password;  ///< from the environment only
    std::string code_command;
    std::int64_t wait = 300;  ///< seconds for each thing that a person does
    std::string ca_file;
    std::vector<std::string> connect_to;
    bool json = false;
    std::string junit;
    std::string html;
};

void add_doctor(CLI::App& command, DoctorOptions& options);

}  // namespace symbolon::app
