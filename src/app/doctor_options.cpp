#include "app/doctor_options.hpp"

#include <CLI/CLI.hpp>

namespace symbolon::app {

namespace {

void add_server(CLI::App& command, DoctorOptions& o) {
    command.add_option("--authorization-url", o.subject.authorization_url, "as the platform's console has it")
        ->required();
    command.add_option("--token-url", o.subject.token_url, "as the platform's console has it")->required();
    command.add_option("--client-id", o.subject.client.id, "as the platform's console has it")->required();
    command.add_option("--client-secret-file", o.client_secret_file, "file; or SYMBOLON_CLIENT_SECRET");
    command.add_option("--client-secret", o.client_secret)->envname("SYMBOLON_CLIENT_SECRET")->group("");
    command.add_option("--other-client-id", o.other_client_id, "a second client of the server, for AL-TOK-021");
    command.add_option("--other-client-secret-file", o.other_client_secret_file,
                       "file; or SYMBOLON_OTHER_CLIENT_SECRET");
    command.add_option("--other-client-secret", o.other_client_secret)
        ->envname("SYMBOLON_OTHER_CLIENT_SECRET")
        ->group("");
    command.add_option("--scheme", o.scheme, "basic | body: the console's authentication scheme")
        ->check(CLI::IsMember({"basic", "body"}))
        ->capture_default_str();
    command.add_flag("--implicit", o.subject.implicit, "the platform is configured for the implicit grant");
    command.add_option("--scope", o.subject.scopes, "repeatable");
    command.add_option("--issuer", o.subject.issuer, "where the metadata is; default: looked for");
    command.add_option("--userinfo-url", o.subject.user_info_url, "default: from the metadata");
    command.add_option("--revocation-url", o.subject.revocation_url, "default: from the metadata");
    command.add_option("--sign-out-url", o.subject.end_session_url, "default: from the metadata");
}

void add_platform(CLI::App& command, DoctorOptions& o) {
    command
        .add_option("--platform", o.platforms,
                    "alexa | smart-home | alexa-plus | google | smartthings; repeatable; default: alexa")
        ->check(CLI::IsMember({"alexa", "smart-home", "alexa-plus", "google", "smartthings"}));
    command.add_option("--vendor-id", o.subject.vendor_id,
                       "of the Alexa developer account: the three redirect URIs follow from it");
    command.add_option("--google-project", o.subject.google_project,
                       "project id: the two redirect URIs follow from it");
    command.add_option("--registered-redirect-uri", o.subject.registered_redirect_uris,
                       "as the server has it; repeatable");
    command.add_option("--domain", o.subject.domains, "of the console's Domain List; repeatable");
    command.add_option("--default-expiration", o.subject.default_expiration, "seconds, of the console");
    command.add_option("--refresh-lifetime-days", o.refresh_lifetime_days, "as the server has it");
    command.add_option("--privacy-policy", o.subject.privacy_policy_url, "URL");
    command.add_option("--resource", o.subject.resource_url, "URL of the MCP server behind an Alexa+ add-on");
    command.add_flag("--service-tier", o.subject.service_tier, "the add-on also calls with client_credentials");
    command.add_option("--relay", o.subject.relay_url,
                       "URL that fetches for us from outside: GET <relay>?url=… → {\"status\": n}");
}

void add_skills(CLI::App& command, DoctorOptions& o) {
    command.add_option("--skill-url", o.subject.skill.url, "of a custom skill's HTTPS endpoint");
    command.add_option("--skill-id", o.subject.skill.application_id, "its application id");
    command.add_option("--skill-key", o.skill_key, "PEM of the key by which the skill knows the local assistant");
    command.add_option("--skill-chain-url", o.subject.skill.chain_url, "where that key's certificates are published");
    command.add_option("--smart-home-url", o.subject.smart_home_url, "takes directives");
    command.add_option("--smart-home-outage-url", o.subject.smart_home_outage_url,
                       "the same skill, deployed so that it cannot reach its authorization server");
    command.add_option("--fulfillment-url", o.subject.fulfillment_url, "Google's webhook");
    command.add_option("--schema-url", o.subject.schema_url, "SmartThings' webhook");
}

void add_person(CLI::App& command, DoctorOptions& o) {
    command.add_option("--redirect-uri", o.subject.redirect_uri,
                       "where codes come to: a loopback address that is registered at the server, e.g. "
                       "http://127.0.0.1:8510/callback");
    command
        .add_option("--sign-in-with", o.sign_in_with,
                    "browser | paste | forms | nobody | a command that is given intent and address")
        ->capture_default_str();
    command.add_option("--user", o.user, "of an account for tests, for forms");
    command.add_option("--password-file", o.password_file, "file; or SYMBOLON_PASSWORD");
    command.add_option("--password", o.password)->envname("SYMBOLON_PASSWORD")->group("");
    command.add_option("--code-command", o.code_command, "prints the one-time code when the server asks for one");
    command.add_option("--wait", o.wait, "seconds for each thing that a person does")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    command.add_flag("--patient", o.subject.patient, "also run checks that wait for minutes");
}

}  // namespace

void add_doctor(CLI::App& command, DoctorOptions& o) {
    command.footer("Exit code: 0 fit, 1 unfit (an error was found), 2 could not examine.");
    add_server(command, o);
    add_platform(command, o);
    add_skills(command, o);
    add_person(command, o);
    command.add_option("--ca-file", o.ca_file, "PEM roots beside the system's");
    command.add_option("--connect-to", o.connect_to, "HOST:PORT:TO_HOST:TO_PORT; repeatable");
    command.add_flag("--json", o.json, "the report as JSON");
    command.add_option("--junit", o.junit, "file for the report as JUnit's XML");
    command.add_option("--html", o.html, "file for the report as one HTML page");
}

}  // namespace symbolon::app
