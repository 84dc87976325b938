#include "base/shape/codec.hpp"

#include "base/shape/example.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>

namespace symbolon {
namespace {

namespace json = boost::json;
using example::Flow;
using example::Request;

json::object object(std::string_view text) {
    return json::parse(text).as_object();
}

TEST(Codec, reads_and_writes_every_kind_of_member) {
    const json::object in = object(R"({"UserPoolId":"eu-west-1_Abc","Password":"secret1","Enabled":true,"Count":-3,
        "Size":5000000000,"Note":"n","Age":30,"AuthFlow":"REFRESH","CreatedAt":1689721665.239,
        "Document":{"a":[1,null]},"Policies":{"PasswordPolicy":{"MinimumLength":8}},
        "UserAttributes":[{"Name":"a"},{"Name":"b","Value":"secret2"}],"URLs":["x","y"],"Flows":["USER_AUTH"],
        "Passwords":[],"AuthParameters":{"K":"v"},"Tags":{"t":"u"},"ByName":{"one":{"Name":"n"}}})");
    const auto request = decode<Request>(in);
    EXPECT_EQ(request.UserPoolId, "eu-west-1_Abc");
    EXPECT_EQ(request.Size, 5000000000);
    EXPECT_EQ(request.AuthFlow, Flow::REFRESH);
    EXPECT_EQ(request.CreatedAt->instant, from_ms(1689721665239));
    EXPECT_EQ(request.Policies->PasswordPolicy->MinimumLength.get(), 8);
    EXPECT_EQ((*request.UserAttributes)[1].Value->str(), "secret2");
    EXPECT_EQ(request.ByName->at("one").Name, "n");
    EXPECT_EQ(encode(request), in);
}

TEST(Codec, leaves_empty_optionals_out_and_writes_bases_first) {
    Request request;
    request.UserPoolId = "a_b";
    request.Enabled = false;
    EXPECT_EQ(json::serialize(encode(request)), R"({"UserPoolId":"a_b","Enabled":false})");
}

TEST(Codec, null_is_absence_everywhere) {
    const auto request = decode<Request>(object(
        R"({"UserPoolId":"a_b","Password":null,"Policies":{"PasswordPolicy":null},"AuthParameters":{"DEVICE_KEY":null,"A":"b"},
            "Document":null,"Flows":[null,"REFRESH"]})"));
    EXPECT_FALSE(request.Password);
    EXPECT_FALSE(request.Policies->PasswordPolicy);
    EXPECT_FALSE(request.Document);
    EXPECT_EQ(request.AuthParameters->size(), 1u);
    EXPECT_EQ(request.Flows->items(), std::vector{Flow::REFRESH});
}

TEST(Codec, unknown_members_are_ignored) {
    EXPECT_NO_THROW(decode<Request>(object(R"({"UserPoolId":"a_b","Later":{"x":[]},"userPoolId":5})")));
}

TEST(Codec, whole_numbers_may_be_written_with_a_fraction_of_zero) {
    EXPECT_EQ(decode<Request>(object(R"({"UserPoolId":"a_b","Count":5.0})")).Count, 5);
    EXPECT_EQ(decode<Request>(object(R"({"UserPoolId":"a_b","Count":1e3})")).Count, 1000);
}

TEST(Codec, timestamps_are_seconds_whole_or_with_milliseconds) {
    const auto at = [](std::string_view number) {
        json::object in = object(R"({"UserPoolId":"a_b"})");
        in["CreatedAt"] = json::parse(number);
        return to_ms(decode<Request>(in).CreatedAt->instant);
    };
    EXPECT_EQ(at("1700000000"), 1700000000000);
    EXPECT_EQ(at("1.689721665239E9"), 1689721665239);
    EXPECT_EQ(at("-0.001"), -1);
    const json::value written = codec::write_timestamp(from_ms(1689721665239));
    EXPECT_EQ(written.as_double(), 1689721665.239);
}

struct Mismatch {
    std::string_view member, message;
};

class CodecMismatch : public testing::TestWithParam<Mismatch> {};

TEST_P(CodecMismatch, another_json_type_is_a_serialization_error) {
    const std::string body = R"({"UserPoolId":"a_b",)" + std::string(GetParam().member) + "}";
    try {
        decode<Request>(object(body));
        FAIL() << body;
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_json);
        EXPECT_EQ(error.message, GetParam().message);
    }
}

constexpr std::string_view structure = "Start of structure or map found where not expected.";
constexpr std::string_view list = "Start of list found where not expected.";

INSTANTIATE_TEST_SUITE_P(
    Types, CodecMismatch,
    testing::Values(Mismatch{R"("Note":5)", "NUMBER_VALUE can not be converted to a String"},
                    Mismatch{R"("Note":true)", "TRUE_VALUE can not be converted to a String"},
                    Mismatch{R"("Note":{})", structure}, Mismatch{R"("Note":[])", list},
                    Mismatch{R"("Password":5)", "NUMBER_VALUE can not be converted to a String"},
                    Mismatch{R"("AuthFlow":5)", "NUMBER_VALUE can not be converted to a String"},
                    Mismatch{R"("Enabled":"true")", "STRING_VALUE can not be converted to a Boolean"},
                    Mismatch{R"("Enabled":1)", "NUMBER_VALUE can not be converted to a Boolean"},
                    Mismatch{R"("Count":"5")", "STRING_VALUE can not be converted to an Integer"},
                    Mismatch{R"("Count":5.5)", "NUMBER_VALUE can not be converted to an Integer"},
                    Mismatch{R"("Count":2147483648)", "NUMBER_VALUE can not be converted to an Integer"},
                    Mismatch{R"("Count":1e300)", "NUMBER_VALUE can not be converted to an Integer"},
                    Mismatch{R"("Size":9223372036854775808)", "NUMBER_VALUE can not be converted to an Integer"},
                    Mismatch{R"("CreatedAt":"2026-01-01")", "STRING_VALUE can not be converted to a Timestamp"},
                    Mismatch{R"("CreatedAt":1e300)", "NUMBER_VALUE can not be converted to a Timestamp"},
                    Mismatch{R"("Policies":"x")", "Unexpected field type"}, Mismatch{R"("Policies":[])", list},
                    Mismatch{R"("URLs":"x")", "Unexpected field type"}, Mismatch{R"("URLs":{})", structure},
                    Mismatch{R"("UserAttributes":[5])", "Unexpected field type"},
                    Mismatch{R"("AuthParameters":{"a":5})", "NUMBER_VALUE can not be converted to a String"},
                    Mismatch{R"("AuthParameters":[])", list}));

}  // namespace
}  // namespace symbolon
