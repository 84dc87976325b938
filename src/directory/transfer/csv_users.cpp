#include "directory/transfer/csv_users.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/password.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/new_user.hpp"
#include "directory/pool_rules.hpp"
#include "directory/user_names.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view username_column = "cognito:username";
constexpr std::string_view mfa_column = "cognito:mfa_enabled";
constexpr std::string_view hash_column = "password_hash";

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string trimmed(std::string_view value) {
    constexpr std::string_view blanks = " \t";
    const auto first = value.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(value.substr(first, value.find_last_not_of(blanks) - first + 1));
}

/// Takes a value out of a row; "" when there is none.
std::string take(Attributes& row, std::string_view column) {
    const auto found = row.find(column);
    if (found == row.end()) return {};
    std::string value = std::move(found->second);
    row.erase(found);
    return value;
}

std::string lower_ascii(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

/// mm/dd/yyyy, as the service's files have it, becomes yyyy-mm-dd, as tokens have it.
std::string to_birthdate(const std::string& value) {
    constexpr std::string_view form = "dd/dd/dddd";
    constexpr std::string_view iso_form = "dddd-dd-dd";
    const auto has_form = [&](std::string_view wanted) {
        const auto fits = [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; };
        return std::equal(value.begin(), value.end(), wanted.begin(), wanted.end(), fits);
    };
    if (has_form(iso_form)) return value;
    if (!has_form(form)) refuse("birthdate must be mm/dd/yyyy.");
    return value.substr(6) + '-' + value.substr(0, 2) + '-' + value.substr(3, 2);
}

/// The attributes as the API takes them.
void to_api_form(const PoolSettings& settings, Attributes& row) {
    for (auto& [name, value] : row) {
        const SchemaAttributeType* attribute = find_attribute(settings, name);
        if (attribute && attribute->AttributeDataType == AttributeDataType::Boolean) value = lower_ascii(value);
        if (name == "birthdate") value = to_birthdate(value);
    }
    // A file says of every user whether an address is verified, also of those who have none.
    for (const std::string contact : {"email", "phone_number"}) {
        const auto flag = row.find(contact + "_verified");
        if (flag != row.end() && flag->second == "false" && !row.contains(contact)) row.erase(flag);
    }
}

std::string check_username(std::string name) {
    if (name.empty()) refuse("cognito:username is missing.");
    const auto length = count_characters(name);
    if (!length || *length > shape::Username::max) refuse("cognito:username is longer than 128 characters.");
    return name;
}

/// Spec: cognito-api.md §7.2: true for all where a second factor is required, false where there is none.
MfaPreference check_mfa(const Pool& pool, const User& user, const std::string& text) {
    const std::string value = lower_ascii(text);
    if (value != "true" && value != "false") refuse("cognito:mfa_enabled must be true or false.");
    const bool enabled = value == "true";
    if (!enabled && pool.mfa_required()) refuse("cognito:mfa_enabled must be true: the pool requires a second factor.");
    if (enabled && !pool.mfa_possible()) refuse("cognito:mfa_enabled must be false: the pool has no second factor.");
    const bool has_phone = !user.attribute("phone_number").empty();
    if (enabled && !has_phone && !pool.mfa_required())
        refuse("cognito:mfa_enabled is true, and there is no phone_number that a code could be sent to.");
    if (!enabled || !has_phone) return {};
    return {.enabled = {MfaFactor::SMS_MFA}, .preferred = MfaFactor::SMS_MFA};
}

/// Without a password of its own a user gets one for a code, which goes to a verified address.
void check_recoverable(const Pool& pool, const User& user) {
    std::string wanted;
    for (const std::string contact : {"email", "phone_number"}) {
        if (!pool.auto_verifies(contact)) continue;
        if (user.is_verified(contact)) return;
        wanted += (wanted.empty() ? "" : " or ") + contact + "_verified";
    }
    if (wanted.empty()) refuse("The pool verifies no addresses, so that users need a password_hash.");
    refuse(wanted + " must be true for a user without password_hash.");
}

}  // namespace

std::vector<std::string> csv_header(const PoolSettings& settings) {
    std::vector<std::string> header;
    const auto schema = settings.SchemaAttributes.value_or(List<SchemaAttributeType>(standard_schema()));
    for (const SchemaAttributeType& attribute : schema)
        if (attribute.Name && attribute.Name->str() != "sub") header.push_back(attribute.Name->str());
    header.emplace_back(mfa_column);
    header.emplace_back(username_column);
    return header;
}

CsvUsers::CsvUsers(const Pool& pool, const std::vector<std::string>& header) : pool_(pool) {
    const auto known = csv_header(pool.settings);
    for (const std::string& name : header) {
        std::string column = trimmed(name);
        if (!holds(known, column) && column != hash_column)
            refuse("Column " + std::to_string(columns_.size() + 1) + " is no attribute of the pool.");
        if (holds(columns_, column)) refuse("There are two columns " + column + ".");
        columns_.push_back(std::move(column));
    }
    for (const auto required : {username_column, mfa_column})
        if (!holds(columns_, required)) refuse("There is no column " + std::string(required) + ".");
}

User CsvUsers::to_user(const std::vector<std::string>& row, UserId id, Instant now) const {
    if (row.size() != columns_.size())
        refuse("The row has " + std::to_string(row.size()) + " values for " + std::to_string(columns_.size()) +
               " columns.");
    Attributes given;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (auto value = trimmed(row[i]); !value.empty()) given.emplace(columns_[i], std::move(value));
    const std::string username = check_username(take(given, username_column));
    const std::string mfa = take(given, mfa_column);
    std::string hash = take(given, hash_column);
    to_api_form(pool_.settings, given);

    User user = check_new_user(pool_, username, given);
    check_required_attributes(pool_.settings, user.attributes);
    user.id = std::move(id);
    if (user.username.empty()) user.username = user.id.str();
    user.created = user.modified = now;
    user.mfa = check_mfa(pool_, user, mfa);
    if (hash.empty()) {
        check_recoverable(pool_, user);
        user.status = UserStatus::RESET_REQUIRED;
    } else {
        crypto::check_password_hash(hash);
        user.status = UserStatus::CONFIRMED;
        user.password_hash = std::move(hash);
    }
    // A name of invisible characters is none. A phone number or an e-mail address is one.
    if (!pool_.username_is_attribute() && !make_name(pool_, "username", user.username))
        refuse("The user has no name to sign in with.");
    return user;
}

}  // namespace symbolon::directory::transfer
