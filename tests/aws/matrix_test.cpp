// The matrix of errors: every operation against everything that can be wrong with a request, in the service's words
// (cognito-api.md §1.3, §1.4). Generated from the requests' structs, so a new operation is in it with its line in the
// table and a sample. What stands in a shape is checked apart from the shapes in constraints_test; who may call in
// access_test and policies_test.
#include "aws/house.hpp"
#include "aws/operation.hpp"
#include "aws/samples.hpp"
#include "aws/unknown.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <set>
#include <string>
#include <vector>

namespace symbolon::aws {
namespace {

using Type = Description::Kind;

std::string path_of(const std::string& parent, std::string_view member) {
    std::string name(member);
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] + ('a' - 'A'));
    return parent.empty() ? name : parent + "." + name;
}

std::string missing(const std::string& path, bool sensitive) {
    return (sensitive ? "Value at '" : "Value null at '") + path +
           "' failed to satisfy constraint: Member must not be null";
}

/// What is said of an empty structure.
std::vector<std::string> missing_members(const Description& structure, const std::string& path) {
    std::vector<std::string> out;
    for (const auto& member : structure.members) {
        if (member.required) out.push_back(missing(path_of(path, member.name), member.type->sensitive));
    }
    return out;
}

Refused together(const std::vector<std::string>& problems) {
    std::string message = std::to_string(problems.size()) +
                          (problems.size() == 1 ? " validation error detected: " : " validation errors detected: ");
    for (std::size_t i = 0; i < problems.size(); ++i) message += (i == 0 ? "" : "; ") + problems[i];
    return {"InvalidParameter", message};
}

struct Mistake {
    boost::json::value value;
    std::string_view message;
};

/// Values of another JSON type, and what is said of them.
std::vector<Mistake> mistypes(Type kind) {
    constexpr std::string_view structure = "Start of structure or map found where not expected.";
    constexpr std::string_view list = "Start of list found where not expected.";
    constexpr std::string_view unexpected = "Unexpected field type";
    switch (kind) {
        case Type::text:
        case Type::choice:
            return {{object{}, structure},
                    {array{}, list},
                    {7, "NUMBER_VALUE can not be converted to a String"},
                    {true, "TRUE_VALUE can not be converted to a String"}};
        case Type::number:
            return {{object{}, structure},
                    {array{}, list},
                    {"7", "STRING_VALUE can not be converted to an Integer"},
                    {0.5, "NUMBER_VALUE can not be converted to an Integer"}};
        case Type::flag:
            return {{object{}, structure},
                    {array{}, list},
                    {"true", "STRING_VALUE can not be converted to a Boolean"},
                    {1, "NUMBER_VALUE can not be converted to a Boolean"}};
        case Type::time:
            return {{object{}, structure}, {"now", "STRING_VALUE can not be converted to a Timestamp"}};
        case Type::list:
            return {{object{}, structure}, {"a", unexpected}, {7, unexpected}};
        case Type::map:
        case Type::structure:
            return {{array{}, list}, {"a", unexpected}, {7, unexpected}};
        case Type::document:
            return {};
    }
    return {};
}

class Matrix : public House {
protected:
    /// Calls `check(operation, request)` for each, with its sample, whose names lead nowhere.
    template <class Check>
    static void each_operation(Check check) {
        for (const auto& operation : operations()) {
            SCOPED_TRACE(operation.name);
            check(operation, fill(sample(operation.name), nowhere()));
        }
    }
    /// Calls `check(operation, member, request)` for each member of each request.
    template <class Check>
    static void each_member(Check check) {
        each_operation([&](const Operation& operation, const object& request) {
            for (const auto& member : operation.request().members) {
                SCOPED_TRACE(member.name);
                check(operation, member, request);
            }
        });
    }
    Refused refusal_with(const Operation& operation, object request, std::string_view member,
                         boost::json::value value) {
        request[member] = std::move(value);
        return refusal(operation.name, request);
    }
    void expect_problem(const Operation& operation, const object& request, std::string_view member,
                        boost::json::value value, const std::string& constraint) {
        const auto answer = refusal_with(operation, request, member, std::move(value));
        EXPECT_EQ(answer.type, "InvalidParameter");
        EXPECT_NE(answer.message.find("validation error"), std::string::npos) << answer;
        const auto problem = "at '" + path_of("", member) + "' failed to satisfy constraint: " + constraint;
        EXPECT_NE(answer.message.find(problem), std::string::npos) << answer << "\nnot: " << problem;
    }
};

TEST_F(Matrix, a_sample_has_every_required_member_and_only_members) {
    each_operation([](const Operation& operation, const object& request) {
        for (const auto& member : operation.request().members) {
            if (member.required) {
                EXPECT_TRUE(request.contains(member.name)) << member.name;
            }
        }
        for (const auto& [name, value] : request) EXPECT_NE(operation.request().find(name), nullptr) << name;
    });
}

TEST_F(Matrix, each_required_member_that_is_missing_is_named) {
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        if (!member.required) return;
        const auto expected = together({missing(path_of("", member.name), member.type->sensitive)});
        auto without = request;
        without.erase(member.name);
        EXPECT_EQ(refusal(operation.name, without), expected);
        EXPECT_EQ(refusal_with(operation, request, member.name, nullptr), expected);
    });
}

TEST_F(Matrix, all_that_is_missing_is_named_at_once) {
    each_operation([&](const Operation& operation, const object&) {
        const auto problems = missing_members(operation.request(), "");
        if (problems.empty()) return;
        EXPECT_EQ(refusal(operation.name, {}), together(problems));
    });
}

TEST_F(Matrix, what_is_missing_in_a_part_is_named_with_its_path) {
    int tried = 0;
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        const auto& type = *member.type;
        const auto path = path_of("", member.name);
        const bool in_list = type.kind == Type::list && type.element->kind == Type::structure && type.min <= 1;
        if (type.kind != Type::structure && !in_list) return;
        const auto problems =
            in_list ? missing_members(*type.element, path + ".1.member") : missing_members(type, path);
        if (problems.empty()) return;
        ++tried;
        boost::json::value value = object{};
        if (in_list) value = array{object{}};
        EXPECT_EQ(refusal_with(operation, request, member.name, std::move(value)), together(problems));
    });
    EXPECT_GT(tried, 10);
}

TEST_F(Matrix, each_member_of_another_json_type_is_refused_as_such) {
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        for (const auto& [value, message] : mistypes(member.type->kind)) {
            EXPECT_EQ(refusal_with(operation, request, member.name, value),
                      (Refused{"Serialization", std::string(message)}))
                << boost::json::serialize(value);
        }
    });
}

TEST_F(Matrix, each_part_of_another_json_type_is_refused_as_such) {
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        const auto& type = *member.type;
        const bool in_list = type.kind == Type::list && type.element->kind == Type::structure;
        if (type.kind != Type::structure && !in_list) return;
        for (const auto& part : (in_list ? *type.element : type).members) {
            SCOPED_TRACE(part.name);
            const auto all = mistypes(part.type->kind);
            if (all.empty()) continue;
            boost::json::value value = object{{part.name, all.back().value}};
            if (in_list) value = array{value};
            EXPECT_EQ(refusal_with(operation, request, member.name, value),
                      (Refused{"Serialization", std::string(all.back().message)}));
        }
    });
}

TEST_F(Matrix, each_text_and_list_that_is_too_long_is_refused) {
    int tried = 0;
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        const auto& type = *member.type;
        if (type.max == no_maximum || (type.kind != Type::text && type.kind != Type::list)) return;
        const auto too_many = static_cast<std::size_t>(type.max) + 1;
        boost::json::value value;
        if (type.kind == Type::text) {
            value = std::string(too_many, 'a');
        } else {
            value = array(too_many, nullptr);
        }
        ++tried;
        expect_problem(operation, request, member.name, std::move(value),
                       "Member must have length less than or equal to " + std::to_string(type.max));
    });
    EXPECT_GT(tried, 50);
}

TEST_F(Matrix, each_text_and_list_that_is_too_short_is_refused) {
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        const auto& type = *member.type;
        if (type.min < 1 || (type.kind != Type::text && type.kind != Type::list)) return;
        boost::json::value value;
        if (type.kind == Type::text) {
            value = std::string(static_cast<std::size_t>(type.min) - 1, 'a');
        } else {
            value = array(static_cast<std::size_t>(type.min) - 1, nullptr);
        }
        expect_problem(operation, request, member.name, std::move(value),
                       "Member must have length greater than or equal to " + std::to_string(type.min));
    });
}

TEST_F(Matrix, each_number_stays_within_its_range) {
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        const auto& type = *member.type;
        if (type.kind != Type::number) return;
        if (type.max != no_maximum)
            expect_problem(operation, request, member.name, type.max + 1,
                           "Member must have value less than or equal to " + std::to_string(type.max));
        if (type.min != no_minimum)
            expect_problem(operation, request, member.name, type.min - 1,
                           "Member must have value greater than or equal to " + std::to_string(type.min));
    });
}

TEST_F(Matrix, each_choice_is_one_of_its_words) {
    each_member([&](const Operation& operation, const Description::Member& member, const object& request) {
        if (member.type->kind != Type::choice) return;
        expect_problem(operation, request, member.name, "SOMETHING",
                       "Member must satisfy enum value set: [" + member.type->choices + "]");
    });
}

/// Whether an operation names something in a pool that must be there before.
bool names_something(const Operation& operation) {
    constexpr std::array<std::string_view, 14> names{
        "ClientId", "Username", "GroupName", "Identifier", "ProviderName",           "DeviceKey", "JobId",
        "Domain",   "EventId",  "SessionId", "TermsId",    "ManagedLoginBrandingId", "User",      "DestinationUser",
    };
    const bool makes = operation.name.starts_with("Create") || operation.name == "AdminCreateUser";
    bool named = false;
    for (const auto& member : operation.request().members) {
        if (!member.required || (makes && member.name != "ClientId")) continue;
        for (const auto name : names) named = named || member.name == name;
    }
    return named && operation.request().find("UserPoolId") != nullptr;
}

TEST_F(Matrix, a_thing_that_is_not_there_is_named) {
    auto places = nowhere();
    places.pool = add_pool();
    each_operation([&](const Operation& operation, const object&) {
        if (operation.access != Access::administrator || !names_something(operation)) return;
        if (!has_unknown_refusal(operation.name)) {
            ADD_FAILURE() << "it names something in a pool: tests/aws/unknown.cpp must say what refuses an unknown one";
            return;
        }
        EXPECT_EQ(refusal(operation.name, fill(sample(operation.name), places)),
                  unknown_refusal(operation.name, places));
    });
}

TEST_F(Matrix, an_administrators_operation_without_a_signature_is_refused_before_anything_else) {
    each_operation([&](const Operation& operation, const object& request) {
        if (operation.access != Access::administrator) return;
        for (const auto& body : {boost::json::serialize(request), std::string("{}"), std::string("no JSON")}) {
            auto unsigned_request = make_request(operation.name, body);
            for (const char* name : {"Authorization", "X-Amz-Date", "X-Amz-Content-Sha256"})
                unsigned_request.headers.remove(name);
            EXPECT_EQ(refused(serve(std::move(unsigned_request))),
                      (Refused{"MissingAuthenticationToken", "Missing Authentication Token"}));
        }
    });
}

}  // namespace
}  // namespace symbolon::aws
