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

Deployment::Deployment(std::string binary, Cores cores)
    : binary_(std::move(binary)), cores_(cores), folder_(make_folder()), inbox_(folder_ + "/texts") {}

Deployment::~Deployment() {
    process_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Deployment::start() {
    const std::vector<std::string> command{
        binary_,       "serve",     "--data", folder_ + "/data", "--listen",
        "127.0.0.1:0", "--threads", "1",      "--sms",           "file:" + folder_ + "/texts",
        "--log-level", "warning"};
    process_ =
        std::make_unique<Process>(command,
                                  std::map<std::string, std::string>{{"SYMBOLON_ACCESS_KEY_ID", access_key_id},
                                                                     {"SYMBOLON_SECRET_ACCESS_KEY", secret_access_key}},
                                  folder_ + "/log", cores_.server);
    port_ = process_->wait_for_port();
}

void Deployment::stop() {
    process_->stop();
    process_.reset();
}

json::value Deployment::api(const std::string& operation, const json::value& body) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = url() + "/";
    request.body = json::serialize(body);
    crypto::sigv4::SignedRequest to_sign;
    to_sign.method = request.method;
    to_sign.path = "/";
    to_sign.headers = {{"Host", host()},
                       {"Content-Type", "application/x-amz-json-1.1"},
                       {"X-Amz-Target", "AWSCognitoIdentityProviderService." + operation}};
    to_sign.body = request.body;
    const auto signature =
        crypto::sigv4::sign(to_sign, access_key_id, secret_access_key, "us-east-1", "cognito-idp", SystemClock().now());
    for (const auto& [name, value] : to_sign.headers) request.headers.add(name, value);
    for (const auto& [name, value] : signature) request.headers.add(name, value);
    const auto response = http_.send_now(request);
    if (response.status != 200) throw std::runtime_error(operation + " was refused: " + response.body);
    return response.body.empty() ? json::value() : json::parse(response.body);
}

Deployment::Client Deployment::make_client(const json::object& settings) {
    auto request = settings;
    request["UserPoolId"] = pool_id_;
    const auto made = api("CreateUserPoolClient", request);
    const auto* secret = made.at("UserPoolClient").as_object().if_contains("ClientSecret");
    return {text_at(made, "/UserPoolClient/ClientId"), secret ? std::string(secret->as_string()) : std::string{}};
}

void Deployment::configure(std::size_t users) {
    pool_id_ = text_at(api("CreateUserPool", pool_settings()), "/UserPool/Id");
    skill_ = make_client(skill_settings());
    api_client_ = make_client(
        {{"ClientName", "api"}, {"ExplicitAuthFlows", {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}});
    for (std::size_t i = 0; i < users; ++i) {
        phone_numbers_.push_back("+1415555" + std::to_string(1000 + i));
        const json::object user{{"UserPoolId", pool_id_}, {"Username", phone_numbers_.back()}};
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

}  // namespace symbolon::bench
