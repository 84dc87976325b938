#pragma once

#include "order_book.hpp"

#include "symbolon/skill/account_linking.hpp"
#include "symbolon/skill/skill.hpp"

#include <memory>
#include <string>
#include <vector>

namespace orders_skill {

/// The scopes of the resource server "orders".
inline constexpr const char* read_scope = "orders/read";
inline constexpr const char* write_scope = "orders/write";

struct Options {
    std::vector<std::string> skill_ids = {};
    /// Whose access tokens are good: issuer and the client that the platform links with. The scopes are the skill's to
    /// say.
    symbolon::skill::TokenVerifierOptions tokens = {};
    std::shared_ptr<OrderBook> orders = std::make_shared<OrderBook>();
};

/// The skill that takes orders of whoever linked an account with the scope for it.
symbolon::skill::Skill make(Options options);

}  // namespace orders_skill
