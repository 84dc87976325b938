#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// One who talks to the assistant. Each has links, user ids and sessions of their own.
struct Account {
    std::string id;  ///< "main" is there from the start
    std::string name;
    std::string locale;       ///< ""; the skill's first
    bool recognized = false;  ///< by the voice: requests name the person
    Instant created{};
    std::string email = {};  ///< at the platform, for makers' servers; "" when it has none
};

/// The people at home, over one transaction.
class Accounts {
public:
    explicit Accounts(db::Transaction& tx) : tx_(tx) {}

    std::vector<Account> list();
    std::optional<Account> find(std::string_view id);
    /// Adds or changes. Fails: invalid_parameter (name, locale or address); limit_exceeded (20 people).
    void save(const Account& account);
    /// With what they granted. "main" stays.
    void remove(std::string_view id);

    /// The permissions that an account gave a skill.
    std::vector<std::string> granted(std::string_view skill_id, std::string_view account);
    void grant(std::string_view skill_id, std::string_view account, const std::vector<std::string>& permissions);
    void forget_skill(std::string_view skill_id);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::voice
