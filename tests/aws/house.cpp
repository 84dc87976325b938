#include "aws/house.hpp"

#include "aws/operation.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "crypto/sigv4.hpp"
#include "crypto/test_keys.hpp"
#include "directory/pool_rules.hpp"
#include "directory/signing_keys.hpp"
#include "messaging/sink.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>

namespace symbolon::aws {
namespace {

/// Attack row 39.
void expect_no_secret(const net::Response& response) {
    for (const std::string_view trace : {"-----BEGIN", "\"d\":", "\"dp\":", "argon2", "password_hash", "sealed_"}) {
        EXPECT_EQ(response.body.find(trace), std::string::npos) << trace << " in " << response.body;
    }
}

}  // namespace

House::House()
    : db(db::open("sqlite::memory:")),
      catalog(*db, sealer, clock),
      outbox(*db, sealer, random, clock, messaging::make_sink("outbox:"), messaging::make_sink("outbox:")),
      services{*db, catalog, sealer, hasher, random, clock, outbox, triggers},
      tokens_(services, std::string(base_url), client_keys_),
      options{.base_url = std::string(base_url), .keys = &keys},
      door({services, tokens_, sign_in_, sign_up_, recovery_, administration_, workers, options}) {
    log::set_level(log::Level::error);
    const std::string suite = testing::UnitTest::GetInstance()->current_test_info()->test_suite_name();
    ::setenv("SYMBOLON_RECORD_LABEL", ("aws." + suite).c_str(), 1);  // see aws/call_record
    services.limits.sends_per_client_address = 1000;                 // tests come from one address
}

net::Request House::make_request(std::string_view operation, std::string body) const {
    net::Request request;
    request.method = net::Method::post;
    request.method_name = "POST";
    request.target = request.path = "/";
    request.headers.add("Host", "id.example");
    request.headers.add("Content-Type", "application/x-amz-json-1.1");
    request.headers.add("X-Amz-Target", "AWSCognitoIdentityProviderService." + std::string(operation));
    request.body = std::move(body);
    request.host = "id.example";
    request.scheme = "https";
    request.client_address = "192.0.2.1";
    request.request_id = "22222222-2222-4222-8222-222222222222";
    const auto* known = find_operation(operation);
    if (known && known->access == Access::administrator) sign(request);
    return request;
}

void House::sign(net::Request& request, std::string_view id, std::string_view secret) const {
    crypto::sigv4::SignedRequest whole;
    whole.method = request.method_name;
    whole.path = request.path;
    whole.query = request.query;
    for (const auto& [name, value] : request.headers) whole.headers.emplace_back(name, value);
    whole.body = request.body;
    for (auto& [name, value] : crypto::sigv4::sign(whole, id, secret, "us-east-1", "cognito-idp", clock.now())) {
        request.headers.add(std::move(name), std::move(value));
    }
}

net::Response House::serve(net::Request request) {
    auto response = run(door.serve(std::move(request)));
    expect_no_secret(response);
    return response;
}

net::Response House::send(std::string_view operation, std::string body) {
    return serve(make_request(operation, std::move(body)));
}

net::Response House::send(std::string_view operation, const object& body) {
    return send(operation, boost::json::serialize(body));
}

object House::call(std::string_view operation, const object& body) {
    const auto response = send(operation, body);
    EXPECT_EQ(response.status, 200) << operation << ": " << response.body;
    return response.body.empty() ? object{} : json_of(response);
}

Refused House::refusal(std::string_view operation, const object& body) {
    return refused(send(operation, body));
}

std::string House::add_pool(const object& settings) {
    directory::Pool pool;
    pool.id = PoolId("us-east-1_" + random.text(9, "ABCDEFGHJKLMNPQRSTUVWXYZ"));
    pool.name = "test";
    static_cast<directory::PoolDesign&>(pool.settings) = decode<directory::PoolDesign>(settings);
    directory::apply_defaults(pool.settings);
    directory::check_pool(pool.settings);
    pool.created = pool.modified = clock.now();
    write([&](db::Transaction& tx) {
        directory::Pools(tx).create(pool);
        directory::SigningKeys(tx, sealer).create(pool.id, test_key(0), test_key(1), clock.now());
    });
    return pool.id.str();
}

object House::tutorial() {
    return parse(R"({"UsernameAttributes": ["phone_number"], "AutoVerifiedAttributes": ["phone_number"],
                     "MfaConfiguration": "ON",
                     "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}})");
}

std::string House::add_client(const std::string& pool, object more) {
    object body{{"UserPoolId", pool},
                {"ClientName", "test"},
                {"ExplicitAuthFlows", array{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}};
    return text(call("CreateUserPoolClient", with(std::move(body), more)), "UserPoolClient.ClientId");
}

std::string House::secret_of(const std::string& pool, const std::string& client) {
    const object body{{"UserPoolId", pool}, {"ClientId", client}};
    return text(call("DescribeUserPoolClient", body), "UserPoolClient.ClientSecret");
}

std::string House::hash(std::string_view secret, std::string_view username, std::string_view client) {
    const std::string message = std::string(username) + std::string(client);
    return to_base64(crypto::hmac_sha256(bytes_of(secret), bytes_of(message)));
}

std::string House::add_user(const std::string& pool, const std::string& client, std::string_view username) {
    const auto made = call("SignUp", {{"ClientId", client}, {"Username", username}, {"Password", good}});
    call("ConfirmSignUp", {{"ClientId", client}, {"Username", username}, {"ConfirmationCode", last_code(pool)}});
    return text(made, "UserSub");
}

namespace {
object sign_in_request(const std::string& client, std::string_view username, std::string_view password) {
    return {{"AuthFlow", "USER_PASSWORD_AUTH"},
            {"ClientId", client},
            {"AuthParameters", object{{"USERNAME", username}, {"PASSWORD", password}}}};
}
}  // namespace

object House::sign_in(const std::string& client, std::string_view username, std::string_view password) {
    return call("InitiateAuth", sign_in_request(client, username, password));
}

Refused House::sign_in_refusal(const std::string& client, std::string_view username, std::string_view password) {
    return refusal("InitiateAuth", sign_in_request(client, username, password));
}

object House::answer_request(const std::string& client, const object& challenge, std::string_view code,
                             std::string_view username) const {
    return {{"ClientId", client},
            {"ChallengeName", "SMS_MFA"},
            {"Session", text(challenge, "Session")},
            {"ChallengeResponses", object{{"USERNAME", username}, {"SMS_MFA_CODE", code}}}};
}

object House::tokens(const std::string& pool, const std::string& client, std::string_view username) {
    const auto challenge = sign_in(client, username);
    const auto done = call("RespondToAuthChallenge", answer_request(client, challenge, last_code(pool), username));
    return part(done, "AuthenticationResult");
}

std::vector<messaging::Message> House::messages(const std::string& pool) {
    return run(outbox.list(PoolId(pool), 1000));
}

std::string House::last_code(const std::string& pool) {
    const auto all = messages(pool);
    return all.empty() ? std::string{} : all.front().code;
}

std::string House::other_than(const std::string& code) {
    return code == "000000" ? "000001" : "000000";
}

std::string header(const net::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

object json_of(const net::Response& response) {
    boost::json::error_code failure;
    auto value = boost::json::parse(response.body, failure);
    if (failure || !value.is_object()) {
        ADD_FAILURE() << "no JSON object: " << response.body;
        return {};
    }
    return std::move(value.get_object());
}

Refused refused(const net::Response& response) {
    if (response.status == 200) return {"(not refused)", response.body};
    const auto body = json_of(response);
    constexpr std::string_view suffix = "Exception";
    auto type = text(body, "__type");
    if (type.ends_with(suffix)) type.resize(type.size() - suffix.size());
    return {std::move(type), text(body, "message")};
}

object part(const object& in, std::string_view path) {
    const auto dot = path.find('.');
    const auto* found = in.if_contains(path.substr(0, dot));
    if (!found || !found->is_object()) return {};
    return dot == std::string_view::npos ? found->get_object() : part(found->get_object(), path.substr(dot + 1));
}

std::string text(const object& in, std::string_view path) {
    const auto dot = path.rfind('.');
    if (dot != std::string_view::npos) return text(part(in, path.substr(0, dot)), path.substr(dot + 1));
    const auto* found = in.if_contains(path);
    return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::string attribute(const array& list, std::string_view name) {
    for (const auto& item : list) {
        if (item.is_object() && text(item.get_object(), "Name") == name) return text(item.get_object(), "Value");
    }
    return {};
}

object with(object in, const object& changes) {
    for (const auto& [name, value] : changes) {
        if (value.is_null()) {
            in.erase(name);
        } else {
            in[name] = value;
        }
    }
    return in;
}

object parse(std::string_view json) {
    return boost::json::parse(boost::json::string_view(json)).as_object();
}

}  // namespace symbolon::aws
