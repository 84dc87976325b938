#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace symbolon::app {

/// What `symbolon doctor` is told (docs/doctor.md). Secrets come from files or the environment: a command line can be
/// seen by everybody on the machine.
struct DoctorOptions {
    std::vector<std::string> platforms;
    std::string authorization_url;
    std::string token_url;
    std::string client_id;
    std::string client_secret_file;
    std::string client_secret;  ///< from the environment only
    std::string other_client_id;
    std::string other_client_secret_file;
    std::string other_client_secret;  ///< from the environment only
    std::string scheme = "basic";
    bool implicit = false;
    std::vector<std::string> scopes;
    std::vector<std::string> domains;
    std::string redirect_uri;
    std::string vendor_id;
    std::string google_project;
    std::vector<std::string> registered_redirect_uris;
    std::int64_t default_expiration = -1;     ///< seconds; below 0: not known
    std::int64_t refresh_lifetime_days = -1;  ///< below 0: not known
    std::string issuer;
    std::string user_info_url;
    std::string revocation_url;
    std::string end_session_url;
    std::string privacy_policy;
    std::string resource;
    std::string relay;
    bool service_tier = false;
    std::string skill_url;
    std::string skill_id;
    std::string skill_chain_url;
    std::string skill_key;  ///< a file
    std::string smart_home_url;
    std::string smart_home_outage_url;
    std::string fulfillment_url;
    std::string schema_url;
    bool patient = false;
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
