#include "deployment.hpp"

#include "base/clock.hpp"
#include "crypto/sigv4.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace symbolon::bench {

namespace json = boost::json;

namespace {

constexpr const char* access_key_id = "AKIABENCHMARK";
constexpr const char* secret_access_key = "a secret for benchmarks only";

std::string make_folder() {
    auto path = (std::filesystem::temp_directory_path() / "symbolon-bench-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::system_error(errno, std::generic_category(), path);
    return path;
}

std::string text_at(const json::value& value, std::string_view pointer) {
    return std::string(value.at_pointer(pointer).as_string());
}

json::object pool_settings() {
    return {{"PoolName", "Benchmark"},
            {"UsernameAttributes", json::array{"phone_number"}},
            {"AutoVerifiedAttributes", json::array{"phone_number"}},
            {"MfaConfiguration", "ON"},
            {"SmsConfiguration", {{"SnsCallerArn", "arn:aws:iam::000000000000:role/sms"}}}};
}

json::object skill_settings() {
    return {{"ClientName", "skill"},
            {"GenerateSecret", true},
            {"SupportedIdentityProviders", json::array{"COGNITO"}},
            {"CallbackURLs", json::array{Deployment::redirect_uri}},
            {"AllowedOAuthFlowsUserPoolClient", true},
            {"AllowedOAuthFlows", json::array{"code"}},
            {"AllowedOAuthScopes", json::array{"phone", "openid"}}};
}

}  // namespace

Deployment::Deployment(Settings settings, Cores cores)
    : settings_(std::move(settings)),
      cores_(cores),
      folder_(settings_.folder.empty() ? make_folder() : settings_.folder),
      inbox_(folder_ + "/texts") {
    std::filesystem::create_directories(folder_);
    std::filesystem::remove(folder_ + "/texts");  // of a run before, in a folder that was kept
}

Deployment::~Deployment() {
    processes_.clear();
    if (!settings_.folder.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Deployment::start() {
    std::vector<std::string> command{settings_.binary,
                                     "serve",
                                     "--data",
                                     folder_ + "/data",
                                     "--listen",
                                     "127.0.0.1:0",
                                     "--threads",
                                     std::to_string(settings_.threads),
                                     "--sms",
                                     "file:" + folder_ + "/texts",
                                     "--log-level",
                                     "warning",
                                     "--trusted-proxies",
                                     "127.0.0.1"};
    if (!settings_.database.empty()) command.insert(command.end(), {"--database", settings_.database});
    const std::map<std::string, std::string> credentials{{"SYMBOLON_ACCESS_KEY_ID", access_key_id},
                                                         {"SYMBOLON_SECRET_ACCESS_KEY", secret_access_key}};
    ports_.clear();
    for (std::size_t i = 0; i < settings_.processes; ++i) {
        const auto log = folder_ + "/log" + std::to_string(i);
        const int core = has_a_core() ? cores_.server : Process::any_core;
        processes_.push_back(std::make_unique<Process>(command, credentials, log, core));
        ports_.push_back(processes_.back()->wait_for_port());
        // All have the first one's name: a token is of one issuer, whichever process is asked.
        if (i == 0) command.insert(command.end(), {"--base-url", url()});
    }
}

void Deployment::stop() {
    for (const auto& process : processes_) process->stop();
    processes_.clear();
    inbox_.forget();  // a code is of no use to who asks for a new one
}

Target Deployment::target() const {
    Target target{{}, has_a_core() && cores_.are_apart()};
    for (std::size_t i = 0; i < processes_.size(); ++i) target.nodes.push_back({ports_[i], processes_[i]->pid()});
    return target;
}

std::string Deployment::admin_command(const std::string& arguments) const {
    auto command = "'" + settings_.binary + "' admin " + arguments + " --data '" + folder_ + "/data'";
    if (!settings_.database.empty()) command += " --database '" + settings_.database + "'";
    return command;
}

Fields Deployment::signed_fields(const std::string& operation, const std::string& body) const {
    crypto::sigv4::SignedRequest to_sign;
    to_sign.method = "POST";
    to_sign.path = "/";
    to_sign.headers = api_fields(host(), operation);
    to_sign.body = body;
    const auto signature =
        crypto::sigv4::sign(to_sign, access_key_id, secret_access_key, "us-east-1", "cognito-idp", SystemClock().now());
    to_sign.headers.insert(to_sign.headers.end(), signature.begin(), signature.end());
    return to_sign.headers;
}

json::value Deployment::api(const std::string& operation, const json::value& body) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = url() + "/";
    request.body = json::serialize(body);
    for (const auto& [name, value] : signed_fields(operation, request.body)) request.headers.add(name, value);
    const auto response = http_.send_now(request);
    if (response.status != 200) throw std::runtime_error(operation + " was refused: " + response.body);
    return response.body.empty() ? json::value() : json::parse(response.body);
}

Deployment::Client Deployment::make_client(const json::object& settings) {
    auto request = settings;
    request["UserPoolId"] = pool_id();
    const auto made = api("CreateUserPoolClient", request);
    const auto* secret = made.at("UserPoolClient").as_object().if_contains("ClientSecret");
    return {text_at(made, "/UserPoolClient/ClientId"), secret ? std::string(secret->as_string()) : std::string{}};
}

Deployment::Client Deployment::make_machine() {
    constexpr const char* api_url = "https://api.example";
    api("CreateResourceServer", {{"UserPoolId", pool_id()},
                                 {"Identifier", api_url},
                                 {"Name", "API"},
                                 {"Scopes", {{{"ScopeName", "read"}, {"ScopeDescription", "Read"}}}}});
    return make_client({{"ClientName", "machine"},
                        {"GenerateSecret", true},
                        {"AllowedOAuthFlowsUserPoolClient", true},
                        {"AllowedOAuthFlows", json::array{"client_credentials"}},
                        {"AllowedOAuthScopes", json::array{std::string(api_url) + "/read"}}});
}

void Deployment::configure(std::size_t users) {
    configuration_.pool_id = text_at(api("CreateUserPool", pool_settings()), "/UserPool/Id");
    configuration_.skill = make_client(skill_settings());
    configuration_.api_client = make_client(
        {{"ClientName", "api"}, {"ExplicitAuthFlows", {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}});
    for (std::size_t i = 0; i < users; ++i) {
        phone_numbers_.push_back("+1415555" + std::to_string(1000 + i));
        const json::object user{{"UserPoolId", pool_id()}, {"Username", phone_numbers_.back()}};
        auto create = user;
        create["MessageAction"] = "SUPPRESS";
        create["UserAttributes"] = {{{"Name", "phone_number"}, {"Value", phone_numbers_.back()}},
                                    {{"Name", "phone_number_verified"}, {"Value", "true"}}};
        api("AdminCreateUser", create);
        auto password = user;
        password["Password"] = password_;
        password["Permanent"] = true;
        api("AdminSetUserPassword", password);
    }
}

Deployment::SrpPool Deployment::make_srp_pool(std::size_t users) {
    SrpPool pool;
    pool.id = text_at(api("CreateUserPool", {{"PoolName", "SRP"}}), "/UserPool/Id");
    const json::object client{
        {"UserPoolId", pool.id}, {"ClientName", "api"}, {"ExplicitAuthFlows", {"ALLOW_USER_SRP_AUTH"}}};
    pool.client_id = text_at(api("CreateUserPoolClient", client), "/UserPoolClient/ClientId");
    for (std::size_t i = 0; i < users; ++i) {
        pool.usernames.push_back("user" + std::to_string(i));
        const json::object user{{"UserPoolId", pool.id}, {"Username", pool.usernames.back()}};
        auto create = user;
        create["MessageAction"] = "SUPPRESS";
        api("AdminCreateUser", create);
        auto password = user;
        password["Password"] = password_;
        password["Permanent"] = true;
        api("AdminSetUserPassword", password);
    }
    return pool;
}

void Deployment::adopt(Configuration configuration, std::vector<std::string> phone_numbers) {
    configuration_ = std::move(configuration);
    phone_numbers_ = std::move(phone_numbers);
}

}  // namespace symbolon::bench
