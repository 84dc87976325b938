#pragma once

#include "pages/first_factors.hpp"
#include "pages/refusals.hpp"

#include <optional>
#include <string_view>

/// What the pages of first factors have in common. Private to them and the page that they begin on.
namespace symbolon::pages {

inline constexpr std::string_view first_step = "first";  ///< Carried::step

// First factors, as forms and what the browser carries have them.
inline constexpr std::string_view first_password = "PASSWORD";
inline constexpr std::string_view first_passkey = "WEB_AUTHN";
inline constexpr std::string_view first_email = "EMAIL_OTP";
inline constexpr std::string_view first_sms = "SMS_OTP";

/// The question of a factor of these; nothing for another name.
std::optional<signin::ChallengeKind> first_kind_of(std::string_view factor);

/// Whether the person was offered it.
bool was_offered(const Visit& visit, std::string_view factor);
/// Whether there is more than one way.
bool has_other_ways(const Visit& visit);

/// The client as these pages see it: it hides users.
signin::ClientPtr hiding_client(const Visit& visit);

/// Answers with a factor, or has its question asked, in the session that the browser carries; when that is over, in a
/// new one. Fails: as SignIn::choose().
Task<signin::Outcome> choose(Flow& flow, const Visit& visit, signin::FirstFactor factor);

/// What the browser carries from a question on.
Carried carried_first(const Visit& visit, const signin::Challenge& challenge);

/// Has a factor's question asked and goes to its page, or back to the choice with the reason why not.
Task<net::Response> ask_first(Flow& flow, Visit visit, signin::ChallengeKind kind);

/// The choice again, with why.
net::Response back_to_options(const Flow& flow, const Visit& visit, std::string_view error);

/// What every page of these begins with: the account, and the way to the others.
boost::json::object first_context(const Visit& visit);

}  // namespace symbolon::pages
