#pragma once

#include "db/transaction.hpp"
#include "voice/faults/catalogue.hpp"

#include <string_view>

namespace symbolon::voice {

/// What was chosen for each skill, over one transaction. A choice that a later version no longer knows is left out.
class Behaviours {
public:
    explicit Behaviours(db::Transaction& tx) : tx_(tx) {}

    Behaviour find(std::string_view skill_id);
    /// Replaces what was chosen.
    void save(std::string_view skill_id, const Behaviour& behaviour);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
