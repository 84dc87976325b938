#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/shape/problems.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/pool_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

// A pool's schema: the standard attributes with what the pool overrides, then its own. Spec: cognito-api §4.3.
namespace symbolon::directory {
namespace {

using Type = AttributeDataType;

constexpr std::size_t max_custom = 50;

SchemaAttributeType make_standard(std::string_view name, Type type) {
    SchemaAttributeType attribute;
    attribute.Name = shape::PlainString(name);
    attribute.AttributeDataType = type;
    attribute.DeveloperOnlyAttribute = false;
    attribute.Mutable = true;
    attribute.Required = false;
    if (type == Type::String)
        attribute.StringAttributeConstraints = StringAttributeConstraintsType{.MinLength = "0", .MaxLength = "2048"};
    return attribute;
}

std::vector<SchemaAttributeType> make_standard_schema() {
    std::vector<SchemaAttributeType> schema;
    for (const std::string_view name : {"sub",
                                        "name",
                                        "given_name",
                                        "family_name",
                                        "middle_name",
                                        "nickname",
                                        "preferred_username",
                                        "profile",
                                        "picture",
                                        "website",
                                        "email",
                                        "email_verified",
                                        "gender",
                                        "birthdate",
                                        "zoneinfo",
                                        "locale",
                                        "phone_number",
                                        "phone_number_verified",
                                        "address",
                                        "updated_at"}) {
        const Type type = name.ends_with("_verified") ? Type::Boolean
                          : name == "updated_at"      ? Type::Number
                                                      : Type::String;
        SchemaAttributeType attribute = make_standard(name, type);
        if (name == "sub") {
            attribute.Mutable = false;
            attribute.Required = true;
            attribute.StringAttributeConstraints->MinLength = "1";
        } else if (name == "birthdate") {
            attribute.StringAttributeConstraints = StringAttributeConstraintsType{.MinLength = "10", .MaxLength = "10"};
        } else if (name == "updated_at") {
            attribute.NumberAttributeConstraints = NumberAttributeConstraintsType{.MinValue = "0", .MaxValue = {}};
        }
        schema.push_back(std::move(attribute));
    }
    return schema;
}

bool is_configurable(std::string_view name) {
    return name != "sub" && name != "email_verified" && name != "phone_number_verified";
}

void override_standard(SchemaAttributeType& standard, const SchemaAttributeType& given) {
    const std::string& name = given.Name->str();
    const bool other_type = given.AttributeDataType && given.AttributeDataType != standard.AttributeDataType;
    if (other_type || given.DeveloperOnlyAttribute.value_or(false) || !is_configurable(name))
        throw Error(
            Errc::invalid_parameter,
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute " + name);
    if (given.Required) standard.Required = given.Required;
    if (given.Mutable) standard.Mutable = given.Mutable;
    if (given.StringAttributeConstraints) standard.StringAttributeConstraints = given.StringAttributeConstraints;
    if (given.NumberAttributeConstraints) standard.NumberAttributeConstraints = given.NumberAttributeConstraints;
}

/// Where a name stands in a request: `list` is the member that holds the attributes.
std::string path_of(std::string_view list, std::size_t element) {
    return std::string(list) + "." + std::to_string(element) + ".member.name";
}

void check_named(const SchemaAttributeType& attribute, const std::string& path) {
    if (attribute.Name) return;
    Problems problems;
    problems.add_missing(path, false);
    problems.throw_if_any();
}

void check_custom_name(const std::string& name, const std::string& path) {
    Problems problems;
    const auto length = count_characters(name);
    if (!length || *length > shape::CustomAttributeName::max)
        problems.add(path, name, "Member must have length less than or equal to 20");
    if (length == 0) problems.add(path, name, "Member must have length greater than or equal to 1");
    if (!shape::CustomAttributeName::matches(name))
        problems.add(
            path, name,
            "Member must satisfy regular expression pattern: " + std::string(shape::CustomAttributeName::pattern_text));
    problems.throw_if_any();
}

SchemaAttributeType make_custom(const SchemaAttributeType& given) {
    if (given.Required.value_or(false))
        throw Error(Errc::invalid_parameter, "Required custom attributes are not supported currently.");
    SchemaAttributeType custom = given;
    custom.AttributeDataType = given.AttributeDataType.value_or(Type::String);
    custom.DeveloperOnlyAttribute = given.DeveloperOnlyAttribute.value_or(false);
    custom.Mutable = given.Mutable.value_or(true);
    custom.Required = false;
    custom.Name = shape::PlainString((*custom.DeveloperOnlyAttribute ? "dev:custom:" : "custom:") + given.Name->str());
    if (custom.AttributeDataType == Type::String && !custom.StringAttributeConstraints)
        custom.StringAttributeConstraints.emplace();
    if (custom.AttributeDataType == Type::Number && !custom.NumberAttributeConstraints)
        custom.NumberAttributeConstraints.emplace();
    return custom;
}

void append_custom(std::vector<SchemaAttributeType>& schema, const SchemaAttributeType& given,
                   const std::string& path) {
    check_custom_name(given.Name->str(), path);
    SchemaAttributeType custom = make_custom(given);
    const std::string name = custom.Name->str();
    if (std::any_of(schema.begin(), schema.end(), [&](const auto& known) { return known.Name->str() == name; }))
        throw Error(Errc::invalid_parameter, name + ": Existing attribute already has name " + name + ".");
    if (schema.size() >= standard_schema().size() + max_custom)
        throw Error(Errc::invalid_parameter, "A user pool can have at most 50 custom attributes.");
    schema.push_back(std::move(custom));
}

}  // namespace

const std::vector<SchemaAttributeType>& standard_schema() {
    static const std::vector<SchemaAttributeType> schema = make_standard_schema();
    return schema;
}

bool is_standard_attribute(std::string_view name) {
    const auto& schema = standard_schema();
    return std::any_of(schema.begin(), schema.end(),
                       [&](const auto& standard) { return standard.Name->str() == name; });
}

List<SchemaAttributeType> make_schema(const std::optional<SchemaList>& given) {
    std::vector<SchemaAttributeType> schema = standard_schema();
    if (!given) return schema;
    std::size_t element = 0;
    for (const SchemaAttributeType& attribute : *given) {
        const auto path = path_of("schema", ++element);
        check_named(attribute, path);
        const auto named = [&](const std::string& name) {
            return std::find_if(schema.begin(), schema.end(),
                                [&](const auto& known) { return known.Name->str() == name; });
        };
        if (is_standard_attribute(attribute.Name->str())) {
            override_standard(*named(attribute.Name->str()), attribute);
            continue;
        }
        append_custom(schema, attribute, path);
    }
    return schema;
}

List<SchemaAttributeType> extend_schema(const List<SchemaAttributeType>& schema, const CustomAttributesList& added) {
    std::vector<SchemaAttributeType> extended = schema.items();
    std::size_t element = 0;
    for (const SchemaAttributeType& attribute : added) {
        const auto path = path_of("customAttributes", ++element);
        check_named(attribute, path);
        append_custom(extended, attribute, path);
    }
    return extended;
}

const SchemaAttributeType* find_attribute(const PoolSettings& settings, std::string_view name) {
    const auto search = [&](const auto& schema) -> const SchemaAttributeType* {
        const auto found = std::find_if(schema.begin(), schema.end(),
                                        [&](const auto& known) { return known.Name && known.Name->str() == name; });
        return found == schema.end() ? nullptr : &*found;
    };
    return settings.SchemaAttributes ? search(*settings.SchemaAttributes) : search(standard_schema());
}

}  // namespace symbolon::directory
