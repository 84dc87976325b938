#pragma once

#include "net/form.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/skill.hpp"
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

/// A skill with all that pages show of it.
struct SkillView {
    Skill skill;
    std::optional<StoredLinking> linking;
    std::optional<Enablement> enablement;
    std::optional<Exchange> last;
};

/// What every page's context begins with. `base_url`: of the assistant.
boost::json::object screen_context(const Visit& visit, const std::string& base_url, const Beside& beside);
/// Adds `skill`, `link`, `ask` and `last` (web/assistant/README.md).
void add_skill(boost::json::object& context, const SkillView& view, const std::string& base_url);
boost::json::object link_context(const SkillView& view);

/// Renders a template of web/assistant with the headers that every page has.
net::Response screen_response(const Visit& visit, int status, std::string_view page,
                              const boost::json::object& context);

}  // namespace symbolon::voice
