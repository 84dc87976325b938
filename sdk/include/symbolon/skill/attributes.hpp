#pragma once

#include "symbolon/skill/persistence.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>

namespace symbolon::skill {

/// The attributes of one request that outlive its session: loaded when first looked at, stored when told to. Belongs to
/// one request and one thread.
class PersistentAttributes {
public:
    PersistentAttributes(std::shared_ptr<Persistence> store, std::string key);

    /// Fails: PersistenceError.
    json::object& get();
    /// Returns when they are stored; a handler answers only after that. Does nothing when they were never looked at.
    /// Fails: AttributesConflict, PersistenceError.
    void save();
    /// Fails: PersistenceError.
    void remove();

private:
    std::shared_ptr<Persistence> store_;
    std::string key_;
    std::optional<StoredAttributes> loaded_;
};

}  // namespace symbolon::skill
