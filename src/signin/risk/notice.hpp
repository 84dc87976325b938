#pragma once

#include "db/transaction.hpp"
#include "signin/challenge.hpp"
#include "signin/risk/origin.hpp"

#include <map>
#include <string>
#include <string_view>

/// The mail that tells a user of a risky sign-in (NotifyConfiguration). Spec: cognito-api.md §5.11, §6.3, §7.1.
namespace symbolon::signin {

enum class Notice { blocked, second_factor, no_action };

/// Enqueues it, for a user with a verified address, where the configuration in force says from whom. `event` is the
/// sign-in in the history, which the mail's links rate.
void notify(const Context& context, db::Transaction& tx, const directory::User& user, const std::string& event,
            Notice notice);

/// A template with its placeholders (`{ip-address}`, `{login-time}`, …) filled in, each where it stands in the
/// template: what is filled in is not looked at again. What is not in `values` stays as it is.
std::string fill_placeholders(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

}  // namespace symbolon::signin
