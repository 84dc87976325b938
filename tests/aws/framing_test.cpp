// Requests and answers as HTTP sees them (cognito-api.md §1.1 to §1.3).
#include "aws/house.hpp"
#include "aws/operation.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::aws {
namespace {

class Framing : public House {
protected:
    net::Response post(std::string_view target, std::string body) {
        auto request = make_request("ListUserPools", std::move(body));
        if (target.empty()) {
            request.headers.remove("X-Amz-Target");
        } else {
            request.headers.set("X-Amz-Target", std::string(target));
        }
        return serve(std::move(request));
    }
    const std::string open = "InitiateAuth";  // needs no signature, so the body is what is looked at
};

TEST_F(Framing, an_unknown_target_is_answered_without_a_message) {
    for (const std::string_view target :
         {"", "AWSCognitoIdentityProviderService", "AWSCognitoIdentityProviderService.",
          "AWSCognitoIdentityProviderService.Nonsense", "AWSCognitoIdentityProviderService.listUserPools",
          "awscognitoidentityproviderservice.ListUserPools", "ListUserPools",
          "AWSCognitoIdentityProviderService.ListUserPools ", "AWSCognitoIdentityProviderService.ListUserPools.x",
          "AWSCognitoIdentityService.ListUserPools"}) {
        const auto answer = post(target, "{}");
        EXPECT_EQ(answer.status, 400) << target;
        EXPECT_EQ(answer.body, R"({"__type":"UnknownOperationException"})") << target;
        EXPECT_EQ(header(answer, "x-amzn-ErrorType"), "UnknownOperationException:") << target;
        EXPECT_FALSE(answer.headers.find("x-amzn-ErrorMessage")) << target;
    }
}

TEST_F(Framing, a_body_that_is_not_json_is_a_serialization_error) {
    for (const std::string_view body : {"{", "}", "{]", "nonsense", "{\"a\":1}x", "{'a':1}", "{\"a\":}", "\xFF\xFE{}",
                                        "{\"a\":\"\xC3\"}", "{\"a\":\"\\ud800\"}", "{\"a\":NaN}", "<xml/>", " "}) {
        EXPECT_EQ(refused(send(open, std::string(body))), (Refused{"Serialization", ""})) << body;
    }
}

TEST_F(Framing, a_body_that_is_no_object_is_a_serialization_error) {
    for (const std::string_view body : {"[]", "1", "\"text\"", "null", "true"}) {
        EXPECT_EQ(refused(send(open, std::string(body))), (Refused{"Serialization", "Unexpected field type"})) << body;
    }
}

TEST_F(Framing, an_empty_body_is_an_empty_object) {
    EXPECT_EQ(refused(send(open, std::string())), refusal(open, {}));
    EXPECT_EQ(refusal(open, {}).type, "InvalidParameter");
}

TEST_F(Framing, nesting_is_bounded) {
    for (const int depth : {33, 100, 100'000}) {
        const auto levels = static_cast<std::size_t>(depth);
        const auto arrays = R"({"a":)" + std::string(levels, '[') + std::string(levels, ']') + "}";
        EXPECT_EQ(refused(send(open, arrays)), (Refused{"Serialization", ""})) << depth;
        EXPECT_EQ(refused(send(open, R"({"a":)" + std::string(levels, '['))), (Refused{"Serialization", ""})) << depth;
    }
    const auto fits = R"({"a":)" + std::string(20, '[') + std::string(20, ']') + "}";
    EXPECT_EQ(refused(send(open, fits)).type, "InvalidParameter");
}

TEST_F(Framing, a_huge_body_is_read_and_judged_like_any_other) {
    object body{{"ClientId", std::string(900'000, 'a')}, {"AuthFlow", "USER_PASSWORD_AUTH"}};
    EXPECT_EQ(refusal(open, body),
              (Refused{"InvalidParameter",
                       "1 validation error detected: Value at 'clientId' failed to satisfy constraint: "
                       "Member must have length less than or equal to 128"}));
    std::string many = "{\"ClientId\":\"a\"";
    for (int i = 0; i < 50'000; ++i) many += ",\"x" + std::to_string(i) + "\":0";
    EXPECT_EQ(refused(send(open, many + "}")).type, "InvalidParameter");
}

TEST_F(Framing, a_long_message_stays_out_of_the_headers) {
    const auto answer = send("ListUserPools", object{{"MaxResults", 1}, {"NextToken", std::string(131'073, 'a')}});
    EXPECT_EQ(refused(answer).type, "InvalidParameter");
    EXPECT_FALSE(answer.headers.find("x-amzn-ErrorMessage"));
}

TEST_F(Framing, a_message_beyond_ascii_stays_out_of_the_headers) {
    const auto answer = send("DescribeUserPool", object{{"UserPoolId", "Pöl\r\nX-Evil: 1"}});
    EXPECT_EQ(refused(answer).type, "InvalidParameter");
    for (const auto& [name, value] : answer.headers) {
        EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << name;
    }
    EXPECT_FALSE(answer.headers.find("x-amzn-ErrorMessage"));
}

TEST_F(Framing, an_error_says_its_type_and_message_in_body_and_headers) {
    const auto answer = send("DescribeUserPool", object{{"UserPoolId", "us-east-1_Nowhere99"}});
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, R"({"__type":"ResourceNotFoundException",)"
                           R"("message":"User pool us-east-1_Nowhere99 does not exist."})");
    EXPECT_EQ(header(answer, "Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(header(answer, "x-amzn-RequestId"), "22222222-2222-4222-8222-222222222222");
    EXPECT_EQ(header(answer, "x-amzn-ErrorType"), "ResourceNotFoundException:");
    EXPECT_EQ(header(answer, "x-amzn-ErrorMessage"), "User pool us-east-1_Nowhere99 does not exist.");
}

TEST_F(Framing, a_success_has_the_same_headers) {
    const auto answer = send("ListUserPools", object{{"MaxResults", 1}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"UserPools":[]})");
    EXPECT_EQ(header(answer, "Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(header(answer, "x-amzn-RequestId"), "22222222-2222-4222-8222-222222222222");
    EXPECT_EQ(header(answer, "Cache-Control"), "no-store");
    EXPECT_FALSE(answer.headers.find("x-amzn-ErrorType"));
}

TEST_F(Framing, an_operation_without_output_answers_nothing_and_one_with_an_empty_output_a_pair_of_braces) {
    const auto pool = add_pool();
    const auto client = add_client(pool);
    const object of_pool{{"UserPoolId", pool}};
    call("CreateResourceServer", with(of_pool, {{"Identifier", "r"}, {"Name", "r"}}));
    call("AdminCreateUser", with(of_pool, {{"Username", "alice"}, {"MessageAction", "SUPPRESS"}}));
    call("CreateUserPoolDomain", with(of_pool, {{"Domain", "some-name"}}));

    const auto expect = [&](std::string_view operation, const object& more, std::string_view body) {
        const auto answer = send(operation, with(of_pool, more));
        EXPECT_EQ(answer.status, 200) << operation << answer.body;
        EXPECT_EQ(answer.body, body) << operation;
        EXPECT_EQ(header(answer, "Content-Type"), "application/x-amz-json-1.1");
    };
    expect("AdminSetUserPassword", {{"Username", "alice"}, {"Password", good}, {"Permanent", true}}, "{}");
    expect("UpdateUserPool", {}, "{}");
    expect("DeleteUserPoolDomain", {{"Domain", "some-name"}}, "{}");
    expect("AdminDeleteUser", {{"Username", "alice"}}, "");
    expect("DeleteResourceServer", {{"Identifier", "r"}}, "");
    expect("DeleteUserPoolClient", {{"ClientId", client}}, "");
    expect("DeleteUserPool", {}, "");
}

TEST_F(Framing, times_are_numbers_of_seconds_with_milliseconds) {
    clock.advance(std::chrono::milliseconds(239));
    const auto pool = add_pool();
    const auto seen = part(call("DescribeUserPool", {{"UserPoolId", pool}}), "UserPool");
    ASSERT_TRUE(seen.at("CreationDate").is_double());
    EXPECT_DOUBLE_EQ(seen.at("CreationDate").as_double(), 1'800'000'000.239);
}

TEST_F(Framing, browsers_may_call_from_anywhere) {
    net::Request request;
    request.method = net::Method::options;
    request.method_name = "OPTIONS";
    request.target = request.path = "/";
    request.headers.add("Origin", "https://app.example");
    request.headers.add("Access-Control-Request-Method", "POST");
    const auto answer = serve(std::move(request));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(header(answer, "Access-Control-Allow-Origin"), "*");
    EXPECT_NE(header(answer, "Access-Control-Allow-Methods").find("POST"), std::string::npos);
    for (const char* name : {"content-type", "x-amz-target", "x-amz-user-agent", "cache-control", "amz-sdk-request",
                             "amz-sdk-invocation-id", "authorization", "x-amz-date", "x-amz-security-token"}) {
        EXPECT_NE(header(answer, "Access-Control-Allow-Headers").find(name), std::string::npos) << name;
    }
    EXPECT_NE(header(answer, "Access-Control-Max-Age"), "");
    EXPECT_FALSE(answer.headers.find("Access-Control-Allow-Credentials"));
}

TEST_F(Framing, answers_may_be_read_from_anywhere) {
    for (const auto& answer : {send("ListUserPools", object{{"MaxResults", 1}}), send("ListUserPools", object{})}) {
        EXPECT_EQ(header(answer, "Access-Control-Allow-Origin"), "*");
        EXPECT_EQ(header(answer, "Access-Control-Expose-Headers"),
                  "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");
        EXPECT_FALSE(answer.headers.find("Access-Control-Allow-Credentials"));
    }
}

TEST_F(Framing, the_content_type_and_query_are_not_looked_at) {
    auto request = make_request("InitiateAuth", "{}");
    request.headers.set("Content-Type", "application/json; charset=utf-8");
    request.query = "x=1";
    EXPECT_EQ(refused(serve(std::move(request))), refusal("InitiateAuth", {}));
}

}  // namespace
}  // namespace symbolon::aws
