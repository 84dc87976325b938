// Attack row 37: nothing of one pool is found, changed or erased under the name of another.

#include "crypto/test_keys.hpp"
#include "directory/attempts.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/clients.hpp"
#include "directory/codes.hpp"
#include "directory/domains.hpp"
#include "directory/grants.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "directory/token_status.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

/// Two pools that differ in their ids alone. Everything is in the first; every call names the second.
class Tenants : public DirectoryTest {
protected:
    Tenants() {
        fill();
        before_ = snapshot();
    }

    void fill() {
        const auto& key = test_key(0);
        const auto& key2 = test_key(1);
        Client client;
        client.pool_id = mine_.id;
        client.id = ClientId("c");
        Grant grant;
        grant.pool_id = mine_.id;
        grant.id = "g";
        grant.user_id = UserId("id-1");
        AuthorizationCode code;
        code.pool_id = mine_.id;
        code.code_hash = Bytes{1};
        write([&](db::Transaction& tx) {
            Clients(tx, sealer_).create(client);
            SigningKeys(tx, sealer_).create(mine_.id, key, key2, noon);
            Domains(tx).create({.domain = "mine", .pool_id = mine_.id});
            ResourceServers(tx).create(
                {.pool_id = mine_.id, .identifier = "api", .name = "API", .scopes = {{"r", "R"}}});
            Grants(tx).create(grant);
            AuthorizationCodes(tx).create(code);
            BrowserSessions(tx).create({.pool_id = mine_.id, .hash = Bytes{2}, .user_id = UserId("id-1")});
            OneTimeCodes(tx, sealer_)
                .save(mine_.id, UserId("id-1"), CodePurpose::recovery, "b", OneTimeCode("1"), noon + 1h);
            EXPECT_TRUE(SpentProofs(tx).spend(mine_.id, "p", noon));
            for (int i = 0; i < 5; ++i) Attempts(tx).count_failure(mine_.id, "k", "s", noon);
        });
    }

    /// All that can be read of the first pool, as one text.
    std::string snapshot() {
        return read([&](db::Transaction& tx) {
            const auto user = Users(tx).find(mine_.id, UserId("id-1"));
            const auto status = find_token_status(tx, mine_.id, UserId("id-1"), "g");
            std::string text = user ? user->username + user->attribute("email") + std::to_string(user->version) : "-";
            const auto add = [&](bool truth) { text += truth ? "1" : "0"; };
            add(Users(tx).find_by_login(mine_, "alice").has_value());
            add(status && status->grant_live);
            add(status && status->tokens_from == Instant{});
            add(Clients(tx, sealer_).find(ClientId("c")).has_value());
            add(Domains(tx).find("mine").has_value());
            add(Grants(tx).find(mine_.id, "g").has_value());
            const auto code = AuthorizationCodes(tx).find(mine_.id, Bytes{1});
            add(code && !code->used);
            add(BrowserSessions(tx).find(mine_.id, Bytes{2}).has_value());
            add(Attempts(tx).is_locked(mine_.id, "k", "s", noon));
            add(SpentProofs(tx).is_spent(mine_.id, "p"));
            for (const auto& scope : ResourceServers(tx).list_scopes(mine_.id)) text += scope;
            return text + Pools(tx).get(mine_.id).name;
        });
    }

    Pool mine_ = create_pool("us-east-1_a");
    Pool other_ = create_pool("us-east-1_A");
    User alice_ = create_user(mine_, "id-1", "alice");
    std::string before_;
};

TEST_P(Tenants, find_nothing_of_each_other) {
    read([&](db::Transaction& tx) {
        const PoolId& other = other_.id;
        EXPECT_FALSE(Users(tx).find(other, UserId("id-1")));
        for (const char* login : {"alice", "id-1"}) EXPECT_FALSE(Users(tx).find_by_login(other_, login));
        EXPECT_TRUE(Users(tx).list(other_, {}, {}, 60).users.empty());
        EXPECT_TRUE(
            Users(tx).list(other_, {.attribute = "sub", .prefix = false, .value = "id-1"}, {}, 60).users.empty());
        EXPECT_EQ(Users(tx).count(other), 0);
        EXPECT_FALSE(find_token_status(tx, other, UserId("id-1"), "g"));
        EXPECT_TRUE(Clients(tx, sealer_).list(other, "", 60).empty());
        EXPECT_FALSE(ResourceServers(tx).find(other, "api"));
        EXPECT_TRUE(ResourceServers(tx).list(other, "", 60).empty());
        EXPECT_TRUE(ResourceServers(tx).list_scopes(other).empty());
        EXPECT_FALSE(Grants(tx).find(other, "g"));
        EXPECT_FALSE(AuthorizationCodes(tx).find(other, Bytes{1}));
        EXPECT_FALSE(BrowserSessions(tx).find(other, Bytes{2}));
        EXPECT_FALSE(SpentProofs(tx).is_spent(other, "p"));
        EXPECT_FALSE(Attempts(tx).is_locked(other, "k", "s", noon));
    });
}

TEST_P(Tenants, are_refused_what_must_exist_in_each_other) {
    const PoolId& other = other_.id;
    const auto refused = [&](auto closure) { return refusal_of([&] { read(closure); }); };
    EXPECT_EQ(refused([&](db::Transaction& tx) { (void)Clients(tx, sealer_).get(other, ClientId("c")); }),
              Errc::resource_not_found);
    EXPECT_EQ(refused([&](db::Transaction& tx) { (void)SigningKeys(tx, sealer_).get(other, noon); }),
              Errc::resource_not_found);
    EXPECT_EQ(refused([&](db::Transaction& tx) { (void)ResourceServers(tx).get(other, "api"); }),
              Errc::resource_not_found);
    EXPECT_EQ(refused([&](db::Transaction& tx) { (void)Users(tx).get_by_login(other_, "alice"); }),
              Errc::user_not_found);
    EXPECT_NO_THROW(read([&](db::Transaction& tx) { (void)SigningKeys(tx, sealer_).get(mine_.id, noon); }));
}

TEST_P(Tenants, change_nothing_of_each_other) {
    const PoolId& other = other_.id;
    User user = alice_;
    user.attributes["email"] = "evil@b.c";
    Client client;
    client.pool_id = other;
    client.id = ClientId("c");
    const std::vector<std::function<void(db::Transaction&)>> calls{
        [&](db::Transaction& tx) { Users(tx).save(other_, user); },
        [&](db::Transaction& tx) { Users(tx).erase(other_, UserId("id-1")); },
        [&](db::Transaction& tx) { Users(tx).sign_out_everywhere(other, UserId("id-1"), noon); },
        [&](db::Transaction& tx) { Clients(tx, sealer_).save(client); },
        [&](db::Transaction& tx) { Clients(tx, sealer_).create(client); },
        [&](db::Transaction& tx) { Clients(tx, sealer_).erase(other, ClientId("c")); },
        [&](db::Transaction& tx) { Domains(tx).create({.domain = "mine", .pool_id = other}); },
        [&](db::Transaction& tx) { Domains(tx).save({.domain = "mine", .pool_id = other}); },
        [&](db::Transaction& tx) { Domains(tx).erase("mine", other); },
        [&](db::Transaction& tx) {
            ResourceServers(tx).save({.pool_id = other, .identifier = "api", .name = "x", .scopes = {}});
        },
        [&](db::Transaction& tx) { ResourceServers(tx).erase(other, "api"); },
        [&](db::Transaction& tx) { EXPECT_FALSE(Grants(tx).revoke(other, "g")); },
        [&](db::Transaction& tx) { EXPECT_EQ(Grants(tx).revoke_all_of_user(other, UserId("id-1")), 0); },
        [&](db::Transaction& tx) {
            AuthorizationCode code;
            code.pool_id = other;
            code.code_hash = Bytes{1};
            EXPECT_FALSE(AuthorizationCodes(tx).use(code, noon));
        },
        [&](db::Transaction& tx) { BrowserSessions(tx).erase(other, Bytes{2}); },
        [&](db::Transaction& tx) { Attempts(tx).forget(other, "k", "s"); },
        [&](db::Transaction& tx) { OneTimeCodes(tx, sealer_).erase(other, UserId("id-1"), CodePurpose::recovery); },
        [&](db::Transaction& tx) {
            EXPECT_EQ(OneTimeCodes(tx, sealer_)
                          .consume(other, UserId("id-1"), CodePurpose::recovery, "b", OneTimeCode("1"), noon, 5),
                      OneTimeCodes::Result::expired);
        },
        [&](db::Transaction& tx) { Pools(tx).erase(other); },
    };
    for (std::size_t i = 0; i < calls.size(); ++i) {
        try {
            write(calls[i]);
        } catch (const Error& error) {
            EXPECT_NE(error.code, Errc::unavailable) << i;
        }
        EXPECT_EQ(snapshot(), before_) << "call " << i;
    }
    EXPECT_EQ(write([&](db::Transaction& tx) {
                  return OneTimeCodes(tx, sealer_)
                      .consume(mine_.id, UserId("id-1"), CodePurpose::recovery, "b", OneTimeCode("1"), noon, 5);
              }),
              OneTimeCodes::Result::right);
}

INSTANTIATE_TEST_SUITE_P(Engines, Tenants, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
