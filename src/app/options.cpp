#include "app/options.hpp"

#include "base/error.hpp"

#include <yaml-cpp/yaml.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace symbolon::app {

namespace {

std::string environment_name(std::string flag) {
    std::transform(flag.begin(), flag.end(), flag.begin(), [](char c) {
        return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return "SYMBOLON_" + flag;
}

template <class T>
void add(CLI::App& command, const std::string& flag, T& value, const std::string& help) {
    command.add_option("--" + flag, value, help)->envname(environment_name(flag))->capture_default_str();
}

void add_serve(CLI::App& command, ServeOptions& o) {
    add(command, "config", o.config, "YAML file with the same names as these flags");
    add(command, "data", o.data, "folder of the database, the keys and the first credentials");
    add(command, "database", o.database, "sqlite:PATH or postgresql://…; default: a file in --data");
    add(command, "listen", o.listen, "ADDR:PORT, repeatable");
    add(command, "tls-cert", o.tls_cert, "PEM chain: serve HTTPS; a changed file is read again");
    add(command, "tls-key", o.tls_key, "PEM key of --tls-cert");
    add(command, "tls-extra", o.tls_extra, "CERT,KEY of a custom domain, chosen by SNI; repeatable");
    add(command, "base-url", o.base_url, "public URL; the issuer of a pool is <base-url>/<pool id>");
    add(command, "domain-host", o.domain_host, "e.g. {domain}.auth.example.com; unset: domains are paths");
    add(command, "region", o.region, "prefix of pool ids");
    add(command, "trusted-proxies", o.trusted_proxies,
        "addresses whose Forwarded / X-Forwarded-* headers are believed");
    add(command, "tls-client-certificates", o.tls_client_certificates, "true: ask TLS clients for a certificate");
    add(command, "tls-client-ca", o.tls_client_ca, "PEM of the authorities whose certificates prove OAuth clients");
    add(command, "client-certificate-header", o.client_certificate_header,
        "header in which a trusted proxy gives its client's certificate, e.g. Client-Cert");
    add(command, "sms", o.sms, "outbox: | file:PATH");
    add(command, "email", o.email, "outbox: | file:PATH");
    add(command, "lambda-endpoint", o.lambda_endpoint,
        "where AWS Lambda's Invoke is, for the triggers of pools; default: AWS_ENDPOINT_URL_LAMBDA");
    add(command, "hooks", o.hooks, "YAML file of the triggers' functions that are web hooks");
    add(command, "private-addresses", o.private_addresses,
        "true: ask identity providers and clients' documents at private addresses, and by http, too");
    add(command, "rotate-keys-after", o.rotate_keys_after,
        "days until the keys of a pool are replaced, unless the pool says otherwise; 0: never");
    add(command, "threads", o.threads, "0: one for each core");
    add(command, "bootstrap", o.bootstrap, "YAML or JSON file of pools, clients and users to make if they are missing");
    add(command, "compromised-passwords", o.compromised_passwords,
        "sorted file of SHA-1 hashes of leaked passwords, as Have I Been Pwned publishes them");
    add(command, "log-delivery", o.log_delivery, "folder for the logs of pools (SetLogDeliveryConfiguration)");
    add(command, "audit-log", o.audit_log, "FILE | - | off; default: audit.log in --data");
    add(command, "max-connections", o.max_connections, "open at once; 0: what the limit of descriptors leaves");
    add(command, "log-level", o.log_level, "debug | info | warning | error");
}

void add_assistant(CLI::App& command, AssistantOptions& o) {
    add(command, "config", o.config, "YAML file with the same names as these flags");
    add(command, "data", o.data, "folder of the assistant's database and certificates");
    add(command, "listen", o.listen, "ADDR:PORT");
    add(command, "base-url", o.base_url, "public URL of the assistant");
    add(command, "certificate-name", o.certificate_name, "DNS name in the certificate that signs requests to skills");
    add(command, "chain-url", o.chain_url, "URL that requests name as the place of its chain; default: the assistant's");
    add(command, "tap", o.tap, "URL of an OAuth server: put a recording proxy in front of it");
    add(command, "tap-listen", o.tap_listen, "ADDR:PORT of that proxy");
    add(command, "tap-url", o.tap_url, "public URL of that proxy");
    add(command, "tap-log", o.tap_log, "file for what passes it, a JSON object a line, secrets masked");
    add(command, "log-level", o.log_level, "debug | info | warning | error");
}

void add_soak(CLI::App& command, SoakOptions& o) {
    add(command, "data", o.data, "the assistant's data folder");
    command.add_option("--skill", o.skill, "id of the skill; default: the only one");
    command.add_option("--account", o.account, "whose link")->capture_default_str();
    command.add_option("--days", o.days, "of time for the link")->check(CLI::Range(1, 3660))->capture_default_str();
    command.add_flag("--json", o.json, "report as JSON");
    add(command, "log-level", o.log_level, "debug | info | warning | error");
}

void add_demo(CLI::App& command, DemoOptions& o) {
    add(command, "data", o.data, "folder of everything that the demo makes");
    add(command, "database", o.database,
        "the identity server's: sqlite:PATH or postgresql://…; default: a file in --data");
    add(command, "listen", o.listen, "ADDR:PORT of the identity server");
    add(command, "assistant-listen", o.assistant_listen, "ADDR:PORT of the assistant");
    add(command, "skill-listen", o.skill_listen, "ADDR:PORT of the phone skill");
    add(command, "sms", o.sms, "outbox: | file:PATH");
    add(command, "log-level", o.log_level, "debug | info | warning | error");
}

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

std::vector<std::string> texts_of(const YAML::Node& node) {
    if (!node.IsSequence()) return {node.as<std::string>()};
    return node.as<std::vector<std::string>>();
}

/// Gives the options that neither a flag nor the environment set the file's values. A name that is no flag is refused:
/// a misspelt setting must not be ignored.
void apply_file(CLI::App& command, const std::string& path) {
    const YAML::Node file = YAML::LoadFile(path);
    if (file.IsNull()) return;
    if (!file.IsMap()) throw CLI::ValidationError("--config", path + ": not a map of settings");
    for (const auto& entry : file) {
        const auto name = entry.first.as<std::string>();
        CLI::Option* option = command.get_option_no_throw("--" + name);
        if (option == nullptr || name == "config")
            throw CLI::ValidationError("--config", path + ": unknown setting " + name);
        if (option->count() > 0) continue;
        for (const auto& text : texts_of(entry.second)) option->add_result(text);
        option->run_callback();
    }
}

int fail(const std::string& message) {
    std::cerr << message << "\nRun with --help for more information.\n";
    return 2;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
    CommandLine out;
    CLI::App app{"Symbolon: account linking, self-hosted", "symbolon"};
    app.require_subcommand(1);
    app.set_version_flag("--version", SYMBOLON_VERSION);
    auto* serve = app.add_subcommand("serve", "the identity server");
    auto* assistant = app.add_subcommand("assistant", "the local voice assistant");
    auto* doctor = app.add_subcommand("doctor", "says whether account linking will work with an OAuth server");
    auto* demo =
        app.add_subcommand("demo", "serve, assistant and example skill with the six steps' configuration made");
    add_serve(*serve, out.serve);
    add_assistant(*assistant, out.assistant);
    auto* soak = assistant->add_subcommand("soak", "renews a link's tokens for months of its time, in a minute");
    add_soak(*soak, out.soak);
    add_doctor(*doctor, out.doctor);
    add_demo(*demo, out.demo);
    auto* admin = app.add_subcommand("admin", "backup, restore, export, import and access keys");
    add_admin(*admin, out.admin);
    try {
        app.parse(argc, argv);
        if (serve->parsed() && !out.serve.config.empty()) apply_file(*serve, out.serve.config);
        if (assistant->parsed() && !out.assistant.config.empty()) apply_file(*assistant, out.assistant.config);
    } catch (const CLI::ParseError& e) {
        out.exit_code = app.exit(e) == 0 ? 0 : 2;
        return out;
    } catch (const YAML::Exception& e) {
        out.exit_code = fail(std::string("--config: ") + e.what());
        return out;
    }
    if (serve->parsed()) out.command = CommandLine::Command::serve;
    if (assistant->parsed()) out.command = CommandLine::Command::assistant;
    if (soak->parsed()) out.command = CommandLine::Command::soak;
    if (doctor->parsed()) out.command = CommandLine::Command::doctor;
    if (demo->parsed()) out.command = CommandLine::Command::demo;
    if (admin->parsed()) out.command = CommandLine::Command::admin;
    return out;
}

ServeOptions reread(int argc, const char* const* argv) {
    auto parsed = parse_command_line(argc, argv);
    if (parsed.command != CommandLine::Command::serve) {
        throw Error(Errc::invalid_parameter, "The configuration could not be read again.");
    }
    return std::move(parsed.serve);
}

std::string database_url(const std::string& data, const std::string& database) {
    return database.empty() ? "sqlite:" + data + "/symbolon.db" : database;
}

std::string audit_log_path(const std::string& audit_log, const std::string& data) {
    if (audit_log == "off") return {};
    return audit_log.empty() ? data + "/audit.log" : audit_log;
}

Address parse_address(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto refuse = [&] { return Error(Errc::invalid_parameter, "Not an ADDR:PORT: " + text); };
    if (colon == std::string::npos || colon == 0) throw refuse();
    Address out{text.substr(0, colon), 0};
    if (out.host.front() == '[' && out.host.back() == ']') out.host = out.host.substr(1, out.host.size() - 2);
    const auto* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, out.port);
    if (problem != std::errc{} || stop != end) throw refuse();
    return out;
}

}  // namespace symbolon::app
