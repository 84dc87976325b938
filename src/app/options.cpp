#include "app/options.hpp"

#include "app/flags.hpp"
#include "base/error.hpp"

#include <yaml-cpp/yaml.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>
#include <string>
#include <string_view>

namespace symbolon::app {

namespace {

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
    add(command, "sms-prefixes", o.sms_prefixes,
        "what numbers begin with that texts may go to, e.g. +44; default: all");
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
    add(command, "chain-url", o.chain_url,
        "URL that requests name as the place of its chain; default: the assistant's");
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

/// The first word that stands where a command should and names none; "" when all do.
std::string unknown_command(CLI::App& app, int argc, const char* const* argv) {
    CLI::App* command = &app;
    for (int at = 1; at < argc; ++at) {
        const std::string word = argv[at];
        const auto named = command->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == word; });
        if (word.starts_with('-') || command->get_require_subcommand_min() == 0) return {};
        if (named.empty()) return word;
        command = named.front();
    }
    return {};
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
    auto* admin = app.add_subcommand("admin", "backups, transfers, access keys, signing keys, sessions, what pools and clients are set to");
    add_admin(*admin, out.admin);
    if (const auto word = unknown_command(app, argc, argv); !word.empty()) {
        out.exit_code = fail("There is no command " + word + ".");
        return out;
    }
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
    const auto refuse = [&] {
        return Error(Errc::invalid_parameter, "Not an ADDR:PORT, such as 127.0.0.1:8400: " + text);
    };
    if (colon == std::string::npos || colon == 0) throw refuse();
    Address out{text.substr(0, colon), 0};
    if (out.host.front() == '[' && out.host.back() == ']') out.host = out.host.substr(1, out.host.size() - 2);
    const auto* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, out.port);
    if (problem != std::errc{} || stop != end) throw refuse();
    return out;
}

}  // namespace symbolon::app
