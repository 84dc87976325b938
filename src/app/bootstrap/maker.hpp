#pragma once

#include "app/bootstrap/plan.hpp"
#include "aws/door.hpp"
#include "base/task.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/claim.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::app {

/// Where things are made.
struct MakerParts {
    aws::Door& door;
    db::Database& db;
    const crypto::Sealer& sealer;
};

/// Makes what plans say and is not there. Lives as long as make() runs.
class Maker {
public:
    Maker(MakerParts parts, directory::Claim& claim, std::string file);

    /// Fails: what an operation fails with; the message begins with the file and the place in it.
    Task<void> make(std::vector<PoolPlan> plans);

private:
    using Object = boost::json::object;

    Task<void> make_pool(const PoolPlan& plan);
    Task<std::string> find_pool(const Item& pool);
    Task<void> make_item(const std::string& pool, const Section& section, const Item& item);
    Task<void> make_client(const std::string& pool, const Item& item);
    Task<std::string> find_client(const std::string& pool, const Item& item);
    Task<void> make_domain(const std::string& pool, const Item& item);
    Task<void> make_user(const std::string& pool, const Item& item);
    Task<void> join_groups(const std::string& pool, const Item& user);

    /// The id of what a list has under that name; "" when it has none.
    Task<std::string> find_by_name(const Item& item, std::string operation, Object request, std::string_view list,
                                   std::string_view name_member, std::string_view id_member, std::string name);
    /// Nothing when it is not there.
    Task<std::optional<Object>> find(const Item& item, std::string operation, Object request);
    Task<Object> call(const Item& item, std::string operation, Object request);
    Task<Object> call_with(const Item& item, std::string operation, Object request, aws::ChosenIds chosen);

    MakerParts parts_;
    directory::Claim& claim_;
    const std::string file_;
    std::int64_t made_ = 0;
};

}  // namespace symbolon::app
