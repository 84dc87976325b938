// Pools and what belongs to them: clients, domains, resource servers, keys, grants.

#include "crypto/test_keys.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/client_rules.hpp"
#include "directory/clients.hpp"
#include "directory/deleted_pools.hpp"
#include "directory/domains.hpp"
#include "directory/grants.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class PoolsStore : public DirectoryTest {
protected:
    Client make_client(const PoolId& pool, const std::string& id, const std::string& secret = "") {
        Client client;
        client.pool_id = pool;
        client.id = ClientId(id);
        client.name = "Client " + id;
        client.settings.AccessTokenValidity = 2;
        apply_defaults(client.settings);
        client.secret = ClientSecret(secret);
        client.created = noon;
        client.modified = noon + 1ms;
        return client;
    }
    Client create_client(const PoolId& pool, const std::string& id, const std::string& secret = "") {
        Client client = make_client(pool, id, secret);
        write([&](db::Transaction& tx) { Clients(tx, sealer_).create(client); });
        return client;
    }
    void create_domain(const PoolId& pool, const std::string& name, DomainKind kind = DomainKind::prefix) {
        write([&](db::Transaction& tx) {
            Domains(tx).create({.domain = name,
                                .pool_id = pool,
                                .kind = kind,
                                .managed_login_version = 2,
                                .certificate_arn = "arn",
                                .created = noon});
        });
    }
    std::string message_of_write(const std::function<void(db::Transaction&)>& closure) {
        try {
            write(closure);
        } catch (const Error& error) {
            return error.message;
        }
        return "";
    }
};

TEST_P(PoolsStore, gives_back_every_field_of_a_pool) {
    Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    create_domain(pool.id, "prefix-a");
    create_domain(pool.id, "auth.example.com", DomainKind::custom);
    const Pool found = read([&](db::Transaction& tx) { return Pools(tx).get(pool.id); });
    EXPECT_EQ(found.name, "Pool us-east-1_a");
    EXPECT_TRUE(found.username_is_phone());
    EXPECT_FALSE(found.username_is_email());
    EXPECT_EQ(found.created, noon);
    EXPECT_EQ(found.version, 1);
    EXPECT_EQ(found.domain, "prefix-a");
    EXPECT_EQ(found.custom_domain, "auth.example.com");
    EXPECT_EQ(message_of_write([](db::Transaction& tx) { Pools(tx).get(PoolId("us-east-1_x")); }),
              "User pool us-east-1_x does not exist.");
}

TEST_P(PoolsStore, saves_no_pool_over_a_newer_version) {
    Pool pool = create_pool("us-east-1_a");
    pool.name = "new";
    write([&](db::Transaction& tx) { Pools(tx).save(pool); });
    EXPECT_EQ(read([&](db::Transaction& tx) { return Pools(tx).get(pool.id); }).name, "new");
    EXPECT_EQ(refusal_of([&] { write([&](db::Transaction& tx) { Pools(tx).save(pool); }); }),
              Errc::concurrent_modification);
}

TEST_P(PoolsStore, lists_pools_page_by_page) {
    for (const char* id : {"us-east-1_b", "us-east-1_a", "us-east-1_C"}) create_pool(id);
    const auto first = read([](db::Transaction& tx) { return Pools(tx).list("", 2); });
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[0].id.str(), "us-east-1_C") << "in the order of bytes";
    EXPECT_EQ(first[1].id.str(), "us-east-1_a");
    const auto second = read([](db::Transaction& tx) { return Pools(tx).list("us-east-1_a", 2); });
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].id.str(), "us-east-1_b");
}

TEST_P(PoolsStore, erases_a_pool_only_unprotected_and_without_domains) {
    Pool pool = make_pool("us-east-1_a");
    pool.settings.DeletionProtection = DeletionProtectionType::ACTIVE;
    write([&](db::Transaction& tx) { Pools(tx).create(pool); });
    const auto erase = [&](db::Transaction& tx) { Pools(tx).erase(pool.id); };
    EXPECT_EQ(message_of_write(erase),
              "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be "
              "inactivated first.");
    pool.settings.DeletionProtection = DeletionProtectionType::INACTIVE;
    write([&](db::Transaction& tx) { Pools(tx).save(pool); });
    create_domain(pool.id, "prefix-a");
    EXPECT_EQ(message_of_write(erase),
              "User pool cannot be deleted. It has a domain configured that should be deleted first.");
    write([&](db::Transaction& tx) { Domains(tx).erase("prefix-a", pool.id); });
    create_client(pool.id, "c1");
    create_user(pool, "id-1", "alice");
    EXPECT_EQ(message_of_write(erase), "");
    read([&](db::Transaction& tx) {
        EXPECT_FALSE(Pools(tx).find(pool.id));
        EXPECT_FALSE(Clients(tx, sealer_).find(ClientId("c1")));
        EXPECT_TRUE(DeletedPools(tx).contains(pool.id));
    });
}

TEST_P(PoolsStore, gives_back_every_field_of_a_client_and_keeps_its_secret_sealed) {
    const Pool pool = create_pool("us-east-1_a");
    create_client(pool.id, "c1", "secret-secret-secret-secret");
    create_client(pool.id, "c2");
    const Client found = read([&](db::Transaction& tx) { return Clients(tx, sealer_).get(pool.id, ClientId("c1")); });
    EXPECT_EQ(found.name, "Client c1");
    EXPECT_EQ(found.secret.reveal(), "secret-secret-secret-secret");
    EXPECT_TRUE(found.is_confidential());
    EXPECT_EQ(found.access_token_life(), 2h);
    EXPECT_EQ(found.created, noon);
    EXPECT_EQ(found.modified, noon + 1ms);
    EXPECT_FALSE(
        read([&](db::Transaction& tx) { return Clients(tx, sealer_).get(pool.id, ClientId("c2")); }).is_confidential());

    const crypto::Sealer other(Bytes(32, 8), random_);
    EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { (void)Clients(tx, other).find(ClientId("c1")); }); }),
              Errc::internal);
}

TEST_P(PoolsStore, changes_lists_and_erases_clients) {
    const Pool pool = create_pool("us-east-1_a");
    Client client = create_client(pool.id, "c1");
    create_client(pool.id, "c2");
    client.name = "renamed";
    client.secret = ClientSecret("now-a-secret");
    write([&](db::Transaction& tx) { Clients(tx, sealer_).save(client); });
    const auto clients = read([&](db::Transaction& tx) { return Clients(tx, sealer_).list(pool.id, "", 60); });
    ASSERT_EQ(clients.size(), 2u);
    EXPECT_EQ(clients[0].name, "renamed");
    EXPECT_EQ(clients[0].secret.reveal(), "now-a-secret");
    EXPECT_EQ(read([&](db::Transaction& tx) { return Clients(tx, sealer_).list(pool.id, "c1", 60).size(); }), 1u);
    write([&](db::Transaction& tx) { Clients(tx, sealer_).erase(pool.id, ClientId("c1")); });
    EXPECT_EQ(message_of_write([&](db::Transaction& tx) { Clients(tx, sealer_).get(pool.id, ClientId("c1")); }),
              "User pool client c1 does not exist.");
    EXPECT_NE(message_of_write([&](db::Transaction& tx) { Clients(tx, sealer_).save(client); }), "");
}

TEST_P(PoolsStore, gives_a_domain_to_one_pool_and_a_pool_one_domain_of_a_kind) {
    const Pool a = create_pool("us-east-1_a");
    const Pool b = create_pool("us-east-1_b");
    create_domain(a.id, "taken");
    const auto create = [](const PoolId& pool, const std::string& name) {
        return [=](db::Transaction& tx) { Domains(tx).create({.domain = name, .pool_id = pool}); };
    };
    EXPECT_EQ(message_of_write(create(b.id, "taken")), "Domain already associated with another user pool.");
    EXPECT_NE(message_of_write(create(a.id, "second")), "");
    EXPECT_FALSE(read([](db::Transaction& tx) { return Domains(tx).find("second"); })) << "rolled back";

    const auto found = read([](db::Transaction& tx) { return Domains(tx).find("TAKEN").value(); });
    EXPECT_EQ(found.pool_id, a.id);
    EXPECT_EQ(found.managed_login_version, 2);
    EXPECT_EQ(found.certificate_arn, "arn");
    EXPECT_EQ(found.created, noon);
    EXPECT_EQ(message_of_write([&](db::Transaction& tx) { Domains(tx).erase("taken", b.id); }),
              "No such domain or user pool exists.");
    write([&](db::Transaction& tx) { Domains(tx).erase("taken", a.id); });
    EXPECT_EQ(message_of_write(create(b.id, "taken")), "");
    EXPECT_EQ(message_of_write(create(a.id, "second")), "");
}

TEST(DomainRules, refuse_reserved_words_and_malformed_names) {
    EXPECT_NO_THROW(check_domain_prefix("testaccountlinking"));
    for (const char* prefix : {"", "-a", "a-", "A", "a_b", "a.b", "my-cognito", "amazonia", "laws-of-x", "healthz",
                               "console", "oauth2", "a\n"})
        EXPECT_THROW(check_domain_prefix(prefix), Error) << prefix;
    EXPECT_THROW(check_domain_prefix(std::string(64, 'a')), Error);
    EXPECT_NO_THROW(check_domain_prefix(std::string(63, 'a')));
    EXPECT_NO_THROW(check_custom_domain("auth.example.com"));
    for (const char* host : {"", "localhost", "Auth.example.com", "auth.example.com.", "10.0.0.1", "a_b.example.com",
                             "https://a.b", "a.b:443", "a.b/c"})
        EXPECT_THROW(check_custom_domain(host), Error) << host;
}

TEST_P(PoolsStore, keeps_resource_servers_and_their_scopes) {
    const Pool pool = create_pool("us-east-1_a");
    ResourceServer server{
        .pool_id = pool.id,
        .identifier = "https://api.example.com",
        .name = "API",
        .scopes = {{.name = "read", .description = "Reads"}, {.name = "write", .description = "Writes"}}};
    write([&](db::Transaction& tx) { ResourceServers(tx).create(server); });
    EXPECT_EQ(message_of_write([&](db::Transaction& tx) { ResourceServers(tx).create(server); }),
              "https://api.example.com already exists in user pool us-east-1_a.");
    const auto found = read([&](db::Transaction& tx) { return ResourceServers(tx).get(pool.id, server.identifier); });
    EXPECT_EQ(found.name, "API");
    ASSERT_EQ(found.scopes.size(), 2u);
    EXPECT_EQ(found.scopes[1].description, "Writes");
    EXPECT_EQ(read([&](db::Transaction& tx) { return ResourceServers(tx).list_scopes(pool.id); }),
              (std::vector<std::string>{"https://api.example.com/read", "https://api.example.com/write"}));
    server.scopes.clear();
    write([&](db::Transaction& tx) { ResourceServers(tx).save(server); });
    EXPECT_TRUE(read([&](db::Transaction& tx) { return ResourceServers(tx).list_scopes(pool.id); }).empty());
    write([&](db::Transaction& tx) { ResourceServers(tx).erase(pool.id, server.identifier); });
    EXPECT_EQ(message_of_write([&](db::Transaction& tx) { ResourceServers(tx).get(pool.id, server.identifier); }),
              "Resource server https://api.example.com does not exist.");
}

TEST_P(PoolsStore, keeps_the_two_keys_of_a_pool_sealed) {
    const Pool pool = create_pool("us-east-1_a");
    const auto& id_key = test_key(0);
    const auto& access_key = test_key(1);
    write([&](db::Transaction& tx) { SigningKeys(tx, sealer_).create(pool.id, id_key, access_key, noon); });
    const auto keys = read([&](db::Transaction& tx) { return SigningKeys(tx, sealer_).get(pool.id, noon); });
    EXPECT_EQ(keys.id_token.kid(), id_key.kid());
    EXPECT_EQ(keys.access_token.kid(), access_key.kid());
    EXPECT_EQ(keys.find(KeyUse::id_token, id_key.kid())->kid(), id_key.kid());
    EXPECT_EQ(keys.find(KeyUse::access_token, access_key.kid())->kid(), access_key.kid());
    EXPECT_EQ(keys.find(KeyUse::access_token, id_key.kid()), nullptr) << "a key of one use proves nothing of the other";
    EXPECT_EQ(keys.find(KeyUse::id_token, "other"), nullptr);
    const auto data = bytes_of("data");
    EXPECT_TRUE(access_key.verify(data, keys.access_token.sign(data)));
    EXPECT_EQ(
        refusal_of([&] { read([&](db::Transaction& tx) { SigningKeys(tx, sealer_).get(PoolId("x_y"), noon); }); }),
        Errc::resource_not_found);
}

TEST_P(PoolsStore, gives_back_every_field_of_grants_and_browser_sessions) {
    const PoolId pool("us-east-1_a");
    const Grant grant{.pool_id = pool,
                      .id = "g",
                      .client_id = ClientId("c"),
                      .user_id = UserId("u"),
                      .details = {.scopes = {"openid"},
                                  .nonce = "n",
                                  .event_id = "e",
                                  .hosted = true,
                                  .username = "name",
                                  .device_key = "d",
                                  .new_device = true,
                                  .rotated_ms = std::vector<std::int64_t>{1, 2}},
                      .refresh_hash = Bytes{0, 1, 2},
                      .auth_time = noon,
                      .expires = noon + 1h,
                      .revoked = false,
                      .generation = 3};
    write([&](db::Transaction& tx) {
        Grants(tx).create(grant);
        Grant other = grant;
        other.id = "h";
        other.refresh_hash.reset();
        Grants(tx).create(other);
        BrowserSessions(tx).create(
            {.pool_id = pool, .hash = Bytes{9}, .user_id = UserId("u"), .auth_time = noon, .expires = noon + 2h});
    });
    const auto found = read([&](db::Transaction& tx) { return Grants(tx).find(pool, "g").value(); });
    EXPECT_EQ(found.client_id, grant.client_id);
    EXPECT_EQ(found.user_id, grant.user_id);
    EXPECT_EQ(found.details.scopes, grant.details.scopes);
    EXPECT_EQ(found.details.nonce, "n");
    EXPECT_EQ(found.details.event_id, "e");
    EXPECT_TRUE(found.details.hosted);
    EXPECT_EQ(found.details.username, "name");
    EXPECT_EQ(found.refresh_hash, grant.refresh_hash);
    EXPECT_EQ(found.auth_time, noon);
    EXPECT_EQ(found.expires, noon + 1h);
    EXPECT_EQ(found.details.device_key, "d");
    EXPECT_EQ(found.details.new_device, true);
    EXPECT_EQ(found.details.rotated_ms, (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(found.generation, 3);
    EXPECT_FALSE(found.revoked);
    EXPECT_FALSE(read([&](db::Transaction& tx) { return Grants(tx).find(pool, "h")->refresh_hash; }));

    write([&](db::Transaction& tx) {
        Grant next = Grants(tx).find(pool, "g").value();
        Grants(tx).rotate(next);
        EXPECT_EQ(next.generation, 4);
        EXPECT_EQ(Grants(tx).find(pool, "g")->generation, 4);
    });
    EXPECT_EQ(refusal_of([&] {
                  write([&](db::Transaction& tx) {
                      Grant stale = grant;
                      Grants(tx).rotate(stale);
                  });
              }),
              Errc::concurrent_modification);
    EXPECT_EQ(
        write([&](db::Transaction& tx) { return Grants(tx).revoke_all_of_sign_in(pool, UserId("u"), noon - 1ms); }), 0);

    write([&](db::Transaction& tx) {
        EXPECT_TRUE(Grants(tx).revoke(pool, "g"));
        EXPECT_FALSE(Grants(tx).revoke(pool, "g")) << "it was revoked already";
        EXPECT_EQ(Grants(tx).revoke_all_of_user(pool, UserId("u")), 1);
    });
    EXPECT_TRUE(read([&](db::Transaction& tx) { return Grants(tx).find(pool, "h")->revoked; }));

    const auto session = read([&](db::Transaction& tx) { return BrowserSessions(tx).find(pool, Bytes{9}).value(); });
    EXPECT_EQ(session.user_id.str(), "u");
    EXPECT_EQ(session.auth_time, noon);
    EXPECT_EQ(session.expires, noon + 2h);
    write([&](db::Transaction& tx) { BrowserSessions(tx).erase(pool, Bytes{9}); });
    EXPECT_FALSE(read([&](db::Transaction& tx) { return BrowserSessions(tx).find(pool, Bytes{9}); }));
}

INSTANTIATE_TEST_SUITE_P(Engines, PoolsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
