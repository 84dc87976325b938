#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/recent.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

using AccessKeySecret = Secret<struct AccessKeySecretTag>;

/// What an administrator's access key opens. Which operations that are is the API's business (aws/permissions).
struct AccessPolicy {
    enum class Kind {
        full,
        read_only,  ///< what changes nothing and shows no secret
        pool,       ///< everything of one pool, nothing else
    };
    Kind kind = Kind::full;
    PoolId pool = {};  ///< of Kind::pool

    /// `full`, `read-only`, `pool:<pool id>`.
    std::string str() const;
    /// Nothing when it is none of these.
    static std::optional<AccessPolicy> parse(std::string_view text);

    friend bool operator==(const AccessPolicy&, const AccessPolicy&) = default;
};

struct AccessKey {
    std::string id;
    AccessKeySecret secret = {};
    AccessPolicy policy = {};
    bool enabled = true;
    Instant created{};
};

/// A key of a new id and secret, enabled, not stored yet.
AccessKey make_access_key(crypto::Random& random, AccessPolicy policy, Instant now);

/// The access keys of the database, over one transaction.
class AccessKeys {
public:
    AccessKeys(db::Transaction& tx, const crypto::Sealer& sealer) : tx_(tx), sealer_(sealer) {}

    /// With its secret, also when it is disabled. Fails: internal, when the secret does not open: another master key,
    /// or another policy than it was made with.
    std::optional<AccessKey> find(std::string_view id);
    void create(const AccessKey& key);
    /// Fails, this and erase: resource_not_found "There is no access key <id>."
    void set_enabled(const std::string& id, bool enabled);
    void erase(const std::string& id);
    /// In order of the id, after the given one ("": from the start); without the secrets.
    std::vector<AccessKey> list(const std::string& after, int limit);

private:
    db::Transaction& tx_;
    const crypto::Sealer& sealer_;
};

/// The keys that open the API, for every request: the first one, which stands outside the database, and the stored
/// ones, at most one second old. Threads: any.
class AccessKeyRing {
public:
    static constexpr std::chrono::seconds oldest{1};
    static constexpr std::size_t most = 1024;

    AccessKeyRing(db::Database& db, const crypto::Sealer& sealer, const Clock& clock, AccessKey first);

    /// Null when there is none of that id, or it is disabled. An id that no key can have is not looked up.
    Task<std::shared_ptr<const AccessKey>> find(std::string id);

private:
    db::Database& db_;
    const crypto::Sealer& sealer_;
    const Clock& clock_;
    const std::shared_ptr<const AccessKey> first_;
    Recent<std::string, AccessKey> stored_{most, oldest};
};

}  // namespace symbolon::directory
