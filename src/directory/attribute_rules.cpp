#include "directory/attribute_rules.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/identifiers.hpp"
#include "directory/pool_rules.hpp"
#include "directory/unicode.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace symbolon::directory {
namespace {

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

[[noreturn]] void refuse_value(std::string_view name, std::string_view why) {
    refuse("Attributes did not conform to the schema: " + std::string(name) + ": " + std::string(why));
}

/// A decimal number as the API writes it; nothing for anything else.
std::optional<double> parse_number(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

template <class Text>
std::optional<double> limit_of(const std::optional<Text>& constraint) {
    return constraint ? parse_number(constraint->str()) : std::nullopt;
}

void check_text(const SchemaAttributeType& attribute, const std::string& value) {
    const auto length = count_characters(value);
    if (!length) refuse_value(attribute.Name->str(), "Value is not valid text.");
    const auto limits = attribute.StringAttributeConstraints.value_or(StringAttributeConstraintsType{});
    const auto characters = static_cast<double>(*length);
    const auto most = limit_of(limits.MaxLength).value_or(2048);
    if (characters > most)
        refuse_value(attribute.Name->str(),
                     "String must be no longer than " + std::to_string(static_cast<long long>(most)) + " characters");
    if (const auto least = limit_of(limits.MinLength); least && characters < *least)
        refuse_value(attribute.Name->str(),
                     "String must be at least " + std::to_string(static_cast<long long>(*least)) + " characters long");
}

void check_number(const SchemaAttributeType& attribute, const std::string& value) {
    const auto number = parse_number(value);
    if (!number) refuse_value(attribute.Name->str(), "Value must be a number.");
    const auto limits = attribute.NumberAttributeConstraints.value_or(NumberAttributeConstraintsType{});
    if (const auto least = limit_of(limits.MinValue); least && *number < *least)
        refuse_value(attribute.Name->str(), "Value must be at least " + limits.MinValue->str());
    if (const auto most = limit_of(limits.MaxValue); most && *number > *most)
        refuse_value(attribute.Name->str(), "Value must be at most " + limits.MaxValue->str());
}

/// A date or a date and time of ISO 8601, by its form: 2026-11-22, 2026-11-22T16:03:00Z.
void check_date(const SchemaAttributeType& attribute, const std::string& value) {
    constexpr std::string_view form = "dddd-dd-dd";
    const auto fits = [&](std::size_t i) {
        return form[i] == 'd' ? value[i] >= '0' && value[i] <= '9' : value[i] == form[i];
    };
    bool valid = value.size() == form.size() || (value.size() > form.size() && value[form.size()] == 'T');
    for (std::size_t i = 0; valid && i < form.size(); ++i) valid = fits(i);
    if (!valid || value.size() > 40) refuse_value(attribute.Name->str(), "Value must be a date and time.");
}

void check_type(const SchemaAttributeType& attribute, const std::string& value) {
    switch (attribute.AttributeDataType.value_or(AttributeDataType::String)) {
        case AttributeDataType::Boolean:
            if (value != "true" && value != "false")
                refuse_value(attribute.Name->str(), "Value must be true or false.");
            return;
        case AttributeDataType::DateTime:
            return check_date(attribute, value);
        case AttributeDataType::Number:
            return check_number(attribute, value);
        case AttributeDataType::String:
            return check_text(attribute, value);
    }
}

const SchemaAttributeType& get_attribute(const PoolSettings& settings, const std::string& name) {
    if (name == "sub" || name.starts_with("cognito:")) refuse("Cannot modify the non-mutable attribute " + name);
    const SchemaAttributeType* attribute = find_attribute(settings, name);
    if (attribute) return *attribute;
    if (find_attribute(settings, "custom:" + name)) refuse("Type for attribute {" + name + "} could not be determined");
    refuse_value(is_clean_text(name) ? name : "?", "Attribute does not exist in the schema.");
}

/// The form in which an identifier is stored; other values stay as they are.
std::string stored_form(const std::string& name, const std::string& value) {
    if (name == "email") {
        if (auto email = parse_email(value)) return std::move(*email);
        refuse("Invalid email address format.");
    }
    if (name == "phone_number") {
        if (auto number = is_e164(value) ? canonical_phone_number(value) : std::nullopt) return std::move(*number);
        refuse("Invalid phone number format.");
    }
    return value;
}

bool has_value(const Attributes& attributes, const std::string& name) {
    const auto found = attributes.find(name);
    return found != attributes.end() && !found->second.empty();
}

}  // namespace

Attributes check_attributes(const PoolSettings& settings, const Attributes& given) {
    Attributes stored;
    for (const auto& [name, value] : given) {
        const SchemaAttributeType& attribute = get_attribute(settings, name);
        if (!value.empty()) {
            // Values go into messages and their headers, into tokens and pages: a line break is never part of one.
            if (!is_clean_text(value)) refuse_value(name, "Value contains a control character.");
            check_type(attribute, value);
        }
        stored.emplace(name, value.empty() ? value : stored_form(name, value));
    }
    return stored;
}

void check_verified_flags(const Attributes& given, const Attributes& stored) {
    const auto stays = [&](const std::string& name) {
        return given.contains(name) ? has_value(given, name) : has_value(stored, name);
    };
    if (given.contains("email_verified") && !stays("email")) refuse("Email is required to verify/un-verify an email");
    if (given.contains("phone_number_verified") && !stays("phone_number"))
        refuse("Phone Number is required to verify/un-verify a phone number");
}

bool is_proven_before_update(const Pool& pool, std::string_view attribute) {
    const auto& update = pool.settings.UserAttributeUpdateSettings;
    if (!update || !update->AttributesRequireVerificationBeforeUpdate || !pool.auto_verifies(attribute)) return false;
    const auto& proven = *update->AttributesRequireVerificationBeforeUpdate;
    return std::any_of(proven.begin(), proven.end(),
                       [&](VerifiedAttributeType named) { return to_name(named) == attribute; });
}

void check_attribute_update(const PoolSettings& settings, const Attributes& given, const Attributes& stored) {
    for (const auto& [name, value] : given) {
        const SchemaAttributeType& attribute = get_attribute(settings, name);
        const auto found = stored.find(name);
        const bool changes = found == stored.end() ? !value.empty() : found->second != value;
        if (changes && !attribute.Mutable.value_or(true)) refuse("user." + name + ": Attribute cannot be updated.");
        if (value.empty() && attribute.Required.value_or(false)) refuse_value(name, "The attribute is required");
    }

    // A user name that is an attribute may change, but a user keeps one that was there: whoever signs in with an e-mail
    // address can change to another address, not to a phone number instead (cognito-api §4.1).
    const auto& logins = settings.UsernameAttributes;
    if (!logins || logins->empty()) return;
    const auto is_there = [&](UsernameAttributeType login) { return has_value(stored, std::string(to_name(login))); };
    const auto remains = [&](UsernameAttributeType login) {
        const std::string name(to_name(login));
        return is_there(login) && (!given.contains(name) || has_value(given, name));
    };
    if (std::any_of(logins->begin(), logins->end(), is_there) && !std::any_of(logins->begin(), logins->end(), remains))
        refuse("Cannot delete the attribute that the user signs in with.");
}

std::vector<std::string> missing_required_attributes(const PoolSettings& settings, const Attributes& attributes) {
    std::vector<std::string> missing;
    const auto schema = settings.SchemaAttributes.value_or(List<SchemaAttributeType>(standard_schema()));
    for (const SchemaAttributeType& attribute : schema) {
        const std::string& name = attribute.Name->str();
        if (attribute.Required.value_or(false) && name != "sub" && !has_value(attributes, name))
            missing.push_back(name);
    }
    return missing;
}

void check_required_attributes(const PoolSettings& settings, const Attributes& attributes) {
    const auto missing = missing_required_attributes(settings, attributes);
    if (missing.empty()) return;
    std::string message = "Attributes did not conform to the schema:";
    for (const std::string& name : missing) {
        const bool nested = name == "name" || name == "address";  // as the service prints these two
        message += " " + name + (nested ? ".formatted" : "") + ": The attribute is required";
    }
    refuse(std::move(message));
}

void check_writable(const PoolSettings& settings, const Client& client, const Attributes& given) {
    for (const auto& [name, value] : given) {
        const SchemaAttributeType* attribute = find_attribute(settings, name);
        const bool required = attribute && name != "sub" && attribute->Required.value_or(false);
        if (!required && !client.may_write(name))
            throw Error(Errc::not_authorized, "A client attempted to write unauthorized attribute");
    }
}

std::vector<std::pair<std::string, std::string>> readable_attributes(const Client& client, const User& user) {
    std::vector<std::pair<std::string, std::string>> readable{{"sub", user.id.str()}};
    for (const auto& [name, value] : user.attributes)
        if (client.may_read(name)) readable.emplace_back(name, value);
    return readable;
}

}  // namespace symbolon::directory
