#include "directory/catalog.hpp"
#include "crypto/test_keys.hpp"

#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

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

TEST_P(CatalogStore, holds_a_bounded_number_of_each_kind) {
    constexpr std::size_t most = directory::Catalog::most_of_a_kind;
    const auto id = [](std::size_t number) { return PoolId("us-east-1_" + std::to_string(number)); };
    write([&](db::Transaction& tx) {
        for (std::size_t i = 0; i < most + 20; ++i) Pools(tx).create(make_pool(id(i).str()));
    });
    for (std::size_t i = 0; i < most; ++i) run(catalog_.get_pool(id(i)));
    EXPECT_EQ(catalog_.size(), most);
    for (std::size_t i = 0; i < most + 20; ++i) run(catalog_.get_pool(id(i)));
    EXPECT_EQ(catalog_.size(), most);
}

// Names of pools, clients and domains come from whoever sends a request.
TEST_P(CatalogStore, holds_nothing_of_what_does_not_exist) {
    for (int i = 0; i < 100; ++i) {
        const auto name = "none" + std::to_string(i);
        EXPECT_EQ(run(catalog_.find_pool(PoolId(name))), nullptr);
        EXPECT_EQ(run(catalog_.find_client(ClientId(name))), nullptr);
        EXPECT_EQ(run(catalog_.find_domain(name)), nullptr);
    }
    EXPECT_EQ(catalog_.size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, CatalogStore, engines(), engine_name);

/// Two nodes, of which Anna's makes the changes.
class TwoCatalogs : public TwoNodesTest, protected DirectorySamples {
protected:
    const PoolId id{"us-east-1_a"};

    TwoCatalogs() {
        write(*a, [&](db::Transaction& tx) {
            Pools(tx).create(make_pool(id.str()));
            directory::SigningKeys(tx, sealer_).create(id, test_key(0), test_key(1), noon);
            directory::Clients(tx, sealer_).create(make_client("before"));
            directory::Domains(tx).create({.domain = "before", .pool_id = id});
        });
    }

    directory::Client make_client(const std::string& name) const {
        directory::Client client;
        client.pool_id = id;
        client.id = ClientId("c");
        client.name = name;
        return client;
    }

    /// All that a catalog says of the pool.
    static std::vector<std::string> look(directory::Catalog& catalog, const PoolId& pool) {
        const auto of_domain = [&](const std::string& name) {
            return run(catalog.find_domain(name)) ? name : "no " + name;
        };
        auto shown = std::vector<std::string>{run(catalog.get_pool(pool))->name,
                                              run(catalog.get_client(ClientId("c")))->name,
                                              of_domain("before"),
                                              of_domain("after"),
                                              run(catalog.get_keys(pool))->access_token.kid(),
                                              std::to_string(run(catalog.get_keys(pool))->others.size())};
        for (const auto& scope : *run(catalog.list_scopes(pool))) shown.push_back(scope);
        return shown;
    }

    void change_everything() {
        write(*a, [&](db::Transaction& tx) {
            auto pool = Pools(tx).get(id);
            pool.name = "after";
            Pools(tx).save(pool);
            directory::Clients(tx, sealer_).save(make_client("after"));
            directory::Domains(tx).erase("before", id);
            directory::Domains(tx).create({.domain = "after", .pool_id = id});
            directory::SigningKeys(tx, sealer_)
                .insert(id, {directory::KeyUse::access_token, test_key(2), noon - 1h, noon - 1h, noon});
            directory::ResourceServers(tx).create(
                {.pool_id = id, .identifier = "api", .name = "API", .scopes = {{"read", "Read"}}});
        });
        annas.forget(id);
    }

    const std::vector<std::string> before{"Pool us-east-1_a", "before", "before", "no after", test_key(1).kid(), "0"};
    const std::vector<std::string> after{"after", "after", "no before", "after", test_key(1).kid(), "1", "api/read"};

    ManualClock clock{noon};
    directory::Catalog annas{*a, sealer_, clock};
    directory::Catalog berts{*b, sealer_, clock};
};

TEST_P(TwoCatalogs, show_a_change_at_once_where_it_was_made_and_elsewhere_after_a_second) {
    ASSERT_EQ(look(annas, id), before);
    ASSERT_EQ(look(berts, id), before);
    clock.advance(directory::Catalog::oldest - 1ms);
    change_everything();
    EXPECT_EQ(look(annas, id), after);
    clock.advance(1ms);
    EXPECT_EQ(look(berts, id), after);
}

TEST_P(TwoCatalogs, show_that_a_pool_was_deleted_elsewhere_after_a_second) {
    look(annas, id);
    look(berts, id);
    write(*a, [&](db::Transaction& tx) {
        directory::Domains(tx).erase("before", id);
        Pools(tx).erase(id);
    });
    clock.advance(directory::Catalog::oldest);
    EXPECT_EQ(run(berts.find_pool(id)), nullptr);
    EXPECT_EQ(run(berts.find_client(ClientId("c"))), nullptr);
    EXPECT_EQ(run(berts.find_domain("before")), nullptr);
    EXPECT_EQ(refusal_of([&] { run(berts.get_keys(id)); }), Errc::resource_not_found);
    EXPECT_TRUE(run(berts.list_scopes(id))->empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, TwoCatalogs, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
