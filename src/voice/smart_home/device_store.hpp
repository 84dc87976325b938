#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// A virtual device: what a smart-home skill says that it has, and the state that it last told of.
struct Device {
    boost::json::object endpoint;   ///< as discovered
    boost::json::array properties;  ///< the latest of each
    Instant at{};                   ///< of what was told last

    std::string id() const;
};

/// Puts what was told now over what was known.
void merge_properties(boost::json::array& known, const boost::json::array& told);

/// The devices of smart-home skills, over one transaction.
class DeviceStore {
public:
    explicit DeviceStore(db::Transaction& tx) : tx_(tx) {}

    /// By their id, at most 300.
    std::vector<Device> list(std::string_view skill_id, std::string_view account);
    std::optional<Device> find(std::string_view skill_id, std::string_view account, std::string_view endpoint_id);
    void save(std::string_view skill_id, std::string_view account, const Device& device);
    void remove(std::string_view skill_id, std::string_view account, std::string_view endpoint_id);
    void clear(std::string_view skill_id, std::string_view account);
    void forget_skill(std::string_view skill_id);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
