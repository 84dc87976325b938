#include "base/shape/codec.hpp"
#include "net/form.hpp"
#include "net/respond.hpp"
#include "voice/models/json_read.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/rest.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// Whose devices: `account` in the query; the first person's without it.
std::string account_of(const net::Request& request) {
    return net::Form::parse(request.query).find("account").value_or(std::string(first_account));
}

json::object device_json(const Device& device) {
    return {{"endpoint", device.endpoint}, {"properties", device.properties}, {"lastChanged", to_iso8601(device.at)}};
}

}  // namespace

Task<net::Response> Rest::list_devices(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto account = account_of(request);
    const auto work = [&](db::Transaction& tx) { return DeviceStore(tx).list(skill.id, account); };
    const auto devices = co_await parts_.db.read(work);
    json::array out;
    for (const auto& device : devices) out.push_back(device_json(device));
    co_return net::json(200, json::object{{"devices", std::move(out)}});
}

Task<net::Response> Rest::discover(Request request, Path path) {
    auto skill = co_await get_skill(path.at("skillId"));
    auto account = account_of(request);
    const auto exchange = co_await services_.home.discover(std::move(skill), std::move(account));
    co_return net::json(200, encode(exchange));
}

/// `{"endpointId", "namespace", "name", "instance"?, "payload"?}`
Task<net::Response> Rest::send_directive(Request request, Path path) {
    auto skill = co_await get_skill(path.at("skillId"));
    auto account = account_of(request);
    const auto body = parse_body(request);
    SmartHome::Command command;
    command.endpoint_id = require_text(body, "/endpointId");
    command.interface = require_text(body, "/namespace");
    command.directive = require_text(body, "/name");
    command.instance = text_of(body, "instance");
    if (const auto* payload = object_of(body, "payload")) command.payload = *payload;
    const auto exchange = co_await services_.home.send(std::move(skill), std::move(account), std::move(command));
    co_return net::json(200, encode(exchange));
}

}  // namespace symbolon::voice
