#pragma once

#include "triggers/call.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

/// What is asked of each trigger beyond a Call, and what it may answer. Spec: cognito-api.md §6.2, §6.3.
namespace symbolon::triggers {

enum class PreSignUpSource { sign_up, admin_create_user, external_provider };
enum class PostConfirmationSource { confirm_sign_up, confirm_forgot_password };
enum class TokenSource {
    hosted_auth,
    authentication,
    new_password_challenge,
    authenticate_device,
    refresh_tokens,
    client_credentials
};
enum class MigrationSource { authentication, forgot_password };
enum class MessageSource {
    sign_up,
    resend_code,
    forgot_password,
    update_user_attribute,
    verify_user_attribute,
    admin_create_user,
    authentication,
    account_take_over_notification  ///< custom e-mail sender only
};

struct PreSignUpAnswer {
    bool auto_confirm = false;
    bool auto_verify_email = false;
    bool auto_verify_phone = false;
};

/// One step of a custom sign-in that was taken: an element of request.session.
struct ChallengeResult {
    std::string name;  ///< CUSTOM_CHALLENGE, SRP_A, PASSWORD_VERIFIER, SMS_MFA, …
    bool passed = false;
    std::string metadata = {};  ///< what the create hook gave; "" : null
};

/// Issue, fail or go on with a challenge: at most one of them; none of them is refused by who asked (§3.5, 4.).
struct DefineAuthAnswer {
    std::string challenge_name = {};  ///< "" when none is named
    bool issue_tokens = false;
    bool fail = false;
};

struct CreateAuthAnswer {
    Attributes public_parameters = {};
    Attributes private_parameters = {};  ///< never leave the server
    std::string metadata = {};
};

enum class TokenVersion { v1, v2, v3 };

struct Groups {
    std::vector<std::string> names = {};
    std::vector<std::string> roles = {};
    std::string preferred_role = {};  ///< "" : null
};

struct TokenQuestion {
    TokenVersion version = TokenVersion::v1;
    TokenSource source = TokenSource::authentication;
    Groups groups = {};
    std::vector<std::string> scopes = {};  ///< from V2 on
};

/// What to change in one token. Which claims may be changed at all is for the issuer to say.
struct ClaimChanges {
    boost::json::object add = {};  ///< V1: strings only
    std::vector<std::string> suppress = {};
};

struct TokenAnswer {
    ClaimChanges id_token = {};
    ClaimChanges access_token = {};  ///< empty in V1
    std::vector<std::string> scopes_to_add = {};
    std::vector<std::string> scopes_to_suppress = {};
    std::optional<Groups> groups = {};  ///< set: they replace the user's, in both tokens; empty ones are left out
};

/// A user whom another system knows. Its password is the one that was typed, if any.
struct MigratedUser {
    Attributes attributes = {};
    bool confirmed = false;  ///< finalUserStatus CONFIRMED; else RESET_REQUIRED
    bool suppress_message = true;
    std::vector<std::string> media = {};  ///< SMS | EMAIL
    bool force_alias = false;
    bool enable_sms_mfa = false;
};

/// Texts with `{####}` where the code goes; nothing: the pool's own.
struct MessageAnswer {
    std::optional<std::string> sms = {};
    std::optional<std::string> email_subject = {};
    std::optional<std::string> email_body = {};
};

/// What an identity provider said, before it is mapped to attributes. `attributes` is {tokenResponse, idToken,
/// userInfo} or {samlResponse}.
struct FederationQuestion {
    std::string provider_name = {};
    std::string provider_type = {};
    boost::json::object attributes = {};
};

}  // namespace symbolon::triggers
