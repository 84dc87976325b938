#pragma once

#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "voice/skill.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// What the assistant keeps, over one transaction. Secrets and tokens are sealed under their row's key.
class Store {
public:
    Store(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    std::optional<std::string> find_setting(std::string_view name);
    void save_setting(std::string_view name, std::string_view value);
    void delete_setting(std::string_view name);

    /// In the order in which they were made.
    std::vector<Skill> list_skills();
    std::optional<Skill> find_skill(std::string_view id);
    /// A skill that is new. Fails: limit_exceeded (an assistant holds 100).
    void add_skill(const Skill& skill);
    void save_skill(const Skill& skill);
    /// With its account linking and enablement.
    void delete_skill(std::string_view id);

    std::optional<StoredLinking> find_linking(std::string_view skill_id);
    void save_linking(std::string_view skill_id, const StoredLinking& linking);
    void delete_linking(std::string_view skill_id);

    std::optional<Enablement> find_enablement(std::string_view skill_id, std::string_view account = first_account);
    /// Of every person, in order of the account; at most 100.
    std::vector<Enablement> list_enablements(std::string_view skill_id);
    void save_enablement(const Enablement& enablement);
    void delete_enablement(std::string_view skill_id, std::string_view account = first_account);

    /// One linking under way: the state that was sent out, bound to the browser that began.
    struct Linking {
        std::string skill_id;
        std::string redirect_uri;
        std::string account{first_account};
        std::string platform;
        std::string verifier;  ///< of PKCE; "" without
    };
    void save_state(std::string_view state, std::string_view browser, const Linking& linking, Instant expires);
    /// Uses the state up. Nothing when it is unknown, used, expired or of another browser; then `why` says which.
    std::optional<Linking> consume_state(std::string_view state, std::string_view browser, Instant now,
                                         std::string_view& why);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

}  // namespace symbolon::voice
