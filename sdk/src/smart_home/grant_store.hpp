#pragma once

#include "symbolon/skill/persistence.hpp"
#include "symbolon/skill/smart_home/login_with_amazon.hpp"

#include "crypto/random.hpp"
#include "crypto/seal.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace symbolon::skill::smart_home {

/// The tokens of one user, and which version of them they are.
struct StoredGrant {
    GrantedTokens tokens;
    std::int64_t version;
};

/// Users' tokens, sealed so that the store's file alone is worth nothing, and bound to their user so that nobody gets
/// another's by moving a row. Threads: any.
class GrantStore {
public:
    /// Fails: std::invalid_argument (no store, a key that is not of 32 bytes).
    GrantStore(std::shared_ptr<Persistence> store, const std::string& master_key);

    /// Nothing when there are none, or none that this key opens. Fails: PersistenceError.
    std::optional<StoredGrant> find(const std::string& user) const;
    /// Over whatever is stored. Fails: PersistenceError.
    void put(const std::string& user, const GrantedTokens& tokens) const;
    /// Over that version only. Fails: AttributesConflict, PersistenceError.
    void replace(const std::string& user, const GrantedTokens& tokens, std::int64_t version) const;
    void remove(const std::string& user) const;

private:
    StoredAttributes seal(const std::string& user, const GrantedTokens& tokens, std::int64_t version) const;

    std::shared_ptr<Persistence> store_;
    std::unique_ptr<crypto::SystemRandom> random_ = std::make_unique<crypto::SystemRandom>();
    std::unique_ptr<crypto::Sealer> sealer_;
};

}  // namespace symbolon::skill::smart_home
