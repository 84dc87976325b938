#pragma once

#include "app/admin_options.hpp"
#include "app/doctor_options.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace symbolon::app {

/// What `symbolon serve` is told (the command-line contract; docs/configuration.md). Every flag has the same name in
/// the YAML file of --config and as SYMBOLON_<FLAG> in the environment; the flag wins over the environment, which wins
/// over the file.
struct ServeOptions {
    std::string config;
    std::string data = "symbolon-data";
    std::string database;
    std::vector<std::string> listen{"127.0.0.1:8400"};
    std::string tls_cert;
    std::string tls_key;
    std::vector<std::string> tls_extra;  ///< "CERT,KEY" pairs for custom domains, chosen by SNI
    std::string base_url;
    std::string domain_host;
    std::string region = "us-east-1";
    std::vector<std::string> trusted_proxies;
    bool tls_client_certificates = false;   ///< TLS clients are asked for one
    std::string client_certificate_header;  ///< in which a trusted proxy gives its client's; "": none
    std::string tls_client_ca;              ///< PEM of who may issue certificates for tls_client_auth; "": nobody
    std::string sms = "outbox:";
    std::vector<std::string> sms_prefixes;  ///< where texts may go, e.g. "+44"; empty: everywhere
    std::string email = "outbox:";
    std::string lambda_endpoint;  ///< where the pools' functions are run
    std::string hooks;            ///< file of functions that are web hooks
    unsigned threads = 0;
    std::size_t max_connections = 0;  ///< 0: what the limit of descriptors leaves
    std::string log_level = "info";
    std::string bootstrap;              ///< a file of what is to be there; "": none
    bool private_addresses = false;     ///< providers and clients may be on networks of our own
    unsigned rotate_keys_after = 90;    ///< days; 0: never
    std::string compromised_passwords;  ///< file of SHA-1 hashes of leaked passwords; "": none
    std::string log_delivery;           ///< folder that pools' logs go to; "": they go nowhere
    std::string audit_log;              ///< FILE, "-" (standard output), "off"; "": a file in the data folder
};

/// What `symbolon assistant` is told.
struct AssistantOptions {
    std::string config;
    std::string data = "symbolon-data";
    std::string listen = "127.0.0.1:8500";
    std::string base_url;
    std::string certificate_name = "assistant.symbolon.local";  ///< in the certificate that signs requests to skills
    std::string chain_url;  ///< said to publish that certificate's chain; empty: the assistant's own
    std::string tap;        ///< URL of a server that a tap is put in front of; "": none
    std::string tap_listen = "127.0.0.1:8550";  ///< the tap's
    std::string tap_url;                        ///< public URL of the tap; default: of the listener
    std::string tap_log;                        ///< file for the exchanges, a JSON object a line; "": none
    std::string log_level = "info";
};

/// What `symbolon assistant soak` is told.
struct SoakOptions {
    std::string data = "symbolon-data";
    std::string skill;  ///< id; "": the only one
    std::string account = "main";
    unsigned days = 180;
    bool json = false;
    std::string log_level = "warning";
};

/// What `symbolon demo` is told.
struct DemoOptions {
    std::string data = "symbolon-data";
    std::string database;  ///< the identity server's
    std::string listen = "127.0.0.1:8400";
    std::string assistant_listen = "127.0.0.1:8500";
    std::string skill_listen = "127.0.0.1:8600";
    std::string sms = "outbox:";
    std::string log_level = "warning";
};

/// The database that these options name: by default a file in the data folder.
std::string database_url(const std::string& data, const std::string& database);
/// The file of the audit log that --audit-log names, "-" for standard output; "" when it is off.
std::string audit_log_path(const std::string& audit_log, const std::string& data);

struct CommandLine {
    enum class Command { serve, assistant, soak, doctor, demo, admin, done };
    Command command = Command::done;
    int exit_code = 0;  ///< when command is `done`: help was shown, or the words were wrong
    ServeOptions serve;
    AssistantOptions assistant;
    SoakOptions soak;
    DoctorOptions doctor;
    DemoOptions demo;
    AdminOptions admin;
};

/// Reads flags, environment and configuration file. Prints help and mistakes itself.
CommandLine parse_command_line(int argc, const char* const* argv);

/// Reads the configuration again as parse_command_line did (SIGHUP). Fails: Error{invalid_parameter}.
ServeOptions reread(int argc, const char* const* argv);

struct Address {
    std::string host;
    std::uint16_t port = 0;
};
/// "127.0.0.1:8400", "[::1]:8400". Fails: Error{invalid_parameter}.
Address parse_address(const std::string& text);

}  // namespace symbolon::app
