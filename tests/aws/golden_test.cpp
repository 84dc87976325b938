// Whole requests and answers, kept as files: what a client sees, byte for byte. SYMBOLON_UPDATE_GOLDEN=1 rewrites them.
#include "aws/house.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace symbolon::aws {
namespace {

class Golden : public House {
protected:
    /// Sends and compares: the request as it was sent, the answer with status, headers of the protocol and body.
    object expect(std::string_view name, std::string_view operation, const object& body) {
        const auto request = make_request(operation, boost::json::serialize(body));
        const auto response = serve(request);
        const auto folder = std::filesystem::path(SYMBOLON_AWS_GOLDEN) / name;
        compare(folder / "request.txt",
                "X-Amz-Target: " + std::string(*request.headers.find("X-Amz-Target")) + "\n\n" + request.body + "\n");
        std::string answer = std::to_string(response.status) + "\n";
        for (const char* header_name :
             {"Content-Type", "x-amzn-RequestId", "x-amzn-ErrorType", "x-amzn-ErrorMessage"}) {
            if (response.headers.find(header_name)) {
                answer += header_name + std::string(": ") + header(response, header_name) + "\n";
            }
        }
        compare(folder / "response.txt", answer + "\n" + opaque(response.body) + "\n");
        return json_of(response);
    }

private:
    /// A session is for its maker alone: its content is nobody's business here.
    static std::string opaque(std::string body) {
        const std::string mark = "\"Session\":\"";
        const auto at = body.find(mark);
        if (at == std::string::npos) return body;
        const auto begin = at + mark.size();
        return body.replace(begin, body.find('"', begin) - begin, "(sealed)");
    }
    static void compare(const std::filesystem::path& file, const std::string& text) {
        if (const char* update = std::getenv("SYMBOLON_UPDATE_GOLDEN"); update != nullptr && *update == '1') {
            std::filesystem::create_directories(file.parent_path());
            std::ofstream(file, std::ios::binary) << text;
        }
        std::ifstream in(file, std::ios::binary);
        const std::string kept{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(text, kept) << file.filename() << " of " << file.parent_path().filename();
    }
};

TEST_F(Golden, create_user_pool) {
    expect("CreateUserPool", "CreateUserPool", with(tutorial(), {{"PoolName", "tutorial"}}));
}

TEST_F(Golden, create_user_pool_client) {
    expect("CreateUserPoolClient", "CreateUserPoolClient",
           parse(R"({"UserPoolId": ")" + add_pool(tutorial()) + R"(", "ClientName": "skill", "GenerateSecret": true,
                     "SupportedIdentityProviders": ["COGNITO"], "CallbackURLs": ["https://assistant.example/link"],
                     "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code", "implicit"],
                     "AllowedOAuthScopes": ["phone", "openid"]})"));
}

TEST_F(Golden, the_journey_of_a_user) {
    const auto pool = add_pool(tutorial());
    const auto client = add_client(pool);
    expect("SignUp", "SignUp", {{"ClientId", client}, {"Username", jane}, {"Password", good}});
    call("ConfirmSignUp", {{"ClientId", client}, {"Username", jane}, {"ConfirmationCode", last_code(pool)}});
    expect("InitiateAuth", "InitiateAuth",
           {{"AuthFlow", "USER_PASSWORD_AUTH"},
            {"ClientId", client},
            {"AuthParameters", object{{"USERNAME", jane}, {"PASSWORD", good}}}});
    expect("AdminGetUser", "AdminGetUser", {{"UserPoolId", pool}, {"Username", jane}});
    expect("ListUsers", "ListUsers", {{"UserPoolId", pool}, {"Limit", 1}, {"Filter", "phone_number ^= \"+1415\""}});
}

TEST_F(Golden, refusals) {
    expect("WrongPassword", "InitiateAuth",
           {{"AuthFlow", "USER_PASSWORD_AUTH"},
            {"ClientId", add_client(add_pool(), {{"PreventUserExistenceErrors", "ENABLED"}})},
            {"AuthParameters", object{{"USERNAME", jane}, {"PASSWORD", bad}}}});
    expect("TwoProblems", "AdminGetUser", {{"UserPoolId", "nowhere"}});
    expect("UnknownOperation", "Nonsense", {});
}

}  // namespace
}  // namespace symbolon::aws
