#pragma once

#include "net/router.hpp"
#include "voice/assistant.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"
#include "voice/talk/conversation.hpp"

#include <string>

namespace symbolon::voice {

/// The skill-management REST API for what the assistant has (voice-account-linking.md §1.4 to §1.6): skills, manifests,
/// interaction models, the account-linking client, enablement, invocation. Every call carries the assistant's bearer
/// token.
class Rest {
public:
    Rest(const Assistant::Parts& parts, const Identity& identity, Journey& journey, Conversation& conversation,
         std::string base_url);

    void add_routes(net::Router& router);

private:
    using Request = net::Request;
    using Path = net::PathParameters;
    using Handler = Task<net::Response> (Rest::*)(Request, Path);

    void add(net::Router& router, net::Method method, std::string pattern, Handler handler);
    Task<net::Response> guarded(Handler handler, Request request, Path path);
    Task<Skill> get_skill(std::string id);

    Task<net::Response> list_skills(Request request, Path path);
    Task<net::Response> create_skill(Request request, Path path);
    Task<net::Response> delete_skill(Request request, Path path);
    Task<net::Response> get_manifest(Request request, Path path);
    Task<net::Response> put_manifest(Request request, Path path);
    Task<net::Response> get_model(Request request, Path path);
    Task<net::Response> put_model(Request request, Path path);
    Task<net::Response> get_linking(Request request, Path path);
    Task<net::Response> put_linking(Request request, Path path);
    Task<net::Response> delete_linking(Request request, Path path);
    Task<net::Response> get_enablement(Request request, Path path);
    Task<net::Response> put_enablement(Request request, Path path);
    Task<net::Response> delete_enablement(Request request, Path path);
    Task<net::Response> simulate(Request request, Path path);

    Assistant::Parts parts_;
    const Identity& identity_;
    Journey& journey_;
    Conversation& conversation_;
    std::string base_url_;
};

}  // namespace symbolon::voice
