#pragma once

#include "base/task.hpp"
#include "oauth/authorization.hpp"
#include "pages/visit.hpp"
#include "signin/browser_sessions.hpp"
#include "signin/recovery.hpp"
#include "signin/sign_in.hpp"
#include "signin/sign_up.hpp"
#include "signin/software_token.hpp"

#include <string>
#include <string_view>

namespace symbolon::pages {

/// What the pages drive.
struct Flow {
    signin::Services& services;
    oauth::Authorization& authorization;
    signin::SignIn& sign_in;
    signin::SignUp& sign_up;
    signin::Recovery& recovery;
    signin::BrowserSessionService& sessions;
    signin::SoftwareTokenSetups authenticators;
};

// Second factors, as forms and what the browser carries have them.
inline constexpr std::string_view factor_sms = "SMS_MFA";
inline constexpr std::string_view factor_email = "EMAIL_OTP";
inline constexpr std::string_view factor_app = "SOFTWARE_TOKEN_MFA";
/// The challenge of a factor of these.
signin::ChallengeKind kind_of(std::string_view factor);

/// Sends the browser to another page of ours, carrying `carried`.
net::Response go_to(const Flow& flow, const Visit& visit, std::string_view page, const Carried& carried);

/// After a proof: to the page of the next challenge, or, when every proof is given, with a new session to the client.
Task<net::Response> go_on(Flow& flow, Visit visit, signin::Outcome outcome);

/// Ends the request for a person who is signed in: the client's redirect URI with its code or tokens.
Task<net::Response> finish(Flow& flow, Visit visit, signin::SignedIn signed_in);

/// The same for a person whose session is there already: it goes on as it is.
Task<net::Response> go_on_as(Flow& flow, Visit visit, signin::SignedIn signed_in);

/// Who is signed in in this browser, if that is good enough for the request: because the session is, or because they
/// have just signed in for it (oauth/signed_in_for.hpp). Nothing otherwise. For pages between the sign-in and its end.
Task<std::optional<signin::SignedIn>> find_signed_in(Flow& flow, const Visit& visit);

/// A session that is over (expired, used, locked) cannot be mended on its page: back to the start, with the reason.
net::Response start_again(const Flow& flow, const Visit& visit, Errc code);

/// To the page on which a person without a second factor sets one up. Fails: mfa_method_not_found (by the pages there
/// is no way to).
Task<net::Response> begin_mfa_register(Flow& flow, Visit visit, signin::Challenge challenge);

/// A sign-in that one of our own pages asked for: no client gets anything by it.
bool is_for_us(const oauth::AuthorizationRequest& request);

/// Gives the browser its session.
void keep_session(const Visit& visit, net::Response& response, std::string handle);

/// When a new code may be asked for on a page that was just sent one.
std::int64_t next_resend(const Visit& visit);

// Of links in mails, not of an authorization request.
Task<net::Response> feedback_page(Flow& flow, Visit visit);
Task<net::Response> confirm_user_page(Flow& flow, Visit visit);

// One page a file. Each takes a visit whose authorization request is proven; a POST has passed the CSRF check.
Task<net::Response> sign_in_page(Flow& flow, Visit visit);
Task<net::Response> sign_up_page(Flow& flow, Visit visit);
Task<net::Response> confirm_page(Flow& flow, Visit visit);
Task<net::Response> mfa_page(Flow& flow, Visit visit);
Task<net::Response> mfa_options_page(Flow& flow, Visit visit);
Task<net::Response> mfa_register_page(Flow& flow, Visit visit);
Task<net::Response> new_password_page(Flow& flow, Visit visit);
Task<net::Response> forgot_password_page(Flow& flow, Visit visit);
Task<net::Response> reset_password_page(Flow& flow, Visit visit);

}  // namespace symbolon::pages
