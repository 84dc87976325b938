#include "aws/shapes.hpp"

namespace symbolon::aws {

directory::Attributes to_attributes(const std::optional<AttributeList>& list) {
    directory::Attributes out;
    if (!list) return out;
    for (const auto& attribute : *list) {
        out.insert_or_assign(attribute.Name.str(), attribute.Value ? attribute.Value->str() : std::string{});
    }
    return out;
}

AttributeList to_list(const directory::User& user) {
    AttributeList out{{"sub", shape::AttributeValue(user.id.str())}};
    for (const auto& [name, value] : user.attributes) out.push_back({name, shape::AttributeValue(value)});
    return out;
}

}  // namespace symbolon::aws
