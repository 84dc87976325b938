#include "app/admin_options.hpp"

#include "app/flags.hpp"

namespace symbolon::app {

namespace {

void add_store(CLI::App& command, AdminOptions& o) {
    add(command, "data", o.data, "the server's data folder");
    add(command, "database", o.database, "sqlite:PATH or postgresql://…; default: a file in --data");
    add(command, "audit-log", o.audit_log, "FILE | - | off; default: audit.log in --data");
    add(command, "log-level", o.log_level, "debug | info | warning | error");
}

/// `admin credentials …`
void add_credentials(CLI::App& admin, AdminOptions& o) {
    using Task = AdminOptions::Task;
    auto* credentials = admin.add_subcommand("credentials", "access keys of administrators, beside the first one");
    credentials->require_subcommand(1);
    const auto subcommand = [&](const char* name, Task task, const char* help) {
        auto* sub = credentials->add_subcommand(name, help);
        add_store(*sub, o);
        sub->callback([&o, task] { o.task = task; });
        return sub;
    };
    subcommand("create", Task::create_credential, "makes a key and shows its secret, once")
        ->add_option("--policy", o.policy, "full | read-only | pool:<pool id>")
        ->required();
    subcommand("list", Task::list_credentials, "id, state, time and policy of every key");
    for (auto* sub : {subcommand("disable", Task::disable_credential, "the key opens nothing until it is enabled"),
                      subcommand("enable", Task::enable_credential, "the key opens what it did again"),
                      subcommand("delete", Task::delete_credential, "the key is gone for good")}) {
        sub->add_option("id", o.key, "id of the key")->required();
    }
}

/// `admin client …` and `admin pool …`
void add_extensions(CLI::App& admin, AdminOptions& o) {
    using Task = AdminOptions::Task;
    const auto subcommand = [&](const char* name, Task task, const char* help) {
        auto* sub = admin.add_subcommand(name, help);
        add_store(*sub, o);
        sub->add_option("pool", o.pool, "id of the pool")->required();
        sub->add_option("--set", o.file, "JSON file of all its extensions; - is standard input");
        sub->callback([&o, task] { o.task = task; });
        return sub;
    };
    subcommand("pool", Task::extend_pool, "shows or sets what a pool has beyond the service's API");
    subcommand("client", Task::extend_client, "shows or sets what a client has beyond the service's API")
        ->add_option("client", o.client, "id of the client")
        ->required();
}

/// `admin registration-token`
void add_registration_token(CLI::App& admin, AdminOptions& o) {
    auto* sub = admin.add_subcommand("registration-token",
                                     "shows a token with which somebody registers OAuth clients of a pool");
    add_store(*sub, o);
    sub->add_option("pool", o.pool, "id of the pool")->required();
    sub->add_option("--days", o.days, "until it is used, at most")->check(CLI::Range(1, 365))->capture_default_str();
    sub->add_flag("--many", o.many, "it registers any number of clients, not one");
    sub->callback([&o] { o.task = AdminOptions::Task::registration_token; });
}

/// `admin keys …`
void add_keys(CLI::App& admin, AdminOptions& o) {
    using Task = AdminOptions::Task;
    auto* keys = admin.add_subcommand("keys", "the keys that sign a pool's tokens");
    keys->require_subcommand(1);
    const auto subcommand = [&](const char* name, Task task, const char* help) {
        auto* sub = keys->add_subcommand(name, help);
        add_store(*sub, o);
        sub->add_option("--pool", o.pool, "id of the pool")->required();
        sub->callback([&o, task] { o.task = task; });
        return sub;
    };
    subcommand("list", Task::list_keys, "id, use, algorithm, state and times of every key");
    subcommand("rotate", Task::rotate_keys, "publishes the next keys, which sign an hour later");
    subcommand("roll", Task::roll_keys, "replaces the keys at once, and ends every token that they signed")
        ->add_flag("--emergency", o.emergency, "yes, everybody has to get new tokens");
}

/// `admin sessions …` and `admin logouts`
void add_sessions(CLI::App& admin, AdminOptions& o) {
    using Task = AdminOptions::Task;
    auto* sessions = admin.add_subcommand("sessions", "where a user is signed in");
    sessions->require_subcommand(1);
    const auto subcommand = [&](CLI::App& parent, const char* name, Task task, const char* help) {
        auto* sub = parent.add_subcommand(name, help);
        add_store(*sub, o);
        sub->add_option("--pool", o.pool, "id of the pool")->required();
        sub->callback([&o, task] { o.task = task; });
        return sub;
    };
    auto* list = subcommand(*sessions, "list", Task::list_sessions, "browsers, and the clients that hold tokens");
    auto* end = subcommand(*sessions, "end", Task::end_sessions, "ends one of them, or all");
    for (auto* sub : {list, end}) sub->add_option("--user", o.user, "name, sub, number or address")->required();
    end->add_option("--id", o.session, "of the session; without it all of the user end");
    subcommand(admin, "logouts", Task::list_logouts, "which clients were told that somebody signed out");
}

}  // namespace

/// One subcommand each. A pool is named where the file does not say which.
void add_admin(CLI::App& command, AdminOptions& o) {
    using Task = AdminOptions::Task;
    command.require_subcommand(1);
    const auto subcommand = [&](const char* name, Task task, const char* help, const char* flag, const char* what) {
        auto* sub = command.add_subcommand(name, help);
        add_store(*sub, o);
        sub->add_option(flag, o.file, what);
        sub->callback([&o, task] { o.task = task; });
        return sub;
    };
    subcommand("backup", Task::backup, "copies the data of a server, also of a running one", "--output", "new folder")
        ->get_option("--output")
        ->required();
    subcommand("restore", Task::restore, "makes a data folder of a backup", "--input", "folder of the backup")
        ->get_option("--input")
        ->required();
    auto* out = subcommand("export", Task::export_pool, "writes a pool as JSON lines", "--output", "new file");
    out->get_option("--output")->required();
    out->add_option("--pool", o.pool, "id of the pool")->required();
    auto* in = subcommand("import", Task::import_pool,
                          "reads an export, or a CSV file of users into --pool; goes on after an interruption",
                          "--input", "file of an export, or CSV file of users; - is standard input");
    auto* discard = in->add_flag("--discard", o.discard, "remove what an unfinished import of --pool has brought");
    auto* pool = in->add_option("--pool", o.pool, "id of the pool");
    discard->needs(pool);
    add_credentials(command, o);
    add_keys(command, o);
    add_sessions(command, o);
    add_extensions(command, o);
    add_registration_token(command, o);
    command.add_subcommand("api-model", "prints what each operation of the JSON API takes and answers, as JSON")
        ->callback([&o] { o.task = Task::api_model; });
}

}  // namespace symbolon::app
