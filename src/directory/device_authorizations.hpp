#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::directory {

BOOST_DEFINE_ENUM_CLASS(DeviceState, pending, approved, denied)

struct DeviceDetails {
    std::vector<std::string> scopes;
    std::string user_id;  ///< who approved; "" while nobody did
    std::string username;
    std::int64_t auth_ms = 0;
    std::optional<std::vector<std::string>> amr = {};  ///< how that person was authenticated
    std::optional<std::int64_t> vouched_level = {};
};
BOOST_DESCRIBE_STRUCT(DeviceDetails, (), (scopes, user_id, username, auth_ms, amr, vouched_level))

/// A device that waits for somebody to let it in (RFC 8628): it holds the device code, the person types the user code.
struct DeviceAuthorization {
    PoolId pool_id;
    Bytes device_code_hash = {};
    Bytes user_code_hash = {};
    ClientId client_id = {};
    DeviceState state = DeviceState::pending;
    DeviceDetails details = {};
    std::chrono::seconds pause{5};  ///< between two questions of the device
    Instant asked{};                ///< when it asked last
    Instant expires{};
};

class DeviceAuthorizations {
public:
    explicit DeviceAuthorizations(db::Transaction& tx) : tx_(tx) {}

    /// False when the user code is taken.
    [[nodiscard]] bool create(const DeviceAuthorization& authorization);
    /// Also when it is expired.
    std::optional<DeviceAuthorization> find_by_device_code(const PoolId& pool, ByteView hash);
    std::optional<DeviceAuthorization> find_by_user_code(const PoolId& pool, ByteView hash);
    /// Notes that the device asked, and the pause that it has to make from now on.
    void note_question(const DeviceAuthorization& authorization);
    /// Answers what is pending, once. False when it is not pending any more.
    [[nodiscard]] bool answer(const DeviceAuthorization& authorization);
    /// True for the first caller, false for every later one.
    [[nodiscard]] bool erase(const PoolId& pool, ByteView device_code_hash);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
