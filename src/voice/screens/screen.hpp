#pragma once

#include "net/form.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/skill.hpp"
#include "voice/talk/accounts.hpp"
#include "voice/talk/conversation.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// One request of a person to the assistant's pages.
struct Visit {
    net::Request request;
    net::PathParameters path;
    net::Form query;
    net::Form form;
    std::string browser;  ///< the browser's handle, and its CSRF token
    std::string account;  ///< who sits at it, as its cookie says
    bool new_browser = false;
};

/// Reads cookies and form. Fails: invalid_parameter.
Visit begin_visit(net::Request request, net::PathParameters path, crypto::Random& random);
/// A visit that only reads: no form, no cookie of its own.
Visit visit_of(net::Request request);
/// True when the POST came from one of our own pages: the form's token is the cookie's, and the browser does not say
/// that a page of another origin sent it. `base_url`: of the assistant.
bool is_from_our_page(const Visit& visit, const std::string& base_url);

/// Adds the browser's handle if it is new.
void keep_browser(const Visit& visit, net::Response& response);

/// The cookie that names who sits at the browser.
inline constexpr std::string_view account_cookie = "assistant-account";

/// A skill with all that pages show of it.
struct SkillView {
    Skill skill;
    std::optional<StoredLinking> linking;
    std::optional<Enablement> enablement;
    Account account;                   ///< who looks at it
    InteractionModel model;            ///< in the account's language
    std::string locale;                ///< in which the account speaks to it
    std::vector<std::string> granted;  ///< permissions
    std::vector<Exchange> exchanges;   ///< the latest of the log, the latest first
};

/// What every page's context begins with. `base_url`: of the assistant.
boost::json::object screen_context(const Visit& visit, const std::string& base_url, const Beside& beside);
/// Adds `skill`, `link`, `ask`, `talk`, `last` and the addresses of the skill's pages (web/assistant/README.md).
void add_skill(boost::json::object& context, const Visit& visit, const SkillView& view, const std::string& base_url);
boost::json::object link_context(const SkillView& view);
/// `session` of pages that talk: an open one.
boost::json::object session_context(const Conversation::OpenSession& session);

/// Renders a template of web/assistant with the headers that every page has.
net::Response screen_response(const Visit& visit, int status, std::string_view page,
                              const boost::json::object& context);

}  // namespace symbolon::voice
