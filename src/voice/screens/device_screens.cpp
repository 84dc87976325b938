#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/models/json_read.hpp"
#include "voice/screens/screens.hpp"
#include "voice/smart_home/capabilities.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// A value as people read it: ON, 40, 21.5 CELSIUS.
std::string value_text(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    const auto* object = value.if_object();
    const auto* inner = object != nullptr ? object->if_contains("value") : nullptr;
    if (inner == nullptr) return json::serialize(value);
    const auto scale = text_of(*object, "scale");
    return value_text(*inner) + (scale.empty() ? "" : " " + scale);
}

json::array states_of(const Device& device) {
    json::array out;
    for (const auto& property : device.properties) {
        const auto* object = property.if_object();
        if (object == nullptr || !object->contains("value")) continue;
        out.push_back(json::object{{"name", text_of(*object, "name")}, {"value", value_text(object->at("value"))}});
    }
    return out;
}

/// The controls of a device: one form each.
json::array controls_for(const Device& device) {
    json::array out;
    for (const auto* capability : objects_of(device.endpoint, "capabilities")) {
        const auto interface = text_of(*capability, "interface");
        for (const auto& control : controls_of(interface)) {
            json::object line{{"interface", interface},
                              {"directive", control.directive},
                              {"label", control.label},
                              {"button", control.kind == PayloadKind::none}};
            const auto instance = text_of(*capability, "instance");
            if (!instance.empty()) line["instance"] = instance;
            line["number"] = control.kind == PayloadKind::number || control.kind == PayloadKind::temperature;
            line["color"] = control.kind == PayloadKind::color;
            line["text"] = control.kind == PayloadKind::text;
            line["flag"] = control.kind == PayloadKind::flag;
            line["least"] = std::to_string(static_cast<std::int64_t>(control.least));
            line["most"] = std::to_string(static_cast<std::int64_t>(control.most));
            out.push_back(std::move(line));
        }
    }
    return out;
}

bool reports_state(const Device& device) {
    for (const auto* capability : objects_of(device.endpoint, "capabilities")) {
        const auto* properties = object_of(*capability, "properties");
        if (properties != nullptr && flag_of(*properties, "retrievable")) return true;
    }
    return false;
}

json::object device_context(const Device& device, std::size_t place) {
    json::object out{{"id", device.id()},
                     {"anchor", "device-" + std::to_string(place)},
                     {"name", text_of(device.endpoint, "friendlyName")},
                     {"description", text_of(device.endpoint, "description")},
                     {"maker", text_of(device.endpoint, "manufacturerName")},
                     {"reports_state", reports_state(device)}};
    const auto categories = texts_of(device.endpoint, "displayCategories");
    if (!categories.empty()) out["category"] = categories.front();
    auto states = states_of(device);
    out["has_states"] = !states.empty();
    out["states"] = std::move(states);
    auto controls = controls_for(device);
    out["has_controls"] = !controls.empty();
    out["controls"] = std::move(controls);
    return out;
}

}  // namespace

Task<net::Response> Screens::devices(Visit visit) {
    const auto view = co_await load(visit);
    const auto work = [&](db::Transaction& tx) { return DeviceStore(tx).list(view.skill.id, view.account.id); };
    const auto devices = co_await parts_.db.read(work);
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    const auto url = base_url_ + "/skills/" + view.skill.id + "/devices";
    json::array list;
    for (const auto& device : devices) list.push_back(device_context(device, list.size() + 1));
    context["has_devices"] = !list.empty();
    context["devices"] = std::move(list);
    context["discover_action"] = url + "/discover";
    context["send_action"] = url + "/send";
    context["linked"] = view.enablement && view.enablement->status == LinkStatus::linked;
    if (visit.query.find("failed") && !view.exchanges.empty() && !view.exchanges.front().failure.empty()) {
        context["error"] = view.exchanges.front().failure;
    } else if (visit.query.find("done")) {
        context["notice"] = "Done.";
    }
    co_return screen_response(visit, 200, "devices", context);
}

Task<net::Response> Screens::discover(Visit visit) {
    auto view = co_await load(visit);
    const auto id = view.skill.id;
    const auto exchange = co_await services_.home.discover(std::move(view.skill), view.account.id);
    co_return back_to("/skills/" + id + "/devices" + (exchange.failure.empty() ? "?done=true" : "?failed=true"));
}

Task<net::Response> Screens::send_directive(Visit visit) {
    auto view = co_await load(visit);
    const auto id = view.skill.id;
    SmartHome::Command command;
    command.endpoint_id = visit.form.get("endpointId");
    command.interface = visit.form.get("interface");
    command.directive = visit.form.get("directive");
    command.instance = visit.form.get("instance");
    const bool asks_state = command.interface == "Alexa" && command.directive == "ReportState";
    const auto* control = find_control(command.interface, command.directive);
    if (control == nullptr && !asks_state) throw Error(Errc::invalid_parameter, "There is no such directive.");
    if (control != nullptr) {
        auto payload = payload_of(*control, visit.form.get("value"));
        if (!payload) throw Error(Errc::invalid_parameter, "That is no value for it.");
        command.payload = std::move(*payload);
    }
    const auto exchange = co_await services_.home.send(std::move(view.skill), view.account.id, std::move(command));
    co_return back_to("/skills/" + id + "/devices" + (exchange.failure.empty() ? "?done=true" : "?failed=true"));
}

}  // namespace symbolon::voice
