#pragma once

#include "db/transaction.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// Interaction models of skills, over one transaction.
class ModelStore {
public:
    explicit ModelStore(db::Transaction& tx) : tx_(tx) {}

    struct Stored {
        std::string locale;
        boost::json::object model;  ///< what stands under "interactionModel"
        std::int64_t version = 1;   ///< counts the changes
    };
    std::optional<Stored> find(std::string_view skill_id, std::string_view locale);
    /// That of the locale, of another with the same language, or of any, in this order.
    std::optional<Stored> find_best(std::string_view skill_id, std::string_view locale);
    std::vector<Stored> list(std::string_view skill_id);
    void save(std::string_view skill_id, std::string_view locale, const boost::json::object& model);
    void delete_all(std::string_view skill_id);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
