#pragma once

#include "base/shape/codec.hpp"
#include "directory/shapes.hpp"
#include "directory/users.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Shapes and structures that only the API has; those that are words of the domain too are in directory/shapes.hpp.
/// Spec: cognito-api.md Appendix A and B.
namespace symbolon::aws {

namespace shape {
using namespace directory::shape;
/// PasswordType. The model has no minimum; the service's own is 6 where a user chooses (§1.4).
using ChosenPassword = Text<struct ChosenPasswordTag, 6, 256, pattern::without_space, Sensitivity::sensitive>;
using GivenPassword = Text<struct GivenPasswordTag, 0, 256, pattern::without_space, Sensitivity::sensitive>;
using ClientSecretText = Text<struct ClientSecretTextTag, 24, 64, pattern::word_or_plus, Sensitivity::sensitive>;
}  // namespace shape

using StringMap = std::map<std::string, std::string>;

struct AttributeType {
    shape::AttributeName Name;
    std::optional<shape::AttributeValue> Value;
};
BOOST_DESCRIBE_STRUCT(AttributeType, (), (Name, Value))
using AttributeList = std::vector<AttributeType>;

struct CodeDeliveryDetailsType {
    std::string Destination;
    std::string DeliveryMedium;
    std::string AttributeName;
};
BOOST_DESCRIBE_STRUCT(CodeDeliveryDetailsType, (), (Destination, DeliveryMedium, AttributeName))

struct AnalyticsMetadataType {
    std::optional<std::string> AnalyticsEndpointId;
};
BOOST_DESCRIBE_STRUCT(AnalyticsMetadataType, (), (AnalyticsEndpointId))

struct UserContextDataType {
    std::optional<std::string> IpAddress;
    std::optional<std::string> EncodedData;
};
BOOST_DESCRIBE_STRUCT(UserContextDataType, (), (IpAddress, EncodedData))

BOOST_DEFINE_ENUM_CLASS(DeliveryMediumType, EMAIL, SMS)
BOOST_DEFINE_ENUM_CLASS(RevokeAssociatedSessionsType, LINKED, NONE)

/// A request's list as the directory's map; a name given twice keeps its last value.
directory::Attributes to_attributes(const std::optional<AttributeList>& list);
/// A user's attributes for an answer, `sub` first.
AttributeList to_list(const directory::User& user);

}  // namespace symbolon::aws
