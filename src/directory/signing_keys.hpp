#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/jose/jwk.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// ID tokens and access tokens are signed by different keys (oauth-and-hosted-ui.md §2.1).
enum class KeyUse { id_token, access_token };

/// How long before it signs a key is published: longer than anyone is told to keep the list of keys.
inline constexpr std::chrono::hours publication_lead{1};
/// How long a key stays published after it has signed its last token: as long as a token may live, and a little.
inline constexpr std::chrono::minutes publication_after{24 * 60 + 5};

/// The keys of a pool as they are at some moment.
struct PoolKeys {
    crypto::jose::SigningKey id_token;      ///< signs now
    crypto::jose::SigningKey access_token;  ///< signs now

    struct Published {
        KeyUse use;
        crypto::jose::SigningKey key;
    };
    std::vector<Published> others;  ///< those that will sign, or did: published as well

    /// The published key of that name and use; null when there is none. A key of one use proves nothing of the other.
    const crypto::jose::SigningKey* find(KeyUse use, std::string_view kid) const;
};

/// A pair of keys that was just made.
struct NewKeys {
    crypto::jose::SigningKey id_token;
    crypto::jose::SigningKey access_token;
};
/// Takes up to a second: never inside a transaction, nor on an event loop.
NewKeys make_keys(crypto::jose::Algorithm algorithm);

/// The keys of all pools. One that is published signs from its time on, until that of the next one of its use; the
/// clock alone decides, so that nothing has to happen at that moment, on any node.
class SigningKeys {
public:
    SigningKeys(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}
    /// Stores the first keys of a pool, which sign from now on.
    void create(const PoolId& pool, const crypto::jose::SigningKey& id_token,
                const crypto::jose::SigningKey& access_token, Instant now);
    /// As they are now. Fails: resource_not_found.
    PoolKeys get(const PoolId& pool, Instant now);
    /// Publishes the next keys, which take over when everybody knows them.
    void publish_next(const PoolId& pool, const NewKeys& keys, Instant now);
    /// Replaces all keys at once: what they signed is not accepted any more.
    void replace_all(const PoolId& pool, const NewKeys& keys, Instant now);

    /// A key as its row has it.
    struct Stored {
        KeyUse use{};
        crypto::jose::SigningKey key;
        Instant created{};
        Instant signs_from{};
        std::optional<Instant> retired = {};  ///< when another takes over, or took; none: it is the last one
    };
    /// The oldest first.
    std::vector<Stored> list(const PoolId& pool);
    void insert(const PoolId& pool, const Stored& key);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

/// Whether a key is published at that moment.
bool is_published(const SigningKeys::Stored& key, Instant now);
/// Whether a key signs at that moment, if none that is younger does.
bool may_sign(const SigningKeys::Stored& key, Instant now);

}  // namespace symbolon::directory
