#pragma once

#include "net/router.hpp"
#include "voice/identity.hpp"
#include "voice/lab/lab.hpp"
#include "voice/linking/journey.hpp"

#include <string>

namespace symbolon::voice {

/// The lab by the REST API: what no platform has. Every call carries the assistant's bearer token.
///   GET  /v1/lab/knobs                     rules and faults, their choices
///   GET  PUT DELETE /v1/lab/clock          {"advanceSeconds", "rate"}
///   GET  PUT /v1/skills/{skillId}/lab/knobs         {"FI-01": "refresh", …}, replaces what was chosen
///   GET  /v1/skills/{skillId}/lab/link?account=     state, log, what the skill sent by itself
///   POST /v1/skills/{skillId}/lab/soak              {"days", "account"}
///   POST /v1/skills/{skillId}/lab/streamlined       {"person": {"sub", "email", …}, "create", "account"}
///   GET  /v1/skills/{skillId}/credentials           as the platform has it
class LabRest {
public:
    LabRest(const Identity& identity, Journey& journey, Lab& lab) : identity_(identity), journey_(journey), lab_(lab) {}

    void add_routes(net::Router& router);

private:
    using Request = net::Request;
    using Path = net::PathParameters;
    using Handler = Task<net::Response> (LabRest::*)(Request, Path);

    void add(net::Router& router, net::Method method, std::string pattern, Handler handler);
    Task<net::Response> guarded(Handler handler, Request request, Path path);

    Task<net::Response> list_knobs(Request request, Path path);
    Task<net::Response> get_clock(Request request, Path path);
    Task<net::Response> put_clock(Request request, Path path);
    Task<net::Response> delete_clock(Request request, Path path);
    Task<net::Response> get_behaviour(Request request, Path path);
    Task<net::Response> put_behaviour(Request request, Path path);
    Task<net::Response> get_link(Request request, Path path);
    Task<net::Response> soak(Request request, Path path);
    Task<net::Response> streamlined(Request request, Path path);
    Task<net::Response> get_credentials(Request request, Path path);

    const Identity& identity_;
    Journey& journey_;
    Lab& lab_;
};

}  // namespace symbolon::voice
