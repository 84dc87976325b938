#pragma once

#include "base/shape/list.hpp"
#include "base/shape/number.hpp"
#include "base/shape/text.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// A request with a member of every kind, for the tests of the codec.
namespace symbolon::example {

using PoolIdText = Text<struct PoolIdTextTag, 1, 55, pattern::pool_id>;
using PasswordText = Text<struct PasswordTextTag, 6, 12, pattern::without_space, Sensitivity::sensitive>;
using Days = Number<struct DaysTag, 0, 365>;
using Key = Text<struct KeyTag, 1, 4>;
using Value = Text<struct ValueTag, 0, 4>;

enum class Flow { USER_AUTH, REFRESH };
BOOST_DESCRIBE_ENUM(Flow, USER_AUTH, REFRESH)

struct Attribute {
    Key Name;
    std::optional<PasswordText> Value;
};
BOOST_DESCRIBE_STRUCT(Attribute, (), (Name, Value))

struct Policy {
    Days MinimumLength;
};
BOOST_DESCRIBE_STRUCT(Policy, (), (MinimumLength))

struct PolicySet {
    std::optional<Policy> PasswordPolicy;
};
BOOST_DESCRIBE_STRUCT(PolicySet, (), (PasswordPolicy))

struct OfPool {
    PoolIdText UserPoolId;
};
BOOST_DESCRIBE_STRUCT(OfPool, (), (UserPoolId))

struct Request : OfPool {
    std::optional<PasswordText> Password;
    std::optional<bool> Enabled;
    std::optional<int> Count;
    std::optional<std::int64_t> Size;
    std::optional<std::string> Note;
    std::optional<Days> Age;
    std::optional<Flow> AuthFlow;
    std::optional<Timestamp> CreatedAt;
    std::optional<boost::json::value> Document;
    std::optional<PolicySet> Policies;
    std::optional<std::vector<Attribute>> UserAttributes;
    std::optional<List<Key, 1, 2>> URLs;
    std::optional<List<Flow, 0, 3>> Flows;
    std::optional<List<PasswordText, 0, 1>> Passwords;
    std::optional<std::map<std::string, std::string>> AuthParameters;
    std::optional<std::map<Key, Value>> Tags;
    std::optional<std::map<std::string, Attribute>> ByName;
};
BOOST_DESCRIBE_STRUCT(Request, (OfPool),
                      (Password, Enabled, Count, Size, Note, Age, AuthFlow, CreatedAt, Document, Policies,
                       UserAttributes, URLs, Flows, Passwords, AuthParameters, Tags, ByName))

}  // namespace symbolon::example
