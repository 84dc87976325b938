#pragma once

#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"
#include "voice/screens/linking_form.hpp"
#include "voice/screens/screen.hpp"
#include "voice/talk/conversation.hpp"

#include <string>

namespace symbolon::voice {

/// The assistant's pages: skills, one skill's configuration and test console, the companion app, and where a linking
/// ends.
class Screens {
public:
    Screens(const Assistant::Parts& parts, const Identity& identity, Journey& journey, Conversation& conversation,
            std::string base_url, Beside beside);

    void add_routes(net::Router& router);

private:
    using Handler = Task<net::Response> (Screens::*)(Visit);

    void add(net::Router& router, net::Method method, std::string pattern, Handler handler);
    Task<net::Response> guarded(Handler handler, net::Request request, net::PathParameters path);

    Task<net::Response> skills(Visit visit);
    Task<net::Response> skill(Visit visit);
    Task<net::Response> save_skill(Visit visit);
    Task<net::Response> ask_console(Visit visit);
    Task<net::Response> app(Visit visit);
    Task<net::Response> ask_app(Visit visit);
    Task<net::Response> begin_linking(Visit visit);
    Task<net::Response> end_linking(Visit visit);
    Task<net::Response> unlink(Visit visit);

    Task<SkillView> load(std::string skill_id);
    Task<void> ask(const Visit& visit, Skill skill);
    /// `refused`: a form that could not be saved, or null.
    net::Response show_skill(const Visit& visit, const SkillView& view, const LinkingForm* refused);
    net::Response show_outcome(const Visit& visit, const LinkOutcome& outcome, const std::string& skill_name);

    Assistant::Parts parts_;
    const Identity& identity_;
    Journey& journey_;
    Conversation& conversation_;
    std::string base_url_;
    Beside beside_;
};

}  // namespace symbolon::voice
