#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::signin {

/// How often people may try, and how much may be sent. Counted in the database, so that every node counts alike. Where
/// the service's numbers are known they are its numbers (cognito-api.md §3.13); the caps on sending are ours: they
/// bound what a script can cost that makes us send texts to numbers that pay it (toll fraud).
struct Limits {
    // Guesses.
    int tries_per_code = 5;              ///< then the code is dead
    int mfa_guesses_per_hour = 20;       ///< of a user: beginning anew gives no further guesses
    int otp_guesses_per_hour = 20;       ///< of a user, known or not: codes in place of a password
    int confirmations_per_hour = 15;     ///< of a user: ConfirmSignUp
    int recovery_guesses_per_hour = 15;  ///< of a user: ConfirmForgotPassword
    int password_changes_per_hour = 5;   ///< of a user
    int migrations_per_hour = 10;        ///< of a login that names nobody: the pool's migration hook is asked

    int attribute_guesses_per_hour = 15;       ///< of a user: VerifyUserAttribute
    int software_token_guesses_per_hour = 15;  ///< of a user: VerifySoftwareToken

    // Messages a user may ask for.
    int attribute_codes_per_hour = 5;     ///< GetUserAttributeVerificationCode
    int attribute_changes_per_hour = 10;  ///< changes of a number or address that send a code
    int resends_per_hour = 5;             ///< of a sign-up code, and of the code of one's second factor
    int recoveries_per_hour = 10;         ///< ForgotPassword

    // Messages that are sent, whoever asked.
    int sends_per_destination = 10;      ///< an hour, to one number or address, asked for by people who proved nothing
    int mfa_sends_per_destination = 30;  ///< an hour, to one number, after a right password
    int sends_per_client_address = 30;   ///< an hour, asked for from one client address (not loopback) without a proof
    int sends_per_pool = 10000;          ///< a day
    // Numbers that cost their callers much come in ranges: ten thousand that differ in the last four digits alone.
    int sends_per_range = 200;       ///< texts an hour, for people who proved nothing; a pool may say otherwise
    int mfa_sends_per_range = 2000;  ///< the same after a right password: nobody uses up what others need to sign in
    std::vector<std::string> text_prefixes = {};  ///< where texts of any pool may go, e.g. +44; empty: everywhere
};

inline constexpr std::chrono::seconds hour{3600};
inline constexpr std::chrono::seconds day{86400};

inline constexpr std::chrono::seconds sign_up_code_life = std::chrono::hours(24);
inline constexpr std::chrono::seconds recovery_code_life = std::chrono::hours(1);
inline constexpr int code_digits = 6;
inline constexpr int first_factor_code_digits = 8;  ///< of a code in place of a password

/// What is counted: the `kind` of directory::Attempts.
namespace counted {
inline constexpr std::string_view password = "password";
inline constexpr std::string_view mfa_guess = "mfa_guess";
inline constexpr std::string_view otp_guess = "otp_guess";
inline constexpr std::string_view mfa_resend = "mfa_resend";
inline constexpr std::string_view confirmation = "confirmation";
inline constexpr std::string_view confirmation_resend = "confirmation_resend";
inline constexpr std::string_view recovery = "recovery";
inline constexpr std::string_view recovery_guess = "recovery_guess";
inline constexpr std::string_view password_change = "password_change";
inline constexpr std::string_view migration = "migration";
inline constexpr std::string_view attribute_guess = "attribute_guess";
inline constexpr std::string_view attribute_code = "attribute_code";
inline constexpr std::string_view attribute_change = "attribute_change";
inline constexpr std::string_view software_token_setup = "software_token_setup";
inline constexpr std::string_view send_to = "send_to";
inline constexpr std::string_view send_mfa_to = "send_mfa_to";
inline constexpr std::string_view send_to_range = "send_to_range";
inline constexpr std::string_view send_mfa_to_range = "send_mfa_to_range";
inline constexpr std::string_view send_from = "send_from";
inline constexpr std::string_view send_of_pool = "send_of_pool";
}  // namespace counted

}  // namespace symbolon::signin
