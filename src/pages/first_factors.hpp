#pragma once

#include "pages/flow.hpp"

#include <string>

/// Sign-in by choice (USER_AUTH, cognito-api.md §3.6): the name first, then one of the factors that the person has.
/// Nobody is told who exists: a name that names nobody is asked what somebody with a password is, whatever the client
/// says about it.
///
///     /login ── /login/options ─┬─ /login/password ─┐
///                               ├─ /login/code ─────┼─ second factors, or the end (flow)
///                               └─ /login/passkey ──┘
namespace symbolon::pages {

/// Whether the name alone is asked for first: the pool has more first factors than the password, and the client allows
/// the choice.
bool chooses_factor(const Visit& visit);

/// From the name on: to what that person may choose from.
Task<net::Response> begin_choice(Flow& flow, Visit visit, std::string login);

/// Whether a challenge is asked on one of these pages.
bool is_first_question(signin::ChallengeKind kind);
/// The way to its page; a passkey's is shown at once, since what the browser is to sign is not carried about.
net::Response show_first_question(const Flow& flow, Visit visit, signin::Challenge challenge);

Task<net::Response> first_options_page(Flow& flow, Visit visit);
Task<net::Response> first_password_page(Flow& flow, Visit visit);
Task<net::Response> first_code_page(Flow& flow, Visit visit);
Task<net::Response> first_passkey_page(Flow& flow, Visit visit);

}  // namespace symbolon::pages
