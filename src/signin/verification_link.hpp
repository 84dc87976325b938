#pragma once

#include "messaging/message.hpp"
#include "signin/sending.hpp"

#include <string>
#include <string_view>

/// Mails that verify an address by a click instead of a code (DefaultEmailOption CONFIRM_WITH_LINK): those of a
/// sign-up, first or sent again; all others have a code. Spec: cognito-api.md §7.1.
namespace symbolon::signin {

/// Puts the link in the place of the code, with the texts EmailSubjectByLink and EmailMessageByLink. Does nothing to
/// another message.
void verify_by_link(messaging::Message& message, const PublicNames& names, const CodeOrder& order,
                    const OneTimeCode& code);

/// A template with each `{##label##}` made a link: with markup for HTML, else the label and the address.
enum class Markup { html, none };
std::string fill_links(std::string_view text, std::string_view link, Markup markup);

}  // namespace symbolon::signin
