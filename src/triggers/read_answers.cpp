#include "triggers/read_answers.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::triggers {
namespace {

// Unicode characters; cognito-api.md §7.1.
constexpr std::size_t longest_sms = 140;
constexpr std::size_t longest_subject = 140;
constexpr std::size_t longest_mail = 20000;

/// Nothing is no change; null and an empty object take all groups away (§6.3).
std::optional<Groups> read_groups(const Response& details) {
    if (!details.has("groupOverrideDetails")) return std::nullopt;
    const auto part = details.get_part("groupOverrideDetails");
    return Groups{.names = part.get_texts("groupsToOverride"),
                  .roles = part.get_texts("iamRolesToOverride"),
                  .preferred_role = part.get_text("preferredRole").value_or("")};
}

ClaimChanges read_changes(const Response& part) {
    auto added = part.get_object("claimsToAddOrOverride");
    return {.add = added ? std::move(*added) : boost::json::object(), .suppress = part.get_texts("claimsToSuppress")};
}

void check_length(const std::optional<std::string>& text, std::size_t longest, std::string_view name) {
    if (text && count_characters(*text).value_or(longest + 1) > longest)
        refuse_answer(std::string(name) + " is longer than " + std::to_string(longest) + " characters");
}

void check_placeholders(const std::optional<std::string>& text, std::string_view name, bool is_invitation) {
    if (!text) return;
    const bool has_place = text->find("{####}") != std::string::npos || text->find("{##") != std::string::npos;
    if (!has_place) refuse_answer(std::string(name) + " lacks the code parameter {####}");
    if (is_invitation && text->find("{username}") == std::string::npos)
        refuse_answer(std::string(name) + " lacks the user name parameter {username}");
}

}  // namespace

DefineAuthAnswer read_define(const Response& answer) {
    return {.challenge_name = answer.get_text("challengeName").value_or(""),
            .issue_tokens = answer.get_flag("issueTokens"),
            .fail = answer.get_flag("failAuthentication")};
}

TokenAnswer read_claims(const Response& answer) {
    const auto details = answer.get_part("claimsOverrideDetails");
    details.get_map("claimsToAddOrOverride");  // strings only
    return {.id_token = read_changes(details), .groups = read_groups(details)};
}

TokenAnswer read_claims_and_scopes(const Response& answer) {
    const auto details = answer.get_part("claimsAndScopeOverrideDetails");
    const auto access = details.get_part("accessTokenGeneration");
    return {.id_token = read_changes(details.get_part("idTokenGeneration")),
            .access_token = read_changes(access),
            .scopes_to_add = access.get_texts("scopesToAdd"),
            .scopes_to_suppress = access.get_texts("scopesToSuppress"),
            .groups = read_groups(details)};
}

std::optional<MigratedUser> read_migrated_user(const Response& answer) {
    MigratedUser user;
    user.attributes = answer.get_map("userAttributes");
    if (user.attributes.empty()) return std::nullopt;
    const auto status = answer.get_text("finalUserStatus").value_or("RESET_REQUIRED");
    if (status != "CONFIRMED" && status != "RESET_REQUIRED") refuse_answer("finalUserStatus is not a known status");
    const auto action = answer.get_text("messageAction").value_or("");
    if (!action.empty() && action != "SUPPRESS" && action != "RESEND")
        refuse_answer("messageAction is not a known action");
    user.confirmed = status == "CONFIRMED";
    user.suppress_message = action == "SUPPRESS";
    user.media = answer.get_texts("desiredDeliveryMediums");
    user.force_alias = answer.get_flag("forceAliasCreation");
    user.enable_sms_mfa = answer.get_flag("enableSMSMFA");
    return user;
}

MessageAnswer read_message(const Response& answer, bool is_invitation) {
    MessageAnswer message{.sms = answer.get_text("smsMessage"),
                          .email_subject = answer.get_text("emailSubject"),
                          .email_body = answer.get_text("emailMessage")};
    check_length(message.sms, longest_sms, "smsMessage");
    check_length(message.email_subject, longest_subject, "emailSubject");
    check_length(message.email_body, longest_mail, "emailMessage");
    check_placeholders(message.sms, "smsMessage", is_invitation);
    check_placeholders(message.email_body, "emailMessage", is_invitation);
    return message;
}

}  // namespace symbolon::triggers
