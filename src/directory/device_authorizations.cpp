#include "directory/device_authorizations.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/stored.hpp"

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_authorization = R"sql(
    INSERT INTO device_authorizations (pool_id, device_code_hash, user_code_hash, client_id, state, details, pause_s,
                                       asked_ms, expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view find_by_device = R"sql(
    SELECT device_code_hash, user_code_hash, client_id, state, details, pause_s, asked_ms, expires_ms
      FROM device_authorizations
     WHERE pool_id = $1 AND device_code_hash = $2
)sql";

constexpr std::string_view find_by_user = R"sql(
    SELECT device_code_hash, user_code_hash, client_id, state, details, pause_s, asked_ms, expires_ms
      FROM device_authorizations
     WHERE pool_id = $1 AND user_code_hash = $2
)sql";

constexpr std::string_view note = R"sql(
    UPDATE device_authorizations SET asked_ms = $3, pause_s = $4 WHERE pool_id = $1 AND device_code_hash = $2
)sql";

constexpr std::string_view answer_pending = R"sql(
    UPDATE device_authorizations SET state = $3, details = $4
     WHERE pool_id = $1 AND device_code_hash = $2 AND state = 'pending'
)sql";

constexpr std::string_view remove = "DELETE FROM device_authorizations WHERE pool_id = $1 AND device_code_hash = $2";

struct DeviceRow {
    Bytes device_code_hash;
    Bytes user_code_hash;
    ClientId client_id;
    std::string state;
    std::string details;
    std::int64_t pause_s = 0;
    Instant asked_ms{};
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (),
                      (device_code_hash, user_code_hash, client_id, state, details, pause_s, asked_ms, expires_ms))

DeviceState to_state(std::string_view name) {
    const auto state = parse_choice<DeviceState>(name);
    if (!state) throw Error(Errc::internal, {}, "device_authorizations.state");
    return *state;
}

std::optional<DeviceAuthorization> to_authorization(const PoolId& pool, std::optional<DeviceRow> row) {
    if (!row) return std::nullopt;
    return DeviceAuthorization{.pool_id = pool,
                               .device_code_hash = std::move(row->device_code_hash),
                               .user_code_hash = std::move(row->user_code_hash),
                               .client_id = std::move(row->client_id),
                               .state = to_state(row->state),
                               .details = from_stored<DeviceDetails>(row->details, "device_authorizations.details"),
                               .pause = std::chrono::seconds{row->pause_s},
                               .asked = row->asked_ms,
                               .expires = row->expires_ms};
}

}  // namespace

bool DeviceAuthorizations::create(const DeviceAuthorization& a) {
    return tx_.execute(insert_authorization, a.pool_id, a.device_code_hash, a.user_code_hash, a.client_id,
                       to_name(a.state), to_stored(a.details), std::int64_t{a.pause.count()}, a.asked, a.expires) == 1;
}

std::optional<DeviceAuthorization> DeviceAuthorizations::find_by_device_code(const PoolId& pool, ByteView hash) {
    return to_authorization(pool, tx_.row<DeviceRow>(find_by_device, pool, hash));
}

std::optional<DeviceAuthorization> DeviceAuthorizations::find_by_user_code(const PoolId& pool, ByteView hash) {
    return to_authorization(pool, tx_.row<DeviceRow>(find_by_user, pool, hash));
}

void DeviceAuthorizations::note_question(const DeviceAuthorization& a) {
    tx_.execute(note, a.pool_id, a.device_code_hash, a.asked, std::int64_t{a.pause.count()});
}

bool DeviceAuthorizations::answer(const DeviceAuthorization& a) {
    return tx_.execute(answer_pending, a.pool_id, a.device_code_hash, to_name(a.state), to_stored(a.details)) == 1;
}

bool DeviceAuthorizations::erase(const PoolId& pool, ByteView device_code_hash) {
    return tx_.execute(remove, pool, device_code_hash) == 1;
}

}  // namespace symbolon::directory
