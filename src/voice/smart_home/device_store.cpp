#include "voice/smart_home/device_store.hpp"

#include "voice/models/json_read.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

struct DeviceRow {
    std::string endpoint;
    std::string properties;
    Instant at_ms;
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (endpoint, properties, at_ms))

constexpr std::string_view list_devices_sql = R"sql(
    SELECT endpoint, properties, at_ms FROM smart_devices
     WHERE skill_id = $1 AND account = $2 ORDER BY endpoint_id LIMIT 300
)sql";
constexpr std::string_view find_device_sql = R"sql(
    SELECT endpoint, properties, at_ms FROM smart_devices WHERE skill_id = $1 AND account = $2 AND endpoint_id = $3
)sql";
constexpr std::string_view save_device_sql = R"sql(
    INSERT INTO smart_devices (skill_id, account, endpoint_id, endpoint, properties, at_ms)
    VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (skill_id, account, endpoint_id) DO UPDATE
           SET endpoint = excluded.endpoint, properties = excluded.properties, at_ms = excluded.at_ms
)sql";
constexpr std::string_view remove_device_sql =
    "DELETE FROM smart_devices WHERE skill_id = $1 AND account = $2 AND endpoint_id = $3";
constexpr std::string_view clear_devices_sql = "DELETE FROM smart_devices WHERE skill_id = $1 AND account = $2";
constexpr std::string_view forget_devices_sql = "DELETE FROM smart_devices WHERE skill_id = $1";

Device from_row(const DeviceRow& row) {
    return {json::parse(row.endpoint).as_object(), json::parse(row.properties).as_array(), row.at_ms};
}

std::string key_of(const json::object& property) {
    return text_of(property, "namespace") + "|" + text_of(property, "instance") + "|" + text_of(property, "name");
}

}  // namespace

std::string Device::id() const {
    return text_of(endpoint, "endpointId");
}

void merge_properties(json::array& known, const json::array& told) {
    for (const auto& property : told) {
        if (!property.is_object()) continue;
        const auto key = key_of(property.get_object());
        const auto same = [&](const json::value& other) { return key_of(other.as_object()) == key; };
        auto* const place = std::find_if(known.begin(), known.end(), same);
        if (place != known.end()) {
            *place = property;
        } else {
            known.push_back(property);
        }
    }
}

std::vector<Device> DeviceStore::list(std::string_view skill_id, std::string_view account) {
    std::vector<Device> out;
    for (const auto& row : tx_.rows<DeviceRow>(list_devices_sql, skill_id, account)) out.push_back(from_row(row));
    return out;
}

std::optional<Device> DeviceStore::find(std::string_view skill_id, std::string_view account,
                                        std::string_view endpoint_id) {
    const auto row = tx_.row<DeviceRow>(find_device_sql, skill_id, account, endpoint_id);
    if (!row) return std::nullopt;
    return from_row(*row);
}

void DeviceStore::save(std::string_view skill_id, std::string_view account, const Device& device) {
    tx_.execute(save_device_sql, skill_id, account, device.id(), json::serialize(device.endpoint),
                json::serialize(device.properties), device.at);
}

void DeviceStore::remove(std::string_view skill_id, std::string_view account, std::string_view endpoint_id) {
    tx_.execute(remove_device_sql, skill_id, account, endpoint_id);
}

void DeviceStore::clear(std::string_view skill_id, std::string_view account) {
    tx_.execute(clear_devices_sql, skill_id, account);
}

void DeviceStore::forget_skill(std::string_view skill_id) {
    tx_.execute(forget_devices_sql, skill_id);
}

}  // namespace symbolon::voice
