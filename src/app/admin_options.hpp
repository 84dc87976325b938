#pragma once

#include <string>

namespace CLI {
class App;
}

namespace symbolon::app {

/// What `symbolon admin` is told.
struct AdminOptions {
    enum class Task {
        backup,
        restore,
        export_pool,
        import_pool,
        api_model,
        create_credential,
        list_credentials,
        disable_credential,
        enable_credential,
        delete_credential,
        list_keys,
        rotate_keys,
        roll_keys,
        list_sessions,
        end_sessions,
        list_logouts,
        extend_client,
        extend_pool,
        registration_token,
    };
    Task task = Task::backup;
    std::string data = "symbolon-data";
    std::string database;
    std::string file;  ///< backup and restore: a folder
    std::string pool;
    std::string client;
    bool discard = false;    ///< import: remove what an unfinished one has brought
    std::string policy;      ///< of a new access key
    std::string key;         ///< id of an access key
    std::string audit_log;   ///< as ServeOptions::audit_log
    std::string user;        ///< by a name that the user signs in with
    std::string session;     ///< id of a session; "": all
    unsigned days = 1;       ///< that a registration token lives
    bool many = false;       ///< clients that it registers, not one
    bool emergency = false;  ///< roll: says that everybody is signed out
    std::string log_level = "warning";
};

/// The subcommands and flags of `symbolon admin`.
void add_admin(CLI::App& command, AdminOptions& options);

}  // namespace symbolon::app
