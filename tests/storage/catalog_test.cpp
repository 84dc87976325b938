#include "directory/catalog.hpp"

#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::Pools;

class CatalogStore : public DirectoryTest {
protected:
    std::string name_of(const PoolId& id) { return run(catalog_.get_pool(id))->name; }
    void rename(const PoolId& id, const std::string& name) {
        write([&](db::Transaction& tx) {
            auto pool = Pools(tx).get(id);
            pool.name = name;
            Pools(tx).save(pool);
        });
    }

    ManualClock clock_{noon};
    directory::Catalog catalog_{database(), sealer_, clock_};
};

TEST_P(CatalogStore, shows_a_change_after_a_second_or_when_told_to_forget) {
    const auto pool = create_pool("us-east-1_a");
    EXPECT_EQ(name_of(pool.id), "Pool us-east-1_a");
    rename(pool.id, "new");
    EXPECT_EQ(name_of(pool.id), "Pool us-east-1_a");
    clock_.advance(1s);
    EXPECT_EQ(name_of(pool.id), "new");
    rename(pool.id, "newer");
    catalog_.forget(pool.id);
    EXPECT_EQ(name_of(pool.id), "newer");
}

TEST_P(CatalogStore, finds_what_is_created_after_it_was_asked_for) {
    EXPECT_EQ(run(catalog_.find_domain("Mine")), nullptr);
    EXPECT_EQ(run(catalog_.find_domain("not a domain")), nullptr);
    EXPECT_EQ(run(catalog_.find_client(ClientId("c"))), nullptr);
    const auto pool = create_pool("us-east-1_a");
    write([&](db::Transaction& tx) {
        directory::Domains(tx).create({.domain = "mine", .pool_id = pool.id});
        directory::Client client;
        client.pool_id = pool.id;
        client.id = ClientId("c");
        directory::Clients(tx, sealer_).create(client);
    });
    EXPECT_EQ(run(catalog_.find_domain("MINE"))->pool_id, pool.id);
    EXPECT_EQ(run(catalog_.get_client(ClientId("c")))->pool_id, pool.id);
}

TEST_P(CatalogStore, forgets_clients_and_domains_with_their_pool) {
    const auto pool = create_pool("us-east-1_a");
    write([&](db::Transaction& tx) {
        directory::Domains(tx).create({.domain = "mine", .pool_id = pool.id});
        directory::Client client;
        client.pool_id = pool.id;
        client.id = ClientId("c");
        directory::Clients(tx, sealer_).create(client);
    });
    ASSERT_TRUE(run(catalog_.find_domain("mine")));
    ASSERT_TRUE(run(catalog_.find_client(ClientId("c"))));
    write([&](db::Transaction& tx) {
        directory::Domains(tx).erase("mine", pool.id);
        directory::Clients(tx, sealer_).erase(pool.id, ClientId("c"));
    });
    catalog_.forget(pool.id);
    EXPECT_FALSE(run(catalog_.find_domain("mine")));
    EXPECT_FALSE(run(catalog_.find_client(ClientId("c"))));
}

TEST_P(CatalogStore, refuses_in_the_words_of_the_api) {
    const auto message_of = [](auto call) -> std::string {
        try {
            call();
        } catch (const Error& error) {
            EXPECT_EQ(error.code, Errc::resource_not_found);
            return error.message;
        }
        return "";
    };
    EXPECT_EQ(message_of([&] { run(catalog_.get_pool(PoolId("a_b"))); }), "User pool a_b does not exist.");
    EXPECT_EQ(message_of([&] { run(catalog_.get_client(ClientId("c"))); }), "User pool client c does not exist.");
    EXPECT_EQ(message_of([&] { run(catalog_.get_keys(PoolId("a_b"))); }), "User pool a_b does not exist.");
}

INSTANTIATE_TEST_SUITE_P(Engines, CatalogStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
