// Lists that are read page by page while rows come and go: what was there all the time is seen once, in one order, and
// no page is longer than asked for.

#include "directory/clients.hpp"
#include "directory/resource_servers.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;

using Keys = std::vector<std::string>;

/// A list of the directory under its cursor: the keys of a page, and how a row comes and goes.
struct Listed {
    std::function<Keys(const std::string& after, int limit)> list;
    std::function<void(const std::string& key)> create;
    std::function<void(const std::string& key)> erase;
};

class Paging : public DirectoryTest {
protected:
    /// Reads all pages. Before each of them but the first, `meanwhile` is told the last key that was seen.
    static Keys read_all(const Listed& rows, int page, const std::function<void(const std::string&)>& meanwhile) {
        Keys seen;
        for (;;) {
            const Keys keys = rows.list(seen.empty() ? "" : seen.back(), page);
            EXPECT_LE(keys.size(), static_cast<std::size_t>(page));
            seen.insert(seen.end(), keys.begin(), keys.end());
            if (keys.size() < static_cast<std::size_t>(page)) return seen;
            meanwhile(seen.back());
        }
    }

    static void check(const Listed& rows) {
        Keys all{"A", "B", "a", "b", "c", "d", "e", "f"};  // in the order of bytes
        for (const auto& key : all) rows.create(key);
        for (const int page : {1, 2, 3, 7, 8, 9}) EXPECT_EQ(read_all(rows, page, [](const auto&) {}), all) << page;

        // Behind and before the reader a row comes and goes, and the row goes that the cursor stands on.
        int number = 0;
        const auto seen = read_all(rows, 2, [&](const std::string& last) {
            rows.create("0" + std::to_string(number));
            rows.create("z" + std::to_string(number++));
            if (last == "b") rows.erase(last);
        });
        Keys stayed = seen;
        std::erase_if(stayed, [](const std::string& key) { return key.front() == 'z'; });
        EXPECT_EQ(stayed, all);
        EXPECT_TRUE(std::ranges::is_sorted(seen));
        std::erase(all, "b");
        const auto now = rows.list("", 100);
        EXPECT_TRUE(std::ranges::includes(now, all));
    }
};

TEST_P(Paging, of_pools) {
    const auto name = [](const std::string& key) { return "us-east-1_" + key; };
    const auto list = [&](const std::string& after, int limit) {
        Keys keys;
        for (const auto& pool :
             read([&](db::Transaction& tx) { return Pools(tx).list(after.empty() ? "" : name(after), limit); }))
            keys.push_back(pool.id.str().substr(name("").size()));
        return keys;
    };
    check({list, [&](const std::string& key) { create_pool(name(key)); },
           [&](const std::string& key) { write([&](db::Transaction& tx) { Pools(tx).erase(PoolId(name(key))); }); }});
}

TEST_P(Paging, of_clients) {
    const PoolId pool("us-east-1_a");
    const auto list = [&](const std::string& after, int limit) {
        Keys keys;
        for (const auto& client :
             read([&](db::Transaction& tx) { return Clients(tx, sealer_).list(pool, after, limit); }))
            keys.push_back(client.id.str());
        return keys;
    };
    const auto create = [&](const std::string& key) {
        Client client;
        client.pool_id = pool;
        client.id = ClientId(key);
        write([&](db::Transaction& tx) { Clients(tx, sealer_).create(client); });
    };
    check({list, create, [&](const std::string& key) {
               write([&](db::Transaction& tx) { Clients(tx, sealer_).erase(pool, ClientId(key)); });
           }});
}

TEST_P(Paging, of_resource_servers) {
    const PoolId pool("us-east-1_a");
    const auto list = [&](const std::string& after, int limit) {
        Keys keys;
        for (const auto& server :
             read([&](db::Transaction& tx) { return ResourceServers(tx).list(pool, after, limit); }))
            keys.push_back(server.identifier);
        return keys;
    };
    const auto create = [&](const std::string& key) {
        write([&](db::Transaction& tx) {
            ResourceServers(tx).create({.pool_id = pool, .identifier = key, .name = key, .scopes = {}});
        });
    };
    check({list, create,
           [&](const std::string& key) { write([&](db::Transaction& tx) { ResourceServers(tx).erase(pool, key); }); }});
}

INSTANTIATE_TEST_SUITE_P(Engines, Paging, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
