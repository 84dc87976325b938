#include "oauth/device_authorization.hpp"

#include "base/error.hpp"
#include "directory/attempts.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

using directory::DeviceAuthorization;
using directory::DeviceAuthorizations;
using directory::DeviceState;

constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t code_length = 8;
constexpr std::size_t half = code_length / 2;
constexpr int most_draws = 5;  // 20^8 codes: a second draw is rare
constexpr std::chrono::minutes guess_window{10};

char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

DeviceApproval to_approval(const DeviceAuthorization& device) {
    DeviceApproval approval;
    auto& signed_in = approval.signed_in;
    signed_in.pool_id = device.pool_id;
    signed_in.client_id = device.client_id;
    signed_in.user_id = UserId(device.details.user_id);
    signed_in.username = device.details.username;
    signed_in.auth_time = from_ms(device.details.auth_ms);
    if (device.details.amr) signed_in.amr = *device.details.amr;
    signed_in.vouched_level = device.details.vouched_level;
    approval.scopes = device.details.scopes;
    return approval;
}

using Taken = std::variant<DeviceApproval, DeviceRefusal>;

/// Whoever asks before its pause is over has to make a longer one from then on (RFC 8628 §3.5).
DeviceRefusal keep_waiting(DeviceAuthorizations& devices, DeviceAuthorization device, Instant now) {
    const bool too_fast = now < device.asked + device.pause;
    if (too_fast) device.pause += DeviceAuthorizationService::pause;
    device.asked = now;
    devices.note_question(device);
    return too_fast ? DeviceRefusal::too_fast : DeviceRefusal::pending;
}

/// Runs inside a write; every outcome is committed.
Taken take_in(db::Transaction& tx, const directory::Client& client, ByteView hash, Instant now) {
    DeviceAuthorizations devices(tx);
    auto device = devices.find_by_device_code(client.pool_id, hash);
    if (!device || device->client_id != client.id) return DeviceRefusal::unknown;
    if (device->expires <= now) return DeviceRefusal::expired;
    if (device->state == DeviceState::pending) return keep_waiting(devices, std::move(*device), now);
    if (!devices.erase(client.pool_id, hash)) return DeviceRefusal::unknown;
    if (device->state == DeviceState::denied) return DeviceRefusal::denied;
    return to_approval(*device);
}

}  // namespace

std::optional<std::string> read_user_code(std::string_view typed) {
    constexpr std::size_t longest = 64;
    if (typed.size() > longest) return std::nullopt;
    std::string code;
    for (const char c : typed) {
        const char letter = to_upper(c);
        if (letters.find(letter) != std::string_view::npos) {
            code += letter;
        } else if (c != ' ' && c != '-' && c != '.' && c != '_') {
            return std::nullopt;
        }
    }
    return code.size() == code_length ? std::optional(code) : std::nullopt;
}

std::string show_user_code(std::string_view code) {
    return std::string(code.substr(0, half)) + "-" + std::string(code.substr(half));
}

Task<DeviceCodes> DeviceAuthorizationService::begin(signin::ClientPtr client, std::vector<std::string> scopes) {
    const auto& pool = client->pool_id;
    DeviceCodes codes;
    codes.device_code = services_.random.token();
    DeviceAuthorization device{.pool_id = pool, .client_id = client->id};
    device.device_code_hash = hash_device_code(pool, codes.device_code);
    device.details.scopes = std::move(scopes);
    device.pause = pause;
    device.expires = services_.clock.now() + life;
    for (int draws = 0; draws < most_draws; ++draws) {
        const auto code = services_.random.text(code_length, letters);
        device.user_code_hash = hash_user_code(pool, code);
        const auto store = [&](db::Transaction& tx) { return DeviceAuthorizations(tx).create(device); };
        const bool stored = co_await services_.db.write(store);
        if (!stored) continue;
        codes.user_code = show_user_code(code);
        co_return codes;
    }
    throw Error{Errc::unavailable, {}, "no user code is free"};
}

Task<Taken> DeviceAuthorizationService::take(signin::ClientPtr client, std::string device_code) {
    const auto hash = hash_device_code(client->pool_id, device_code);
    const auto now = services_.clock.now();
    const auto run = [&](db::Transaction& tx) { return take_in(tx, *client, hash, now); };
    co_return co_await services_.db.write(run);
}

Task<std::optional<DeviceAuthorization>> DeviceAuthorizationService::find(PoolId pool, std::string user_code,
                                                                          std::string address) {
    const auto now = services_.clock.now();
    // Right ones count as well: nobody types twenty of them.
    const auto count = [&](db::Transaction& tx) {
        return directory::Attempts(tx).count(pool, "user_code", address, most_guesses, guess_window, now);
    };
    const bool allowed = co_await services_.db.write(count);
    if (!allowed) throw Error{Errc::too_many_requests, "Too many codes were tried."};
    co_return co_await find_again(std::move(pool), std::move(user_code));
}

Task<std::optional<DeviceAuthorization>> DeviceAuthorizationService::find_again(PoolId pool, std::string user_code) {
    const auto now = services_.clock.now();
    const auto hash = hash_user_code(pool, user_code);
    const auto look = [&](db::Transaction& tx) { return DeviceAuthorizations(tx).find_by_user_code(pool, hash); };
    auto device = co_await services_.db.read(look);
    if (!device || device->expires <= now || device->state != DeviceState::pending) co_return std::nullopt;
    co_return device;
}

Task<bool> DeviceAuthorizationService::approve(DeviceAuthorization device, signin::SignedIn signed_in) {
    device.state = DeviceState::approved;
    device.details.user_id = signed_in.user_id.str();
    device.details.username = std::move(signed_in.username);
    device.details.auth_ms = to_ms(signed_in.auth_time);
    device.details.amr = std::move(signed_in.amr);
    device.details.vouched_level = signed_in.vouched_level;
    const auto answer = [&](db::Transaction& tx) { return DeviceAuthorizations(tx).answer(device); };
    co_return co_await services_.db.write(answer);
}

Task<bool> DeviceAuthorizationService::deny(DeviceAuthorization device) {
    device.state = DeviceState::denied;
    const auto answer = [&](db::Transaction& tx) { return DeviceAuthorizations(tx).answer(device); };
    co_return co_await services_.db.write(answer);
}

Bytes DeviceAuthorizationService::hash_user_code(const PoolId& pool, std::string_view code) const {
    return services_.sealer.keyed_hash("user code", pool.str(), code);
}

Bytes DeviceAuthorizationService::hash_device_code(const PoolId& pool, std::string_view code) const {
    return services_.sealer.keyed_hash("device code", pool.str(), code);
}

}  // namespace symbolon::oauth
