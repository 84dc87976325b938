#include "net/respond.hpp"
#include "voice/models/json_read.hpp"
#include "voice/platforms/manifest_places.hpp"
#include "voice/screens/screens.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// What the manifest asks for, and whether the person gave it.
json::array permissions_of(const SkillView& view) {
    json::array out;
    for (const auto* permission : objects_of(view.skill.manifest, "permissions")) {
        const auto name = text_of(*permission, "name");
        const bool granted = std::ranges::find(view.granted, name) != view.granted.end();
        out.push_back(json::object{{"name", name}, {"granted", granted}});
    }
    return out;
}

}  // namespace

Task<net::Response> Screens::app(Visit visit) {
    co_await services_.conversation.let_time_pass(visit.path.at("skillId"), visit.account);
    const auto view = co_await load(visit);
    auto context = screen_context(visit, base_url_, beside_);
    add_skill(context, visit, view, base_url_);
    const auto url = base_url_ + "/app/skills/" + view.skill.id;
    context["ask"].as_object()["action"] = url + "/ask";
    context["talks"] = !view.skill.endpoint().empty();
    if (const auto session = services_.conversation.open_session(view.skill.id, view.account.id)) {
        context["session"] = session_context(*session);
    }
    const bool linked = view.enablement && view.enablement->status == LinkStatus::linked;
    if (linked) context["unlink_action"] = url + "/unlink";
    if (view.linking && !linked) context["link_url"] = url + "/link";
    const bool by_google = view.linking && !linked && !google_client_id(view.skill).empty();
    if (by_google) context["google_url"] = url + "/google";
    if (!view.skill.smart_home_endpoint().empty())
        context["devices_url"] = base_url_ + "/skills/" + view.skill.id + "/devices";
    auto permissions = permissions_of(view);
    if (!permissions.empty()) {
        context["permissions"] = json::object{{"action", url + "/permissions"}, {"list", std::move(permissions)}};
    }
    co_return screen_response(visit, 200, "app", context);
}

Task<net::Response> Screens::save_permissions(Visit visit) {
    auto view = co_await load(visit);
    const auto id = view.skill.id;
    const auto account = view.account.id;
    std::vector<std::string> granted;
    for (const auto* permission : objects_of(view.skill.manifest, "permissions")) {
        auto name = text_of(*permission, "name");
        if (visit.form.find("permission." + name)) granted.push_back(std::move(name));
    }
    const bool first = view.granted.empty();
    const auto enablement = co_await services_.journey.current(id, account);
    const auto work = [&](db::Transaction& tx) { Accounts(tx).grant(id, account, granted); };
    co_await parts_.db.write(work);
    if (granted != view.granted) {
        co_await services_.events.permissions_changed(std::move(view.skill), account, enablement.user_id, granted,
                                                      first);
    }
    co_return back_to("/app/skills/" + id);
}

}  // namespace symbolon::voice
