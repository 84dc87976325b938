// Requests that meet, on two nodes at once: what is unique stays so, no change is lost, nothing is used twice, and who
// is refused leaves nothing behind.

#include "crypto/test_keys.hpp"
#include "directory/attempts.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/clients.hpp"
#include "directory/codes.hpp"
#include "directory/domains.hpp"
#include "directory/grants.hpp"
#include "directory/linked_identities.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <atomic>
#include <string>
#include <string_view>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

constexpr int racers = 40;

class Races : public TwoNodesTest, protected DirectorySamples {
protected:
    /// Many writes at once, half of them on each node; each is given its number. Returns how racers were kept; the
    /// others must have been refused with `refusal`.
    template <class F>
    int race(Errc refusal, F closure) {
        std::atomic<int> next = 0;
        std::atomic<int> kept = 0;
        run_in_parallel(racers, [&] {
            const int number = next++;
            try {
                write(number % 2 == 0 ? *a : *b, [&](db::Transaction& tx) { closure(tx, number); });
                ++kept;
            } catch (const Error& error) {
                EXPECT_EQ(error.code, refusal) << error.message << " " << error.detail;
            }
        });
        return kept;
    }
    /// The same, of closures that are not refused but say whether they were the one.
    template <class F>
    int race_for(F closure) {
        std::atomic<int> next = 0;
        std::atomic<int> won = 0;
        run_in_parallel(racers, [&] { won += write(next++ % 2 == 0 ? *a : *b, closure) ? 1 : 0; });
        return won;
    }
    std::int64_t count(std::string_view sql) {
        return read(*a, [&](db::Transaction& tx) { return tx.row<Count>(sql)->rows; });
    }

    Pool create_pool(const std::string& id, SignInWith with = SignInWith::username) {
        auto pool = make_pool(id, with);
        write(*a, [&](db::Transaction& tx) { Pools(tx).create(pool); });
        return pool;
    }
    User create_user(const Pool& pool, const std::string& id, const std::string& name) {
        auto user = make_user(pool, id, name);
        write(*a, [&](db::Transaction& tx) { Users(tx).create(pool, user); });
        return user;
    }
    static Client make_client(const PoolId& pool, const std::string& id) {
        Client client;
        client.pool_id = pool;
        client.id = ClientId(id);
        client.name = "of " + pool.str();
        client.settings.AccessTokenValidity = 1;
        return client;
    }
    static Grant make_grant(const std::string& id) {
        Grant grant;
        grant.pool_id = pool_id;
        grant.id = id;
        grant.user_id = UserId("id-1");
        return grant;
    }

    static inline const PoolId pool_id{"us-east-1_a"};
};

TEST_P(Races, one_of_many_signs_up_with_a_number_and_the_others_leave_nothing) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    const int signed_up = race(Errc::username_exists, [&](db::Transaction& tx, int number) {
        Users(tx).create(pool, make_user(pool, "id-" + std::to_string(number), "+14155550123"));
    });
    EXPECT_EQ(signed_up, 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM users"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM user_names"), 1);
}

TEST_P(Races, one_of_many_gets_an_alias) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    for (int i = 0; i < racers; ++i) create_user(pool, "id-" + std::to_string(i), "user" + std::to_string(i));
    const int verified = race(Errc::alias_exists, [&](db::Transaction& tx, int number) {
        User user = Users(tx).find(pool.id, UserId("id-" + std::to_string(number))).value();
        user.attributes["email"] = "shared@example.com";
        user.attributes["email_verified"] = "true";
        Users(tx).save(pool, user);
    });
    EXPECT_EQ(verified, 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM user_names WHERE kind = 'email'"), 1);
}

TEST_P(Races, no_change_of_a_user_is_lost) {
    const Pool pool = create_pool("us-east-1_a");
    create_user(pool, "id-1", "alice");
    const int changed = race(Errc::concurrent_modification, [&](db::Transaction& tx, int number) {
        User user = Users(tx).find(pool.id, UserId("id-1")).value();
        user.attributes["custom:" + std::to_string(number)] = "x";
        Users(tx).save(pool, user);
    });
    EXPECT_EQ(changed, racers) << "a change that read what it changes does not fail, it runs again";
    const auto user = read(*b, [&](db::Transaction& tx) { return Users(tx).find(pool.id, UserId("id-1")).value(); });
    EXPECT_EQ(user.attributes.size(), static_cast<std::size_t>(racers));
}

TEST_P(Races, a_user_who_is_erased_while_the_number_changes_leaves_no_name) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    create_user(pool, "id-1", "+14155550123");
    race(Errc::user_not_found, [&](db::Transaction& tx, int number) {
        if (number == racers / 2) return Users(tx).erase(pool, UserId("id-1"));
        auto user = Users(tx).find(pool.id, UserId("id-1"));
        if (!user) throw Error(Errc::user_not_found);
        user->attributes["phone_number"] = "+1415555" + std::to_string(1000 + number);
        Users(tx).save(pool, *user);
    });
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM users"), 0);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM user_names"), 0);
}

TEST_P(Races, one_of_many_pools_gets_a_domain) {
    const int got_it = race(Errc::invalid_parameter, [&](db::Transaction& tx, int number) {
        Domains(tx).create({.domain = "wanted", .pool_id = PoolId("us-east-1_" + std::to_string(number))});
    });
    EXPECT_EQ(got_it, 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM pool_domains"), 1);
}

TEST_P(Races, a_pool_gets_one_of_many_domains) {
    const int got_it = race(Errc::invalid_parameter, [&](db::Transaction& tx, int number) {
        Domains(tx).create({.domain = "wanted" + std::to_string(number), .pool_id = pool_id});
    });
    EXPECT_EQ(got_it, 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM domains"), 1) << "the names of the others are free";
}

TEST_P(Races, the_id_of_a_client_belongs_to_one_pool) {
    const int created = race(Errc::internal, [&](db::Transaction& tx, int number) {
        Clients(tx, sealer_).create(make_client(PoolId("us-east-1_" + std::to_string(number)), "c"));
    });
    EXPECT_EQ(created, 1);
    EXPECT_EQ(count("SELECT COUNT(*) AS rows FROM clients"), 1);
    EXPECT_TRUE(read(*b, [&](db::Transaction& tx) { return Clients(tx, sealer_).find(ClientId("c")); }));
}

TEST_P(Races, no_change_of_a_client_a_pool_or_a_resource_server_is_lost) {
    create_pool("us-east-1_a");
    write(*a, [&](db::Transaction& tx) {
        Clients(tx, sealer_).create(make_client(pool_id, "c"));
        ResourceServers(tx).create({.pool_id = pool_id, .identifier = "api", .name = "", .scopes = {}});
    });
    const int changed = race(Errc::concurrent_modification, [&](db::Transaction& tx, int number) {
        Client client = Clients(tx, sealer_).get(pool_id, ClientId("c"));
        client.settings.AccessTokenValidity = client.settings.AccessTokenValidity.value().get() + 1;
        Clients(tx, sealer_).save(client);
        Pool pool = Pools(tx).get(pool_id);
        pool.name += "+";
        Pools(tx).save(pool);
        ResourceServer server = ResourceServers(tx).get(pool_id, "api");
        server.scopes.push_back({"scope" + std::to_string(number), "Scope"});
        ResourceServers(tx).save(server);
    });
    EXPECT_EQ(changed, racers);
    read(*b, [&](db::Transaction& tx) {
        EXPECT_EQ(Clients(tx, sealer_).get(pool_id, ClientId("c")).settings.AccessTokenValidity.value().get(),
                  racers + 1);
        EXPECT_EQ(Pools(tx).get(pool_id).name, "Pool us-east-1_a" + std::string(racers, '+'));
        EXPECT_EQ(ResourceServers(tx).list_scopes(pool_id).size(), static_cast<std::size_t>(racers));
    });
}

TEST_P(Races, a_resource_server_and_a_pool_are_made_once) {
    EXPECT_EQ(race(Errc::invalid_parameter,
                   [&](db::Transaction& tx, int number) {
                       ResourceServers(tx).create(
                           {.pool_id = pool_id, .identifier = "api", .name = std::to_string(number), .scopes = {}});
                   }),
              1);
    EXPECT_EQ(race(Errc::internal, [&](db::Transaction& tx, int) { Pools(tx).create(make_pool("us-east-1_a")); }), 1);
}

TEST_P(Races, a_signing_key_and_a_browser_session_are_stored_once) {
    const SigningKeys::Stored key{KeyUse::id_token, test_key(0), noon, noon};
    EXPECT_EQ(race(Errc::internal, [&](db::Transaction& tx, int) { SigningKeys(tx, sealer_).insert(pool_id, key); }),
              1);
    EXPECT_EQ(race(Errc::internal,
                   [&](db::Transaction& tx, int number) {
                       BrowserSessions(tx).create(
                           {.pool_id = pool_id, .hash = Bytes{1}, .user_id = UserId(std::to_string(number))});
                   }),
              1);
}

TEST_P(Races, a_proof_a_one_time_code_and_an_authorization_code_are_used_once) {
    AuthorizationCode code;
    code.pool_id = pool_id;
    code.code_hash = Bytes{1};
    write(*a, [&](db::Transaction& tx) {
        AuthorizationCodes(tx).create(code);
        OneTimeCodes(tx, sealer_)
            .save(pool_id, UserId("id-1"), CodePurpose::sms_mfa, "b", OneTimeCode("123456"), noon + 60s);
    });
    EXPECT_EQ(race_for([&](db::Transaction& tx) { return SpentProofs(tx).spend(pool_id, "p", noon); }), 1);
    EXPECT_EQ(race_for([&](db::Transaction& tx) { return AuthorizationCodes(tx).use(code, noon); }), 1);
    EXPECT_EQ(race_for([&](db::Transaction& tx) {
                  return OneTimeCodes(tx, sealer_)
                             .consume(pool_id, UserId("id-1"), CodePurpose::sms_mfa, "b", OneTimeCode("123456"), noon,
                                      racers) == OneTimeCodes::Result::right;
              }),
              1);
}

TEST_P(Races, tries_on_two_nodes_are_counted_together) {
    EXPECT_EQ(race_for([](db::Transaction& tx) { return Attempts(tx).count(pool_id, "k", "s", 7, 60s, noon); }), 7);
    EXPECT_EQ(race_for([](db::Transaction& tx) { return Attempts(tx).begin_try(pool_id, "password", "s", noon); }), 5);
}

// Attack class 56: of two administrators one is told that it is done.
TEST_P(Races, an_identity_is_unlinked_once) {
    const Pool pool = create_pool("us-east-1_a");
    const auto user = create_user(pool, "id-1", "ann");
    const ExternalIdentity identity{"Corp", std::string(ExternalIdentity::subject), "person-1"};
    IdentityProvider corp;
    corp.pool_id = pool.id;
    corp.name = "Corp";
    corp.type = IdentityProviderTypeType::OIDC;
    write(*a, [&](db::Transaction& tx) {
        IdentityProviders(tx, sealer_).create(corp);
        link_identity(tx, sealer_, pool, user, identity, noon);
    });
    const int unlinked = race(Errc::user_not_found,
                              [&](db::Transaction& tx, int) { unlink_identity(tx, sealer_, pool, identity, noon); });
    EXPECT_EQ(unlinked, 1);
    const auto left = read(*b, [&](db::Transaction& tx) { return Users(tx).find(pool.id, user.id).value(); });
    EXPECT_FALSE(left.attributes.contains("identities"));
}

// The rule of the token endpoint: whoever comes second revokes what the first was given.
TEST_P(Races, a_code_that_is_shown_twice_at_once_leaves_no_live_grant) {
    AuthorizationCode code;
    code.pool_id = pool_id;
    for (int round = 0; round < 5; ++round) {
        code.code_hash = Bytes{static_cast<std::uint8_t>(round)};
        code.grant_id = "g" + std::to_string(round);
        write(*a, [&](db::Transaction& tx) { AuthorizationCodes(tx).create(code); });
        const int granted = race_for([&](db::Transaction& tx) {
            const bool first = AuthorizationCodes(tx).use(code, noon);
            if (first)
                Grants(tx).create(make_grant(code.grant_id));
            else
                Grants(tx).revoke(pool_id, code.grant_id);
            return first;
        });
        EXPECT_EQ(granted, 1);
        EXPECT_TRUE(read(*b, [&](db::Transaction& tx) { return Grants(tx).find(pool_id, code.grant_id)->revoked; }));
    }
}

// The rule of a refresh: whoever finds the token that he was shown replaces it; who comes later finds the next one.
TEST_P(Races, a_refresh_token_that_is_shown_many_times_at_once_has_one_successor) {
    write(*a, [&](db::Transaction& tx) { Grants(tx).create(make_grant("g")); });
    EXPECT_EQ(race_for([&](db::Transaction& tx) {
                  auto grant = Grants(tx).find(pool_id, "g").value();
                  if (grant.generation != 0) return false;
                  grant.details.rotated_ms = std::vector<std::int64_t>{to_ms(noon)};
                  Grants(tx).rotate(grant);
                  return true;
              }),
              1);
    const auto grant = read(*b, [&](db::Transaction& tx) { return Grants(tx).find(pool_id, "g").value(); });
    EXPECT_EQ(grant.generation, 1);
    EXPECT_EQ(grant.details.rotated_ms, std::vector<std::int64_t>{to_ms(noon)});
}

TEST_P(Races, a_refresh_token_is_replaced_or_revoked_and_stays_revoked) {
    write(*a, [&](db::Transaction& tx) { Grants(tx).create(make_grant("g")); });
    race(Errc::not_authorized, [&](db::Transaction& tx, int number) {
        auto grant = Grants(tx).find(pool_id, "g").value();
        if (grant.revoked) throw Error(Errc::not_authorized);
        if (number == racers / 2) {
            Grants(tx).revoke(pool_id, "g");
        } else {
            Grants(tx).rotate(grant);
        }
    });
    EXPECT_TRUE(read(*b, [&](db::Transaction& tx) { return Grants(tx).find(pool_id, "g")->revoked; }));
}

TEST_P(Races, a_grant_is_revoked_by_one_of_many_alone_or_with_all_of_its_user) {
    write(*a, [&](db::Transaction& tx) {
        for (const char* id : {"g", "h"}) Grants(tx).create(make_grant(id));
    });
    EXPECT_EQ(race_for([&](db::Transaction& tx) { return Grants(tx).revoke(pool_id, "g"); }), 1);
    EXPECT_EQ(
        race_for([&](db::Transaction& tx) { return Grants(tx).revoke_all_of_user(pool_id, UserId("id-1")) == 1; }), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, Races, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
