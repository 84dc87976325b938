#include "base/error.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/grants/pipeline.hpp"
#include "oauth/pushed_requests.hpp"
#include "oauth/unproven_requests.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::oauth {
namespace {

/// What proves the client is no part of what it asks for.
constexpr std::array<std::string_view, 3> proofs{"client_secret", "client_assertion", "client_assertion_type"};

net::Response refusal(const PushRefused& refused) {
    boost::json::object body{{"error", refused.error}};
    if (!refused.description.empty()) body["error_description"] = refused.description;
    return net::json(400, body);
}

}  // namespace

/// RFC 9126 §2. The client proves itself as at the token endpoint; its DPoP key binds the code (RFC 9449 §10.1).
Task<net::Response> serve_pushed_authorization(Doors& doors, Site site, net::Request request) {
    auto form = parse_posted_form(request, "resource");
    auto client = co_await doors.clients.authenticate(site, request, form);
    co_await count_unproven_request(doors.services, client, request.client_address);
    for (const auto proof : proofs) form.remove(proof);
    if (request.headers.find("DPoP")) {
        const bool with_nonce = directory::is_on(client->extensions.require_dpop_nonce);
        std::string no_token;
        const auto key = co_await doors.dpop.check(site, request, std::move(no_token), with_nonce);
        const auto named = form.get("dpop_jkt");
        if (!named.empty() && named != key) {
            throw Error{Errc::oauth_invalid_dpop_proof, "The proof is of another key than dpop_jkt."};
        }
        form.set("dpop_jkt", key);
    }
    auto outcome = co_await doors.authorization.push(std::move(site), std::move(client), std::move(form));
    if (const auto* refused = std::get_if<PushRefused>(&outcome)) co_return refusal(*refused);
    const boost::json::object body{{"request_uri", std::get<std::string>(outcome)},
                                   {"expires_in", pushed_request_life.count()}};
    co_return net::json(201, body);
}

}  // namespace symbolon::oauth
