#include "net/form.hpp"
#include "oauth/authorization.hpp"
#include "oauth/checks/check.hpp"

#include <algorithm>
#include <utility>

// How an authorization request gets from what a browser or a client brings to a checked one: where its parameters are,
// and then the checks.
namespace symbolon::oauth {
namespace {

constexpr std::size_t max_parameters = 100;
constexpr std::size_t max_client_id = 128;

/// Names of what says where the parameters are. Twice, they would say two things.
bool is_ambiguous(const net::Form& query) {
    const auto is_repeated = [&](std::string_view name) { return query.count(name) > 1; };
    return is_repeated("request") || is_repeated("request_uri") || (query.find("request") && query.find("request_uri"));
}

/// A pushed request is refused to the client, which has no page: as its own request (RFC 9126 §2.3).
PushRefused to_push_refusal(Refusal refusal) {
    if (refusal.error == "redirect_mismatch") return {"invalid_request", std::move(refusal.description)};
    return {std::move(refusal.error), std::move(refusal.description)};
}

/// The request object that the query holds, or names. No ?: here: g++ 12 destroys what is awaited in it twice.
Task<RequestObject> read_object(directory::Catalog& catalog, RequestObjects& objects, Site site, net::Form query) {
    const auto id = query.get("client_id");
    signin::ClientPtr client;
    if (!id.empty() && id.size() <= max_client_id && query.count("client_id") == 1) {
        client = co_await catalog.find_client(ClientId(id));
    }
    if (!client || client->pool_id != site.pool->id) {
        co_return RefusedRequestObject{"invalid_request", "Nobody's request object."};
    }
    auto text = query.get("request");
    if (!text.empty()) co_return co_await objects.read(std::move(client), site.issuer, std::move(text));
    co_return co_await objects.fetch(std::move(client), site.issuer, query.get("request_uri"));
}

}  // namespace

/// Where the parameters of a request were found, and which they are.
struct Authorization::Parameters {
    net::Form form;
    Origin origin = {};
    std::string request_uri = {};  ///< of a kept request
    bool by_object = false;
};

Task<CheckedRequest> Authorization::begin(Site site, std::string query) {
    return run(std::move(site), std::move(query), Arrival::begins);
}

Task<CheckedRequest> Authorization::check(Site site, std::string query) {
    return run(std::move(site), std::move(query), Arrival::goes_on);
}

Task<CheckedRequest> Authorization::run(Site site, std::string query, Arrival arrival) {
    auto form = net::Form::parse(query, max_parameters);
    auto parameters = co_await resolve(site, std::move(form), arrival);
    const bool by_object = parameters.by_object;
    auto request_uri = parameters.request_uri;
    auto drafted = co_await draft(site, std::move(parameters));
    drafted.request.query = by_object ? drafted.parameters.encode() : std::move(query);
    drafted.request.request_uri = std::move(request_uri);
    drafted.request.by_object = by_object;
    auto checked = run_checks(std::move(drafted));
    if (auto* request = std::get_if<AuthorizationRequest>(&checked)) co_return std::move(*request);
    auto& [refusal, proven, refused] = std::get<Refused>(checked);
    if (proven) co_return ErrorRedirect{refuse(site, refused.request, refusal.error, refusal.description)};
    // Without parameters nothing is proven: the reason is that they were not taken.
    if (refused.origin.refused && refused.named_client) refusal = std::move(*refused.origin.refused);
    co_return ErrorPage{std::move(refusal.error), std::move(refusal.description),
                        refused.named_client ? refused.named_client->id.str() : std::string{}};
}

Task<Authorization::Parameters> Authorization::resolve(Site site, net::Form query, Arrival arrival) {
    Parameters parameters{query};
    const auto request_uri = query.get("request_uri");
    if (is_ambiguous(query)) {
        parameters.origin.refused = Refusal{"invalid_request", "The request is given in two ways."};
    } else if (request_uri.starts_with(pushed_request_prefix)) {
        auto kept = co_await pushed_.find(site.pool->id, query.get("client_id"), request_uri, arrival);
        if (!kept) {
            parameters.origin.refused = Refusal{"invalid_request_uri", "The request_uri is unknown, used or expired."};
            co_return parameters;
        }
        parameters.form = net::Form::parse(*kept, max_parameters);
        parameters.origin.pushed = parameters.origin.is_signed = true;  // as far as it had to be: it was checked
        parameters.request_uri = request_uri;
    } else if (!request_uri.empty() || query.find("request")) {
        // A page of ours is only ever given what was kept.
        if (arrival == Arrival::begins) co_return co_await resolve_object(std::move(site), std::move(query));
        parameters.origin.refused = Refusal{"invalid_request", "A request object belongs to the authorize endpoint."};
    }
    co_return parameters;
}

Task<Authorization::Parameters> Authorization::resolve_object(Site site, net::Form query) {
    Parameters parameters{query};
    auto object = co_await read_object(services_.catalog, objects_, std::move(site), std::move(query));
    if (auto* refused = std::get_if<RefusedRequestObject>(&object)) {
        parameters.origin.refused = Refusal{std::move(refused->error), std::move(refused->description)};
        co_return parameters;
    }
    parameters.form = std::get<net::Form>(std::move(object));
    parameters.origin.is_signed = true;
    parameters.by_object = true;
    co_return parameters;
}

Task<Draft> Authorization::draft(Site site, Parameters parameters) {
    Draft draft{std::move(site), std::move(parameters.form), nullptr, nullptr, std::move(parameters.origin), {}};
    draft.live_scopes = co_await services_.catalog.list_scopes(draft.site.pool->id);
    const auto client_id = draft.get("client_id");
    if (!client_id.empty() && client_id.size() <= max_client_id) {
        draft.named_client = co_await services_.catalog.find_client(ClientId(client_id));
    }
    const auto mode = parse_response_mode(draft.get("response_mode"));
    if (mode && mode->as_jwt && draft.named_client && draft.named_client->pool_id == draft.site.pool->id) {
        draft.protection = co_await find_answer_protection(services_, keys_, draft.named_client);
    }
    if (const auto hint = draft.get("id_token_hint"); !hint.empty()) {
        const auto found = co_await tokens_.read_id_token_hint(draft.site.pool, hint);
        // Another client's ID token names the person as that client knows them.
        if (found && found->client_id.str() == client_id) draft.origin.hint_subject = found->subject;
    }
    co_return draft;
}

Task<PushedOutcome> Authorization::push(Site site, signin::ClientPtr client, net::Form form) {
    if (form.find("request_uri")) co_return PushRefused{"invalid_request", "request_uri cannot be pushed."};
    Parameters parameters{form};
    if (const auto text = form.get("request"); !text.empty()) {
        auto object = co_await objects_.read(client, site.issuer, text);
        if (auto* refused = std::get_if<RefusedRequestObject>(&object)) {
            co_return PushRefused{std::move(refused->error), std::move(refused->description)};
        }
        parameters.form = std::get<net::Form>(std::move(object));
        parameters.origin.is_signed = true;
        // The key that the push itself proves binds the code all the same.
        if (auto key = form.find("dpop_jkt")) parameters.form.set("dpop_jkt", std::move(*key));
    }
    parameters.form.set("client_id", client->id.str());
    parameters.origin.pushed = true;
    auto encoded = parameters.form.encode();
    if (encoded.size() > max_pushed_parameters) co_return PushRefused{"invalid_request", "The request is too long."};
    auto drafted = co_await draft(std::move(site), std::move(parameters));
    auto checked = run_checks(std::move(drafted));
    if (auto* refused = std::get_if<Refused>(&checked)) co_return to_push_refusal(std::move(refused->refusal));
    co_return co_await pushed_.push(std::move(client), std::move(encoded), false);
}

Task<AuthorizationRequest> Authorization::keep(AuthorizationRequest request) {
    if (!request.by_object) co_return request;
    request.request_uri = co_await pushed_.push(request.client, std::move(request.query), true);
    request.by_object = false;
    net::Form query;
    query.add("client_id", request.client->id.str());
    query.add("request_uri", request.request_uri);
    request.query = query.encode();
    co_return request;
}

}  // namespace symbolon::oauth
