#pragma once

#include "symbolon/skill/access_token.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_apl.hpp"
#include "symbolon/skill/interfaces/audio_player.hpp"
#include "symbolon/skill/interfaces/data_store.hpp"
#include "symbolon/skill/interfaces/display.hpp"
#include "symbolon/skill/interfaces/geolocation.hpp"
#include "symbolon/skill/interfaces/viewport.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// `context` of a request: who asks, on what device, and what it shows and plays at the moment.
/// Spec: Alexa Skills Kit, "Context object".
namespace symbolon::skill {

namespace json = boost::json;

struct Application {
    std::string application_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Application, (), (application_id))

enum class PermissionStatus { granted, denied };
BOOST_DESCRIBE_ENUM(PermissionStatus, granted, denied)

struct PermissionScope {
    std::optional<PermissionStatus> status = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PermissionScope, (), (status))

struct Permissions {
    std::optional<AccessToken> consent_token = {};                    ///< deprecated: use System::api_access_token
    std::map<std::string, PermissionScope, std::less<>> scopes = {};  ///< by their name, "alexa::…"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Permissions, (), (consent_token, scopes))

struct User {
    std::string user_id = {};  ///< another one after the user disables and enables the skill
    /// Only when the account is linked. Missing, null and "" are the same: not linked.
    std::optional<AccessToken> access_token = {};
    std::optional<Permissions> permissions = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(User, (), (user_id, access_token, permissions))

/// The speaker, when the platform recognised the voice.
struct Person {
    std::string person_id = {};
    std::optional<AccessToken> access_token = {};  ///< only when this person linked an own account
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Person, (), (person_id, access_token))

/// A room of a hotel or an apartment that the device belongs to.
struct Unit {
    std::string unit_id = {};
    std::string persistent_unit_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Unit, (), (unit_id, persistent_unit_id))

struct Device {
    std::string device_id = {};
    std::string persistent_endpoint_id = {};
    json::object supported_interfaces = {};  ///< by name, e.g. "AudioPlayer"; each an object
    json::object unknown = {};

    bool supports(std::string_view interface_name) const { return supported_interfaces.contains(interface_name); }
};
BOOST_DESCRIBE_STRUCT(Device, (), (device_id, persistent_endpoint_id, supported_interfaces))

/// `context.System`: who asks, from where, for which skill. The one source of identity, since `session` is missing
/// from skill events and AudioPlayer requests.
struct System {
    Application application = {};
    User user = {};
    std::optional<Person> person = {};
    std::optional<Unit> unit = {};
    std::optional<Device> device = {};
    std::string api_endpoint = {};                     ///< of the user's region, e.g. "https://api.eu.amazonalexa.com"
    std::optional<AccessToken> api_access_token = {};  ///< for the platform's own APIs
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(System, (), (application, user, person, unit, device, api_endpoint, api_access_token))

struct Display {
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Display, (), (token))

struct Extensions {
    json::object available = {};  ///< by URI
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Extensions, (), (available))

struct AppLink {
    std::vector<std::string> supported_catalog_types = {};  ///< e.g. "IOS_APP_STORE"
    json::object direct_launch = {};
    std::optional<json::object> send_to_device = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AppLink, (), (supported_catalog_types, direct_launch, send_to_device))

struct ExperimentAssignment {
    std::string id = {};
    std::string treatment_id = {};  ///< "C" for the control group, else e.g. "T1"
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ExperimentAssignment, (), (id, treatment_id))

struct Experimentation {
    std::vector<ExperimentAssignment> active_experiments = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Experimentation, (), (active_experiments))

struct Context {
    System system = {};
    std::optional<apl::PresentationState> presentation = {};
    std::optional<apl::RenderedDocumentState> apl = {};
    std::optional<audio_player::State> audio_player = {};
    std::optional<json::object> automotive = {};
    std::optional<Display> display = {};
    std::optional<geolocation::State> geolocation = {};
    std::optional<viewport::State> viewport = {};
    std::vector<viewport::TypedState> viewports = {};
    std::optional<Extensions> extensions = {};
    std::optional<data_store::PackageManagerState> packages = {};
    std::optional<AppLink> app_link = {};
    std::optional<Experimentation> experimentation = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Context, (),
                      (system, presentation, apl, audio_player, automotive, display, geolocation, viewport, viewports,
                       extensions, packages, app_link, experimentation))

/// The members of a context are named after interfaces.
constexpr std::string_view wire_name(const Context*, std::string_view member) {
    if (member == "system") return "System";
    if (member == "presentation") return "Alexa.Presentation";
    if (member == "apl") return "Alexa.Presentation.APL";
    if (member == "audio_player") return "AudioPlayer";
    if (member == "automotive") return "Automotive";
    if (member == "display") return "Display";
    if (member == "geolocation") return "Geolocation";
    if (member == "viewport") return "Viewport";
    if (member == "viewports") return "Viewports";
    if (member == "extensions") return "Extensions";
    if (member == "packages") return "Alexa.DataStore.PackageManager";
    if (member == "app_link") return "AppLink";
    if (member == "experimentation") return "Experimentation";
    return {};
}

}  // namespace symbolon::skill
