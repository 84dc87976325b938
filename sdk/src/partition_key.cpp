#include "symbolon/skill/input.hpp"
#include "symbolon/skill/persistence.hpp"

namespace symbolon::skill {
namespace {

/// Keys of users, devices and persons must never meet, whatever the platform puts into an id.
std::string key(std::string_view kind, const std::string& id) {
    if (id.empty()) throw MissingKey("the request has no " + std::string(kind) + " id");
    return std::string(kind) + ':' + id;
}

}  // namespace

PartitionKey by_user() {
    return [](const Input& in) { return key("user", in.user_id()); };
}

PartitionKey by_device() {
    return [](const Input& in) {
        const auto& device = in.envelope().context.system.device;
        return key("device", device ? device->device_id : std::string{});
    };
}

PartitionKey by_person() {
    return [](const Input& in) {
        const auto& person = in.envelope().context.system.person;
        return person && !person->person_id.empty() ? key("person", person->person_id) : key("user", in.user_id());
    };
}

}  // namespace symbolon::skill
