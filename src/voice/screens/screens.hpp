#pragma once

#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/events/skill_events.hpp"
#include "voice/identity.hpp"
#include "voice/lab/lab.hpp"
#include "voice/linking/journey.hpp"
#include "voice/screens/linking_form.hpp"
#include "voice/screens/screen.hpp"
#include "voice/smart_home/home.hpp"
#include "voice/talk/conversation.hpp"

#include <string>
#include <vector>

namespace symbolon::voice {

/// The assistant's pages: skills, one skill's configuration, model, devices, log and test console, the companion app,
/// people, and where a linking ends.
class Screens {
public:
    /// What the pages show and do.
    struct Services {
        Journey& journey;
        Conversation& conversation;
        SmartHome& home;
        SkillEvents& events;
        Lab& lab;
    };
    Screens(const Assistant::Parts& parts, const Identity& identity, Services services, std::string base_url,
            Beside beside);

    void add_routes(net::Router& router);

private:
    using Handler = Task<net::Response> (Screens::*)(Visit);

    void add(net::Router& router, net::Method method, std::string pattern, Handler handler);
    Task<net::Response> guarded(Handler handler, net::Request request, net::PathParameters path);
    net::Response show_refusal(const Visit& visit, const Error& error);
    /// The skill that the visit is about. Fails: resource_not_found.
    Task<SkillView> load(const Visit& visit);
    net::Response back_to(const std::string& path) const;

    // skill_screens.cpp
    Task<net::Response> skills(Visit visit);
    Task<net::Response> make_skill(Visit visit);
    Task<net::Response> skill(Visit visit);
    Task<net::Response> save_skill(Visit visit);
    /// `refused`: a form that could not be saved, or null.
    net::Response show_skill(const Visit& visit, const SkillView& view, const LinkingForm* refused);
    // talk_screens.cpp: in the console and in the companion app
    Task<net::Response> ask_console(Visit visit);
    Task<net::Response> ask_app(Visit visit);
    Task<void> talk(const Visit& visit, Skill skill);
    // app_screens.cpp
    Task<net::Response> app(Visit visit);
    Task<net::Response> save_permissions(Visit visit);
    // linking_screens.cpp
    Task<net::Response> begin_linking(Visit visit);
    Task<net::Response> end_linking(Visit visit);
    Task<net::Response> unlink(Visit visit);
    /// `go_on_url`: how the person goes on where this way did not link; "" when there is none but trying again.
    net::Response show_outcome(const Visit& visit, const LinkOutcome& outcome, const std::string& skill_name,
                               const std::string& go_on_url = {});
    // google_screens.cpp
    Task<net::Response> google(Visit visit);
    Task<net::Response> link_with_google(Visit visit);
    // model_screens.cpp
    Task<net::Response> model(Visit visit);
    Task<net::Response> save_model(Visit visit);
    Task<net::Response> save_manifest(Visit visit);
    /// `model_json`: what the field shows; `problems`: why it was not saved.
    net::Response show_model(const Visit& visit, const SkillView& view, const std::string& locale,
                             std::string model_json, const std::vector<ModelProblem>& problems);
    // log_screens.cpp
    Task<net::Response> log(Visit visit);
    Task<net::Response> exchange(Visit visit);
    Task<net::Response> replay(Visit visit);
    Task<net::Response> fixture(Visit visit);
    // device_screens.cpp
    Task<net::Response> devices(Visit visit);
    Task<net::Response> discover(Visit visit);
    Task<net::Response> send_directive(Visit visit);
    // lab_screens.cpp
    Task<net::Response> lab(Visit visit);
    Task<net::Response> change_lab(Visit visit);
    Task<net::Response> show_lab(Visit visit, std::optional<SoakReport> report);
    // people_screens.cpp
    Task<net::Response> people(Visit visit);
    Task<net::Response> save_person(Visit visit);
    Task<net::Response> choose_person(Visit visit);

    Assistant::Parts parts_;
    const Identity& identity_;
    Services services_;
    std::string base_url_;
    Beside beside_;
};

/// Adds `trace`: what happened on the way to a link, step by step.
void add_trace(boost::json::object& context, const std::vector<LinkStep>& steps);

inline constexpr int see_other = 303;  ///< to a page after a form

}  // namespace symbolon::voice
