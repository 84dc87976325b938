#pragma once

#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "storage/engines.hpp"

#include <boost/describe/class.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace symbolon::storage {

inline constexpr Instant noon{std::chrono::milliseconds(1'763'812'800'000)};

/// Ids for rows that need no pool or user behind them.
inline const PoolId pool_a("us-east-1_a");
inline const PoolId pool_b("us-east-1_b");
inline const UserId alice("id-1");
inline const UserId bob("id-2");

/// What `SELECT … AS rows` counts.
struct Count {
    std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (rows))

/// A part of fixtures: a key to seal with, and makers of pools and users that are not stored yet.
class DirectorySamples {
protected:
    enum class SignInWith { username, alias, phone_number };

    static directory::Pool make_pool(const std::string& id, SignInWith with = SignInWith::username) {
        directory::Pool pool;
        pool.id = PoolId(id);
        pool.name = "Pool " + id;
        if (with == SignInWith::alias)
            pool.settings.AliasAttributes = List<directory::AliasAttributeType>{
                directory::AliasAttributeType::email, directory::AliasAttributeType::phone_number,
                directory::AliasAttributeType::preferred_username};
        if (with == SignInWith::phone_number)
            pool.settings.UsernameAttributes =
                List<directory::UsernameAttributeType>{directory::UsernameAttributeType::phone_number};
        directory::apply_defaults(pool.settings);
        pool.created = pool.modified = noon;
        pool.version = 1;
        return pool;
    }

    static directory::User make_user(const directory::Pool& pool, const std::string& id, const std::string& username) {
        directory::User user;
        user.pool_id = pool.id;
        user.id = UserId(id);
        user.username = pool.username_is_attribute() ? id : username;
        if (pool.username_is_phone()) user.attributes["phone_number"] = username;
        user.status = directory::UserStatus::CONFIRMED;
        user.created = user.modified = noon;
        return user;
    }

    crypto::SeededRandom random_{1};
    crypto::Sealer sealer_{Bytes(32, 7), random_};
};

/// A test of the directory's repositories.
class DirectoryTest : public StorageTest, protected DirectorySamples {
protected:
    directory::Pool create_pool(const std::string& id, SignInWith with = SignInWith::username) {
        auto pool = make_pool(id, with);
        write([&](db::Transaction& tx) { directory::Pools(tx).create(pool); });
        return pool;
    }

    directory::User create_user(const directory::Pool& pool, const std::string& id, const std::string& username) {
        auto user = make_user(pool, id, username);
        write([&](db::Transaction& tx) { directory::Users(tx).create(pool, user); });
        return user;
    }
};

}  // namespace symbolon::storage
