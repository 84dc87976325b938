#include "triggers/function_server.hpp"

#include "base/error.hpp"
#include "crypto/sigv4.hpp"

namespace symbolon::triggers {
namespace {

constexpr std::string_view key_id = "AKIDEXAMPLE";
constexpr std::string_view key_secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view encoded_arn = "arn%3Aaws%3Alambda%3Aeu-west-1%3A111122223333%3Afunction%3Apre-sign-up";

/// Functions at an endpoint of AWS Lambda's Invoke.
class Invoke : public FunctionServer {
protected:
    Options options(std::string path = "", bool with_key = true) {
        Options out;
        out.lambda_endpoint = server.url() + path;
        if (with_key) out.key = AwsKey{std::string(key_id), AwsSecret(key_secret), "a session"};
        return out;
    }
    HttpFunctions functions{options(), random, clock};
};

crypto::sigv4::Verified verify(const net::Request& request, Instant now) {
    crypto::sigv4::SignedRequest whole;
    whole.method = request.method_name;
    whole.path = request.path;
    whole.query = request.query;
    for (const auto& [name, value] : request.headers) whole.headers.emplace_back(name, value);
    whole.body = request.body;
    return crypto::sigv4::verify(whole, "lambda", now, [](std::string_view id) {
        return id == key_id ? std::optional<std::string>(key_secret) : std::nullopt;
    });
}

TEST_F(Invoke, is_a_signed_post_to_the_functions_path) {
    answer({response(200, R"({"response":{}})")});
    EXPECT_EQ(invoke(functions).body, R"({"response":{}})");
    const auto request = requests().front();
    EXPECT_EQ(request.method, net::Method::post);
    EXPECT_EQ(request.target, "/2015-03-31/functions/" + std::string(encoded_arn) + "/invocations");
    EXPECT_EQ(request.body, event);
    EXPECT_EQ(request.headers.find("X-Amz-Invocation-Type"), "RequestResponse");
    EXPECT_EQ(request.headers.find("X-Amz-Security-Token"), "a session");
    const auto verified = verify(request, clock.now());
    EXPECT_EQ(verified.access_key_id, key_id);
    EXPECT_EQ(verified.region, "eu-west-1") << "the region of the function's ARN";
}

TEST_F(Invoke, signs_the_event) {
    invoke(functions);
    auto forged = requests().front();
    forged.body += ' ';
    EXPECT_THROW(verify(forged, clock.now()), Error);
}

TEST_F(Invoke, is_unsigned_without_a_key) {
    HttpFunctions unsigned_functions{options("/", false), random, clock};
    invoke(unsigned_functions, "name");
    EXPECT_EQ(requests().front().target, "/2015-03-31/functions/name/invocations");
    EXPECT_FALSE(requests().front().headers.find("Authorization"));
}

TEST_F(Invoke, takes_the_address_of_a_local_runtime_as_it_is) {
    HttpFunctions local{options("/2015-03-31/functions/function/invocations", false), random, clock};
    invoke(local);
    EXPECT_EQ(requests().front().target, "/2015-03-31/functions/function/invocations");
}

TEST_F(Invoke, keeps_a_name_in_its_place) {
    invoke(functions, "a/../../b?c#d");
    EXPECT_EQ(requests().front().target, "/2015-03-31/functions/a%2F..%2F..%2Fb%3Fc%23d/invocations");
}

TEST_F(Invoke, tells_a_function_that_threw) {
    answer({response(200, R"({"errorMessage":"no"})", {{"X-Amz-Function-Error", "Unhandled"}})});
    EXPECT_TRUE(invoke(functions).is_error);
    EXPECT_EQ(requests().size(), 1U) << "what the function decided is not asked again";
}

TEST_F(Invoke, says_the_code_of_what_went_wrong) {
    answer({response(403, "{}", {{"X-Amzn-ErrorType", "AccessDeniedException:http://internal/"}})});
    EXPECT_EQ(failure(functions), "AccessDeniedException");
    EXPECT_EQ(requests().size(), 1U);
    answer({response(429, "{}", {{"X-Amzn-ErrorType", "TooManyRequestsException"}})});
    EXPECT_EQ(failure(functions), "TooManyRequestsException");
    EXPECT_EQ(requests().size(), 4U) << "three attempts";
    answer({response(404, "<p>secret</p>", {{"X-Amzn-ErrorType", "<script>"}})});
    EXPECT_EQ(failure(functions), "HTTP 404");
}

TEST_F(Invoke, leaves_functions_alone_that_are_hooks) {
    auto both = options();
    both.hooks.emplace("pre-sign-up", Hook{server.url() + "/hook", HookSecret("a secret of at least 24 bytes")});
    HttpFunctions mixed{std::move(both), random, clock};
    invoke(mixed);
    EXPECT_EQ(requests().front().target, "/hook");
    EXPECT_FALSE(requests().front().headers.find("X-Amz-Security-Token")) << "another's secret";
}

}  // namespace
}  // namespace symbolon::triggers
