#include "voice/rest/rest.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"
#include "voice/rest/linking_request.hpp"
#include "voice/rest/refusals.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr int most_skills = 100;

net::Response empty(int status) {
    net::Response response;
    response.status = status;
    return response;
}

json::object parse_body(const net::Request& request) {
    json::error_code problem;
    auto value = json::parse(request.body, problem);
    if (problem || !value.is_object()) throw Error(Errc::invalid_json, "The body must be a JSON object.");
    return std::move(value.get_object());
}

/// The object that a body wraps. Its absence is a classic mistake, so the refusal names the wrapper.
json::object unwrap(json::object body, std::string_view wrapper) {
    auto* inner = body.if_contains(wrapper);
    if (inner == nullptr || !inner->is_object()) {
        throw Error(Errc::invalid_parameter,
                    "The request body is empty: it must hold \"" + std::string(wrapper) + "\".");
    }
    return std::move(inner->get_object());
}

void check_stage(const net::PathParameters& path, bool writes) {
    const auto stage = path.find("stage");
    if (stage == path.end() || stage->second == "development") return;
    if (stage->second == "live" && !writes) return;
    throw Error(Errc::resource_not_found, "There is no such stage to work on: " + stage->second);
}

bool carries(const net::Request& request, const std::string& token) {
    constexpr std::string_view scheme = "Bearer ";
    const auto given = request.headers.find("authorization").value_or("");
    return given.starts_with(scheme) && crypto::equal_in_constant_time(given.substr(scheme.size()), token);
}

net::Response unauthorized() {
    auto response = net::json(401, json::object{{"message", "A bearer token of this assistant is needed."}});
    response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace

Rest::Rest(const Assistant::Parts& parts, const Identity& identity, Journey& journey, Conversation& conversation,
           std::string base_url)
    : parts_(parts),
      identity_(identity),
      journey_(journey),
      conversation_(conversation),
      base_url_(std::move(base_url)) {}

void Rest::add(net::Router& router, net::Method method, std::string pattern, Handler handler) {
    router.add(method, std::move(pattern), [this, handler](net::Request request, net::PathParameters path) {
        return guarded(handler, std::move(request), std::move(path));
    });
}

void Rest::add_routes(net::Router& router) {
    using net::Method;
    const std::string skill = "/v1/skills/{skillId}";
    const std::string stage = skill + "/stages/{stage}";
    add(router, Method::get, "/v1/skills", &Rest::list_skills);
    add(router, Method::post, "/v1/skills", &Rest::create_skill);
    add(router, Method::delete_, skill, &Rest::delete_skill);
    add(router, Method::get, stage + "/manifest", &Rest::get_manifest);
    add(router, Method::put, stage + "/manifest", &Rest::put_manifest);
    add(router, Method::get, stage + "/interactionModel/locales/{locale}", &Rest::get_model);
    add(router, Method::put, stage + "/interactionModel/locales/{locale}", &Rest::put_model);
    add(router, Method::get, stage + "/accountLinkingClient", &Rest::get_linking);
    add(router, Method::put, stage + "/accountLinkingClient", &Rest::put_linking);
    add(router, Method::delete_, stage + "/accountLinkingClient", &Rest::delete_linking);
    add(router, Method::get, stage + "/enablement", &Rest::get_enablement);
    add(router, Method::put, stage + "/enablement", &Rest::put_enablement);
    add(router, Method::delete_, stage + "/enablement", &Rest::delete_enablement);
    add(router, Method::post, stage + "/simulations", &Rest::simulate);
}

Task<net::Response> Rest::guarded(Handler handler, Request request, Path path) {
    if (!carries(request, identity_.access_token)) co_return unauthorized();
    try {
        check_stage(path, request.method != net::Method::get);
        co_return co_await (this->*handler)(std::move(request), std::move(path));
    } catch (const Error& e) {
        if (rest_status(e.code) >= 500) log::error("rest_error", {{"message", e.message}, {"detail", e.detail}});
        co_return rest_refusal(e);
    }
}

Task<Skill> Rest::get_skill(std::string id) {
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_skill(id); };
    auto skill = co_await parts_.db.read(work);
    if (!skill) throw Error(Errc::resource_not_found, "There is no such skill.");
    co_return std::move(*skill);
}

Task<net::Response> Rest::list_skills(Request, Path) {
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).list_skills(most_skills); };
    const auto skills = co_await parts_.db.read(work);
    json::array out;
    for (const auto& skill : skills) {
        out.push_back(json::object{{"skillId", skill.id},
                                   {"stage", "development"},
                                   {"nameByLocale", json::object{{skill.locale(), skill.name()}}},
                                   {"lastUpdated", to_iso8601(skill.created)}});
    }
    co_return net::json(200, json::object{{"skills", std::move(out)}, {"isTruncated", false}});
}

Task<net::Response> Rest::create_skill(Request request, Path) {
    Skill skill;
    skill.id = "amzn1.ask.skill." + parts_.random.uuid();
    skill.manifest = unwrap(parse_body(request), "manifest");
    skill.created = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        if (store.list_skills(most_skills).size() >= static_cast<std::size_t>(most_skills)) {
            throw Error(Errc::limit_exceeded, "This assistant holds at most 100 skills.");
        }
        store.save_skill(skill);
    };
    co_await parts_.db.write(work);
    auto response = net::json(202, json::object{{"skillId", skill.id}});
    response.headers.set("Location", "/v1/skills/" + skill.id + "/status");
    co_return response;
}

Task<net::Response> Rest::delete_skill(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).delete_skill(skill.id); };
    co_await parts_.db.write(work);
    co_return empty(204);
}

Task<net::Response> Rest::get_manifest(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    co_return net::json(200, json::object{{"manifest", skill.manifest}});
}

Task<net::Response> Rest::put_manifest(Request request, Path path) {
    auto skill = co_await get_skill(path.at("skillId"));
    skill.manifest = unwrap(parse_body(request), "manifest");
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).save_skill(skill); };
    co_await parts_.db.write(work);
    co_return empty(202);
}

Task<net::Response> Rest::get_model(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    if (skill.model.empty()) throw Error(Errc::resource_not_found, "The skill has no interaction model.");
    co_return net::json(200, json::object{{"interactionModel", skill.model}});
}

Task<net::Response> Rest::put_model(Request request, Path path) {
    auto skill = co_await get_skill(path.at("skillId"));
    skill.model = unwrap(parse_body(request), "interactionModel");
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).save_skill(skill); };
    co_await parts_.db.write(work);
    co_return empty(202);
}

Task<net::Response> Rest::get_linking(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_linking(skill.id); };
    const auto linking = co_await parts_.db.read(work);
    if (!linking) throw Error(Errc::resource_not_found, "Account linking is not set up for this skill.");
    auto body = encode(linking->config);
    json::array urls;
    for (const auto& url : redirect_urls(identity_.vendor_id)) urls.emplace_back(base_url_ + url.path);
    body["assistantRedirectUrls"] = std::move(urls);
    auto response = net::json(200, body);
    response.headers.set("ETag", linking->etag);
    co_return response;
}

Task<net::Response> Rest::put_linking(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto body = unwrap(parse_body(request), "accountLinkingRequest");
    const auto expected = request.headers.find("if-match");
    const auto etag = "\"" + parts_.random.token(12) + "\"";
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        const auto stored = store.find_linking(skill.id);
        if (expected && (!stored || stored->etag != *expected)) {
            throw Error(Errc::concurrent_modification, "The configuration was changed in between.");
        }
        auto linking = read_linking_request(body, stored);
        linking.etag = etag;
        store.save_linking(skill.id, linking);
    };
    co_await parts_.db.write(work);
    auto response = empty(204);
    response.headers.set("ETag", etag);
    co_return response;
}

Task<net::Response> Rest::delete_linking(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).delete_linking(skill.id); };
    co_await parts_.db.write(work);
    co_return empty(204);
}

Task<net::Response> Rest::get_enablement(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) {
        return Store(tx, parts_.sealer).find_enablement(skill.id).has_value();
    };
    if (!co_await parts_.db.read(work)) throw Error(Errc::resource_not_found, "The skill is not enabled.");
    co_return empty(204);
}

Task<net::Response> Rest::put_enablement(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    co_await journey_.current(skill.id);
    co_return empty(204);
}

Task<net::Response> Rest::delete_enablement(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    co_await journey_.unlink(skill.id);
    co_return empty(204);
}

Task<net::Response> Rest::simulate(Request request, Path path) {
    auto skill = co_await get_skill(path.at("skillId"));
    const auto body = parse_body(request);
    json::error_code absent;
    const json::value whole(body);
    const auto* content = whole.find_pointer("/input/content", absent);
    if (content == nullptr || !content->is_string()) {
        throw Error(Errc::invalid_parameter, "input.content must be the utterance.");
    }
    const auto exchange = co_await conversation_.say(std::move(skill), std::string(content->get_string()));
    json::error_code unreadable;
    json::value answer;
    if (exchange.status == 200) answer = json::parse(exchange.response, unreadable);
    json::object invocation{{"invocationRequest", json::object{{"body", exchange.request}}},
                            {"invocationResponse", json::object{{"body", std::move(answer)}}}};
    json::object result{{"skillExecutionInfo", json::object{{"invocations", json::array{std::move(invocation)}}}}};
    if (!exchange.failure.empty()) result["error"] = json::object{{"message", exchange.failure}};
    co_return net::json(200, json::object{{"id", parts_.random.uuid()},
                                          {"status", exchange.failure.empty() ? "SUCCESSFUL" : "FAILED"},
                                          {"result", std::move(result)}});
}

}  // namespace symbolon::voice
