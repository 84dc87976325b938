// The service's words for what is missing, of another type or out of bounds (cognito-api.md §1.3, §1.4, Appendix B).
// Generated from the samples.
#include "aws/house.hpp"
#include "aws/samples.hpp"

#include <boost/json/serialize.hpp>

#include <sstream>

namespace symbolon::aws {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    while (times-- > 0) out += text;
    return out;
}

/// A value of `length` characters that satisfies the rule in every other way.
std::string make_value(const Rule& rule, std::size_t length) {
    if (length < rule.tail.size()) return repeat(rule.filler, length);
    return repeat(rule.filler, length - rule.tail.size()) + std::string(rule.tail);
}

std::string path_of(std::string_view member) {
    std::string path(member);
    path[0] = static_cast<char>(path[0] + ('a' - 'A'));
    return path;
}

std::string problem(const Rule& rule, std::string_view value, const std::string& constraint) {
    const auto shown = rule.sensitive ? std::string() : "'" + std::string(value) + "' ";
    return "Value " + shown + "at '" + path_of(rule.member) + "' failed to satisfy constraint: " + constraint;
}

Refused one(const std::string& problem) {
    return {"InvalidParameter", "1 validation error detected: " + problem};
}

std::string missing(std::string_view operation, std::string_view member) {
    return (rule(operation, member).sensitive ? "Value at '" : "Value null at '") + path_of(member) +
           "' failed to satisfy constraint: Member must not be null";
}

class Constraints : public House {
protected:
    /// Calls `check(operation, member, rule, request)` for every scalar member of every operation.
    template <class Check>
    void each_member(Check check) {
        for (const auto& sample : samples()) {
            const auto request = fill(sample, nowhere());
            const auto visit = [&](std::string_view member) {
                SCOPED_TRACE(std::string(sample.operation) + "." + std::string(member));
                const auto& known = rule(sample.operation, member);
                if (known.kind != Kind::whole) check(sample.operation, member, known, request);
            };
            for (const auto& [member, value] : request) visit(std::string_view(member));
            std::istringstream optional{std::string(sample.optional)};
            for (std::string member; optional >> member;) visit(member);
        }
    }
    void expect(std::string_view operation, object request, std::string_view member, boost::json::value value,
                const Refused& expected) {
        request[member] = std::move(value);
        EXPECT_EQ(refusal(operation, request), expected);
    }
};

TEST_F(Constraints, a_required_member_that_is_missing_or_null_is_named) {
    for (const auto& sample : samples()) {
        const auto request = fill(sample, nowhere());
        for (const auto& [member, value] : request) {
            SCOPED_TRACE(std::string(sample.operation) + "." + std::string(member));
            const auto expected = one(missing(sample.operation, std::string_view(member)));
            EXPECT_EQ(refusal(sample.operation, with(request, {{member, nullptr}})), expected);
            expect(sample.operation, request, std::string_view(member), nullptr, expected);
        }
    }
}

TEST_F(Constraints, all_that_is_missing_is_named_at_once) {
    EXPECT_EQ(refusal("ConfirmForgotPassword", {}),
              (Refused{"InvalidParameter",
                       "4 validation errors detected: "
                       "Value at 'clientId' failed to satisfy constraint: Member must not be null; "
                       "Value at 'username' failed to satisfy constraint: Member must not be null; "
                       "Value at 'confirmationCode' failed to satisfy constraint: Member must not be null; "
                       "Value at 'password' failed to satisfy constraint: Member must not be null"}));
}

TEST_F(Constraints, a_member_of_another_json_type_is_refused_as_such) {
    each_member([&](std::string_view operation, std::string_view member, const Rule& rule, const object& request) {
        const auto refuse = [&](boost::json::value value, const std::string& message) {
            expect(operation, request, member, std::move(value), {"Serialization", message});
        };
        refuse(object{}, "Start of structure or map found where not expected.");
        refuse(array{}, "Start of list found where not expected.");
        switch (rule.kind) {
            case Kind::text:
            case Kind::choice:
                refuse(7, "NUMBER_VALUE can not be converted to a String");
                refuse(true, "TRUE_VALUE can not be converted to a String");
                break;
            case Kind::number:
                refuse("7", "STRING_VALUE can not be converted to an Integer");
                refuse(7.5, "NUMBER_VALUE can not be converted to an Integer");
                refuse(false, "FALSE_VALUE can not be converted to an Integer");
                break;
            case Kind::flag:
                refuse("true", "STRING_VALUE can not be converted to a Boolean");
                refuse(1, "NUMBER_VALUE can not be converted to a Boolean");
                break;
            case Kind::whole:
                break;
        }
    });
}

TEST_F(Constraints, a_text_may_be_as_long_as_its_shape_says_and_no_longer) {
    each_member([&](std::string_view operation, std::string_view member, const Rule& rule, const object& request) {
        if (rule.kind != Kind::text || rule.max == 0) return;
        const auto most = static_cast<std::size_t>(rule.max);
        const auto too_long = make_value(rule, most + 1);
        expect(
            operation, request, member, boost::json::string(too_long),
            one(problem(rule, too_long, "Member must have length less than or equal to " + std::to_string(rule.max))));
        const auto fits = refusal(operation, with(request, {{member, make_value(rule, most)}}));
        EXPECT_EQ(fits.message.find("validation error"), std::string::npos) << fits;
        EXPECT_NE(fits.type, "InternalError");
    });
}

TEST_F(Constraints, a_text_may_not_be_shorter_than_its_shape_says) {
    each_member([&](std::string_view operation, std::string_view member, const Rule& rule, const object& request) {
        if (rule.kind != Kind::text || rule.min == 0) return;
        const auto too_short = make_value(rule, static_cast<std::size_t>(rule.min) - 1);
        expect(operation, request, member, boost::json::string(too_short),
               one(problem(rule, too_short,
                           "Member must have length greater than or equal to " + std::to_string(rule.min))));
    });
}

TEST_F(Constraints, a_text_of_another_form_is_refused_with_the_pattern) {
    each_member([&](std::string_view operation, std::string_view member, const Rule& rule, const object& request) {
        if (rule.kind != Kind::text || rule.odd.empty()) return;
        expect(operation, request, member, boost::json::string(rule.odd),
               one(problem(rule, rule.odd,
                           "Member must satisfy regular expression pattern: " + std::string(rule.pattern))));
    });
}

TEST_F(Constraints, a_number_stays_within_its_range) {
    each_member([&](std::string_view operation, std::string_view member, const Rule& rule, const object& request) {
        if (rule.kind != Kind::number) return;
        expect(operation, request, member, rule.min - 1,
               one(problem(rule, std::to_string(rule.min - 1),
                           "Member must have value greater than or equal to " + std::to_string(rule.min))));
        expect(operation, request, member, rule.max + 1,
               one(problem(rule, std::to_string(rule.max + 1),
                           "Member must have value less than or equal to " + std::to_string(rule.max))));
    });
}

TEST_F(Constraints, a_choice_is_one_of_its_words) {
    each_member([&](std::string_view operation, std::string_view member, const Rule& rule, const object& request) {
        if (rule.kind != Kind::choice) return;
        expect(
            operation, request, member, "SOMETHING",
            one(problem(rule, "SOMETHING", "Member must satisfy enum value set: [" + std::string(rule.pattern) + "]")));
    });
}

TEST_F(Constraints, an_optional_member_that_is_null_is_absent) {
    for (const auto& sample : samples()) {
        const auto request = fill(sample, nowhere());
        std::istringstream optional{std::string(sample.optional)};
        for (std::string member; optional >> member;) {
            auto with_null = request;
            with_null[member] = nullptr;
            const auto seen = send(sample.operation, with_null);
            EXPECT_EQ(seen.body.find("validation error"), std::string::npos) << sample.operation << "." << member;
            EXPECT_EQ(seen.body.find("Serialization"), std::string::npos) << sample.operation << "." << member;
        }
    }
}

TEST_F(Constraints, problems_are_told_before_anything_is_looked_up_and_together) {
    EXPECT_EQ(refusal("DescribeUserPoolClient", {{"UserPoolId", "nowhere"}, {"ClientId", ""}}),
              (Refused{"InvalidParameter",
                       "2 validation errors detected: Value 'nowhere' at 'userPoolId' failed to satisfy constraint: "
                       R"(Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+; )"
                       "Value at 'clientId' failed to satisfy constraint: Member must have length greater than or "
                       "equal to 1"}));
}

TEST_F(Constraints, the_path_of_a_nested_member_is_dotted) {
    const auto policy = parse(R"({"UserPoolId": "us-east-1_Nowhere99",
                                  "Policies": {"PasswordPolicy": {"MinimumLength": 5}}})");
    EXPECT_EQ(refusal("UpdateUserPool", policy),
              one("Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
                  "Member must have value greater than or equal to 6"));
    auto sign_up = fill(sample("SignUp"), nowhere());
    sign_up["UserAttributes"] =
        array{object{{"Name", "name"}, {"Value", "ok"}}, object{{"Name", "name"}, {"Value", std::string(2049, 'x')}}};
    EXPECT_EQ(refusal("SignUp", sign_up), one("Value at 'userAttributes.2.member.value' failed to satisfy constraint: "
                                              "Member must have length less than or equal to 2048"));
}

TEST_F(Constraints, lists_have_sizes_and_their_elements_constraints) {
    auto request = fill(sample("CreateUserPoolClient"), nowhere());
    array urls;
    for (int i = 0; i < 101; ++i) urls.emplace_back("https://ok.example/" + std::to_string(i));
    request["CallbackURLs"] = urls;
    const auto too_many = refusal("CreateUserPoolClient", request);
    EXPECT_EQ(too_many.type, "InvalidParameter");
    EXPECT_TRUE(
        too_many.message.ends_with("at 'callbackURLs' failed to satisfy constraint: "
                                   "Member must have length less than or equal to 100"));
    request["CallbackURLs"] = array{"a b"};
    EXPECT_EQ(refusal("CreateUserPoolClient", request),
              one(R"(Value '[a b]' at 'callbackURLs' failed to satisfy constraint: Member must satisfy constraint: )"
                  R"([Member must have length less than or equal to 1024, Member must have length greater than or )"
                  R"(equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+])"));
}

TEST_F(Constraints, unknown_members_are_ignored) {
    auto request = fill(sample("DescribeUserPool"), nowhere());
    request["Surprise"] = object{{"UserPoolId", 7}};
    EXPECT_EQ(refusal("DescribeUserPool", request).type, "ResourceNotFound");
}

}  // namespace
}  // namespace symbolon::aws
