#pragma once

#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"
#include "voice/rest/remembered.hpp"
#include "voice/smart_home/home.hpp"
#include "voice/talk/conversation.hpp"

#include <string>

namespace symbolon::voice {

/// The skill-management REST API for what the assistant has (voice-account-linking.md §1.4 to §1.6), as the platform's
/// own SDK calls it, and what only a local assistant has: people, the log, replay. Every call carries the assistant's
/// bearer token.
class Rest {
public:
    /// What the calls show and do.
    struct Services {
        Journey& journey;
        Conversation& conversation;
        SmartHome& home;
    };
    Rest(const Assistant::Parts& parts, const Identity& identity, Services services, std::string base_url);

    void add_routes(net::Router& router);

private:
    using Request = net::Request;
    using Path = net::PathParameters;
    using Handler = Task<net::Response> (Rest::*)(Request, Path);

    void add(net::Router& router, net::Method method, std::string pattern, Handler handler);
    Task<net::Response> guarded(Handler handler, Request request, Path path);
    Task<Skill> get_skill(std::string id);

    // skills.cpp
    Task<net::Response> list_vendors(Request request, Path path);
    Task<net::Response> list_skills(Request request, Path path);
    Task<net::Response> create_skill(Request request, Path path);
    Task<net::Response> delete_skill(Request request, Path path);
    Task<net::Response> get_manifest(Request request, Path path);
    Task<net::Response> put_manifest(Request request, Path path);
    Task<net::Response> get_status(Request request, Path path);
    // models.cpp
    Task<net::Response> get_model(Request request, Path path);
    Task<net::Response> put_model(Request request, Path path);
    Task<net::Response> profile_nlu(Request request, Path path);
    // linking.cpp
    Task<net::Response> get_linking(Request request, Path path);
    Task<net::Response> put_linking(Request request, Path path);
    Task<net::Response> delete_linking(Request request, Path path);
    Task<net::Response> get_enablement(Request request, Path path);
    Task<net::Response> put_enablement(Request request, Path path);
    Task<net::Response> delete_enablement(Request request, Path path);
    // talking.cpp
    Task<net::Response> simulate(Request request, Path path);
    Task<net::Response> get_simulation(Request request, Path path);
    Task<net::Response> invoke(Request request, Path path);
    Task<net::Response> list_exchanges(Request request, Path path);
    Task<net::Response> replay(Request request, Path path);
    Task<net::Response> get_fixture(Request request, Path path);
    // devices.cpp
    Task<net::Response> list_devices(Request request, Path path);
    Task<net::Response> discover(Request request, Path path);
    Task<net::Response> send_directive(Request request, Path path);
    // people.cpp
    Task<net::Response> list_accounts(Request request, Path path);
    Task<net::Response> put_account(Request request, Path path);
    Task<net::Response> delete_account(Request request, Path path);

    Assistant::Parts parts_;
    const Identity& identity_;
    Services services_;
    std::string base_url_;
    Remembered<boost::json::object> simulations_;  ///< by id
    Remembered<Session> profiles_;                 ///< dialogs of profileNlu, by token
};

}  // namespace symbolon::voice
