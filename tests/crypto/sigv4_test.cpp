#include "crypto/sigv4.hpp"

#include "base/error.hpp"
#include "crypto/sigv4_canonical.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

// The signatures were computed with botocore 2.0 (as in Debian's awscli) and, where botocore would not sign such a
// request, with Python's hmac from a canonical request written by hand.

namespace symbolon::crypto::sigv4 {
namespace {

constexpr std::string_view key_id = "AKIDEXAMPLE";
constexpr std::string_view secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const Instant signed_at = from_ms(1767323045000);  // 20260102T030405Z

std::optional<std::string> find_secret(std::string_view id) {
    if (id == key_id) return std::string(secret);
    return std::nullopt;
}

std::string authorization(std::string_view names, std::string_view signature,
                          std::string_view scope = "20260102/us-east-1/cognito-idp/aws4_request") {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + std::string(scope) + ", SignedHeaders=" + std::string(names) +
           ", Signature=" + std::string(signature);
}

SignedRequest list_user_pools() {
    return {"POST",
            "/",
            "",
            {{"Host", "cognito-idp.us-east-1.amazonaws.com"},
             {"Content-Type", "application/x-amz-json-1.1"},
             {"X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools"},
             {"X-Amz-Date", "20260102T030405Z"},
             {"Authorization", authorization("content-type;host;x-amz-date;x-amz-target",
                                             "ee90bba127aa38785348812bbcb73c78533c969ed022c2c81c422bcbe2f5785b")}},
            R"({"MaxResults":10})"};
}

/// A request to `localhost` with the body {}, the given headers and signature.
SignedRequest local(std::vector<std::pair<std::string, std::string>> headers, std::string_view names,
                    std::string_view signature) {
    SignedRequest request{"POST", "/", "", std::move(headers), "{}"};
    request.headers.emplace_back("Host", "localhost");
    request.headers.emplace_back("Authorization", authorization(names, signature));
    return request;
}

std::string& header(SignedRequest& request, std::string_view name) {
    for (auto& [known, value] : request.headers) {
        if (known == name) return value;
    }
    throw std::logic_error("no such header");
}

void remove_header(SignedRequest& request, std::string_view name) {
    std::erase_if(request.headers, [name](const auto& known) { return known.first == name; });
}

Verified check(const SignedRequest& request, Instant now = signed_at) {
    return verify(request, "cognito-idp", now, find_secret);
}

/// Expects a refusal and returns its message.
std::string refusal(const SignedRequest& request, Errc code, Instant now = signed_at) {
    try {
        check(request, now);
    } catch (const Error& error) {
        EXPECT_EQ(error.code, code) << error.message;
        EXPECT_EQ(error.message.find(secret), std::string::npos);
        return error.message;
    }
    ADD_FAILURE() << "accepted";
    return {};
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
}

TEST(SigV4, accepts_what_botocore_signed_and_says_who_and_where) {
    const Verified verified = check(list_user_pools());
    EXPECT_EQ(verified.access_key_id, key_id);
    EXPECT_EQ(verified.region, "us-east-1");
}

TEST(SigV4, takes_the_region_from_the_scope_and_any_host) {
    SignedRequest request = list_user_pools();
    header(request, "Host") = "127.0.0.1:8400";
    header(request, "Authorization") = authorization("content-type;host;x-amz-date;x-amz-target",
                                                     "6dfcf123b040b88b722f4369e098de78a6b910c6f03503a0f64fe63a9d00cd12",
                                                     "20260102/eu-west-1/cognito-idp/aws4_request");
    EXPECT_EQ(check(request).region, "eu-west-1");
}

TEST(SigV4, header_names_have_no_case_and_the_order_of_the_parts_does_not_matter) {
    SignedRequest request = list_user_pools();
    for (auto& [name, value] : request.headers) {
        for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    header(request, "AUTHORIZATION") =
        "AWS4-HMAC-SHA256 Signature=ee90bba127aa38785348812bbcb73c78533c969ed022c2c81c422bcbe2f5785b,"
        "SignedHeaders=content-type;host;x-amz-date;x-amz-target,"
        "Credential=AKIDEXAMPLE/20260102/us-east-1/cognito-idp/aws4_request";
    EXPECT_NO_THROW(check(request));
}

TEST(SigV4, header_values_are_trimmed_and_their_spaces_collapsed) {
    SignedRequest request = list_user_pools();
    request.body = "{}";
    header(request, "Host") = "127.0.0.1:8400";
    request.headers.emplace_back("X-Amz-Meta", "  a   b \t c ");
    header(request, "Authorization") = authorization("content-type;host;x-amz-date;x-amz-meta;x-amz-target",
                                                     "e509e2ae45197cfa4d2a6ca04a3b9c0c277f96d206b7a280785998ef8d98a192",
                                                     "20260102/eu-west-1/cognito-idp/aws4_request");
    EXPECT_NO_THROW(check(request));
}

TEST(SigV4, repeated_headers_are_joined_by_commas) {
    EXPECT_NO_THROW(
        check(local({{"X-Amz-Date", "20260102T030405Z"}, {"X-Amz-Meta", "one"}, {"x-amz-meta", " two"}},
                    "host;x-amz-date;x-amz-meta", "c37cfaf43a52704c8f08f4ef1069450ad7c138b6cc9a43c00569e2374f538f78")));
}

TEST(SigV4, a_date_header_will_do) {
    EXPECT_NO_THROW(check(local({{"Date", "Fri, 02 Jan 2026 03:04:05 GMT"}}, "date;host",
                                "dfab0970010950c9e2062335e741afc82ce296c6533f22615433c8a6d8026136")));
}

TEST(SigV4, path_and_query_are_canonicalised) {
    const SignedRequest request{
        "GET",
        "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations",
        "b=2&a=x%20y&a=%2F&B=",
        {{"Host", "lambda.us-east-1.amazonaws.com"},
         {"X-Amz-Date", "20260102T030405Z"},
         {"Authorization",
          authorization("host;x-amz-date", "8003b83fdfffefad660437d40b4ab5273652ecb5379e9a4d66d4ff3cc72a8d4d",
                        "20260102/us-east-1/lambda/aws4_request")}},
        ""};
    EXPECT_NO_THROW(verify(request, "lambda", signed_at, find_secret));
}

TEST(SigV4, every_signed_part_counts) {
    const auto refused_after = [](auto change) {
        SignedRequest request = list_user_pools();
        change(request);
        EXPECT_TRUE(
            refusal(request, Errc::wrong_signature).starts_with("The request signature we calculated does not match"));
    };
    refused_after([](SignedRequest& r) { r.body = R"({"MaxResults":11})"; });
    refused_after([](SignedRequest& r) { r.method = "GET"; });
    refused_after([](SignedRequest& r) { r.path = "/x"; });
    refused_after([](SignedRequest& r) { r.query = "a"; });
    refused_after([](SignedRequest& r) { r.query = "a=%zz"; });
    refused_after([](SignedRequest& r) { header(r, "Host") = "evil.example"; });
    refused_after(
        [](SignedRequest& r) { header(r, "X-Amz-Target") = "AWSCognitoIdentityProviderService.DeleteUserPool"; });
    refused_after([](SignedRequest& r) { remove_header(r, "Content-Type"); });
    refused_after([](SignedRequest& r) { replace(header(r, "Authorization"), "us-east-1", "us-east-2"); });
    refused_after([](SignedRequest& r) { replace(header(r, "Authorization"), "Signature=ee", "Signature=ef"); });
    refused_after([](SignedRequest& r) { replace(header(r, "Authorization"), "Signature=ee", "Signature=EE"); });
    refused_after([](SignedRequest& r) { header(r, "Authorization").pop_back(); });
    refused_after([](SignedRequest& r) { replace(header(r, "Authorization"), ";x-amz-date", ";x-absent;x-amz-date"); });
}

TEST(SigV4, the_window_is_five_minutes_to_both_sides) {
    using std::chrono::milliseconds;
    using std::chrono::minutes;
    EXPECT_NO_THROW(check(list_user_pools(), signed_at + minutes(5)));
    EXPECT_NO_THROW(check(list_user_pools(), signed_at - minutes(5)));
    EXPECT_EQ(refusal(list_user_pools(), Errc::wrong_signature, signed_at + minutes(5) + milliseconds(1000)),
              "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030906Z - 5 min.)");
    EXPECT_EQ(
        refusal(list_user_pools(), Errc::wrong_signature, signed_at - minutes(5) - milliseconds(1000)),
        "Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z (20260102T025904Z + 5 min.)");
}

TEST(SigV4, an_unknown_key_is_told_apart_from_a_wrong_signature) {
    SignedRequest request = list_user_pools();
    replace(header(request, "Authorization"), "AKIDEXAMPLE", "AKIDUNKNOWN");
    EXPECT_EQ(refusal(request, Errc::unknown_access_key), "The security token included in the request is invalid.");
}

TEST(SigV4, a_request_without_authorization_has_no_signature) {
    SignedRequest request = list_user_pools();
    remove_header(request, "Authorization");
    EXPECT_EQ(refusal(request, Errc::missing_signature), "Missing Authentication Token");
}

TEST(SigV4, a_malformed_authorization_lists_what_is_missing) {
    SignedRequest request = list_user_pools();
    header(request, "Authorization") =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-1/cognito-idp/aws4_request";
    remove_header(request, "X-Amz-Date");
    EXPECT_EQ(refusal(request, Errc::incomplete_signature),
              "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' "
              "parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
}

TEST(SigV4, malformed_parts_are_incomplete) {
    const auto incomplete = [](std::string_view from, std::string_view to) {
        SignedRequest request = list_user_pools();
        replace(header(request, "Authorization"), from, to);
        refusal(request, Errc::incomplete_signature);
    };
    incomplete("AWS4-HMAC-SHA256 ", "Bearer ");
    incomplete("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256");
    incomplete("AWS4-HMAC-SHA256 ", "AWS4-ECDSA-P256-SHA256 ");
    incomplete("AKIDEXAMPLE/", "");
    incomplete("AKIDEXAMPLE/", "/");
    incomplete("AKIDEXAMPLE/", "AKID/EXAMPLE/");
    incomplete("Signature=", "Signature");
    incomplete("Signature=", "Credential=x, Signature=");
    incomplete("content-type;host", "host;content-type");
    incomplete("content-type;host", "content-type;host;host");
}

TEST(SigV4, two_authorization_headers_are_refused) {
    SignedRequest request = list_user_pools();
    request.headers.emplace_back("authorization", header(request, "Authorization"));
    refusal(request, Errc::incomplete_signature);
}

TEST(SigV4, the_scope_must_fit_the_service_the_day_and_the_protocol) {
    const auto wrong = [](std::string_view from, std::string_view to) {
        SignedRequest request = list_user_pools();
        replace(header(request, "Authorization"), from, to);
        return refusal(request, Errc::wrong_signature);
    };
    EXPECT_EQ(wrong("cognito-idp/", "s3/"), "Credential should be scoped to correct service: 'cognito-idp'.");
    EXPECT_TRUE(wrong("/20260102/", "/20260101/").starts_with("Date in Credential scope does not match"));
    EXPECT_EQ(wrong("aws4_request", "aws5_request"),
              "Credential should be scoped with a valid terminator: 'aws4_request'.");
}

/// A signature that does not cover its host, its time or its operation could be used for another.
TEST(SigV4, host_date_and_target_must_be_signed) {
    refusal(local({{"X-Amz-Date", "20260102T030405Z"}}, "x-amz-date",
                  "8421965107196c1d3c1836c67f2996f0c48d3fa849041fb4adfc84ead04539cb"),
            Errc::wrong_signature);
    SignedRequest unsigned_target = local({{"X-Amz-Date", "20260102T030405Z"}}, "host;x-amz-date",
                                          "d84a8d376e2cf54c7f9176f69684e797ed9de5ef6ddd9696dc6e3e45f3a29085");
    EXPECT_NO_THROW(check(unsigned_target));
    unsigned_target.headers.emplace_back("X-Amz-Target", "AWSCognitoIdentityProviderService.DeleteUserPool");
    EXPECT_EQ(refusal(unsigned_target, Errc::wrong_signature),
              "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.");
    SignedRequest two_dates = local({{"Date", "Fri, 02 Jan 2026 03:04:05 GMT"}, {"X-Amz-Date", "20260102T030405Z"}},
                                    "date;host", "dfab0970010950c9e2062335e741afc82ce296c6533f22615433c8a6d8026136");
    EXPECT_EQ(refusal(two_dates, Errc::wrong_signature),
              "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.");
}

TEST(SigV4, the_clients_word_for_the_body_is_not_taken) {
    refusal(local({{"X-Amz-Date", "20260102T030405Z"}, {"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}},
                  "host;x-amz-content-sha256;x-amz-date",
                  "2747657cad71c22eb55ffbecf19b9bbe66171d872e85cfa844d5d824220a9898"),
            Errc::wrong_signature);
}

TEST(SigV4, signs_as_botocore_does) {
    const SignedRequest request{"POST",
                                "/",
                                "",
                                {{"Host", "sns.us-east-1.amazonaws.com"},
                                 {"Content-Type", "application/x-www-form-urlencoded"},
                                 {"User-Agent", "x"}},
                                "Action=Publish"};
    const auto added = sign(request, key_id, secret, "us-east-1", "sns", signed_at);
    ASSERT_EQ(added.size(), 3u);
    EXPECT_EQ(added[0].second, "20260102T030405Z");
    EXPECT_EQ(added[1].second, "1fed2ebc66d8f746552af61ba66492816aac7389aaaf7d30786ccd33e2a34b4b");
    EXPECT_EQ(added[2].second, authorization("content-type;host;x-amz-content-sha256;x-amz-date",
                                             "1b202130dd1a4069abe773e62bdc1810fd6dc8dc53f5e2693da0c3e900fc3441",
                                             "20260102/us-east-1/sns/aws4_request"));
}

TEST(SigV4, verifies_what_it_signs) {
    SignedRequest request{"PUT", "/a b/../c/", "x=1&&y", {{"host", "h"}, {"x-amz-target", "T"}}, "body"};
    for (auto& added : sign(request, key_id, secret, "r", "cognito-idp", signed_at)) request.headers.push_back(added);
    EXPECT_EQ(check(request).region, "r");
}

TEST(SigV4Canonical, queries_are_sorted_and_encoded_the_one_way) {
    EXPECT_EQ(canonical_query(""), "");
    EXPECT_EQ(canonical_query("b&a=2&a=1"), "a=1&a=2&b=");
    EXPECT_EQ(canonical_query("k=%7e%2f/+"), "k=~%2F%2F%2B");
    EXPECT_EQ(canonical_query("a=b=c"), "a=b%3Dc");
    EXPECT_FALSE(canonical_query("a=%"));
}

TEST(SigV4Canonical, paths_lose_their_dots_and_are_encoded_again) {
    EXPECT_EQ(canonical_path(""), "/");
    EXPECT_EQ(canonical_path("/"), "/");
    EXPECT_EQ(canonical_path("/a/./b/../c"), "/a/c");
    EXPECT_EQ(canonical_path("/../../a//b/"), "/a/b/");
    EXPECT_EQ(canonical_path("/a/.."), "/");
    EXPECT_EQ(canonical_path("/a%20b"), "/a%2520b");
}

TEST(SigV4Canonical, times_are_read_strictly) {
    EXPECT_EQ(parse_basic_time("20260102T030405Z"), signed_at);
    EXPECT_EQ(to_basic_time(signed_at), "20260102T030405Z");
    for (const char* text : {"", "20260102T030405", "20260102 030405Z", "20260102T030405z", "20261302T030405Z",
                             "20260230T030405Z", "20260102T240405Z", "20260102T036005Z", "20260102T030460Z",
                             "2026010xT030405Z", "20260102T030405Z,20260102T030405Z", "-0260102T030405Z"}) {
        EXPECT_FALSE(parse_basic_time(text)) << text;
    }
    EXPECT_EQ(parse_http_date("Fri, 02 Jan 2026 03:04:05 GMT"), signed_at);
    for (const char* text :
         {"", "Fri, 02 Jan 2026 03:04:05 UTC", "Friday, 02-Jan-26 03:04:05 GMT", "Fri, 32 Jan 2026 03:04:05 GMT",
          "Fri, 02 Jab 2026 03:04:05 GMT", "Fri, 02 Jan 2026 03-04-05 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

}  // namespace
}  // namespace symbolon::crypto::sigv4
