// Pushed authorization requests: kept under a hash, begun once, consumed once.

#include "directory/pushed_requests.hpp"

#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::PushedRequest;
using directory::PushedRequests;

class PushedRequestsStore : public DirectoryTest {
protected:
    PushedRequest request{pool_a, Bytes{0, 1, 255}, ClientId("c"), "client_id=c&state=%C3%A9", false, noon + 300s};

    void create() {
        write([&](db::Transaction& tx) { PushedRequests(tx).create(request); });
    }
    std::optional<PushedRequest> find(const PoolId& pool = pool_a) {
        return read([&](db::Transaction& tx) { return PushedRequests(tx).find(pool, request.handle_hash); });
    }
};

TEST_P(PushedRequestsStore, gives_back_every_field) {
    create();
    const auto found = find();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->handle_hash, request.handle_hash);
    EXPECT_EQ(found->client_id, request.client_id);
    EXPECT_EQ(found->parameters, request.parameters);
    EXPECT_FALSE(found->begun);
    EXPECT_EQ(found->expires, request.expires);
    EXPECT_FALSE(find(pool_b));
}

TEST_P(PushedRequestsStore, begins_once) {
    create();
    for (const auto& expires : {noon + 1h, noon + 2h}) {
        write([&](db::Transaction& tx) { PushedRequests(tx).begin(pool_a, request.handle_hash, expires); });
    }
    EXPECT_TRUE(find()->begun);
    EXPECT_EQ(find()->expires, noon + 1h) << "a second browser does not make it last longer";
}

TEST_P(PushedRequestsStore, lets_one_of_many_consume_it) {
    create();
    std::atomic<int> first = 0;
    run_in_parallel(50, [&] {
        first +=
            write([&](db::Transaction& tx) { return PushedRequests(tx).consume(pool_a, request.handle_hash); }) ? 1 : 0;
    });
    EXPECT_EQ(first, 1);
    EXPECT_FALSE(find());
}

INSTANTIATE_TEST_SUITE_P(Engines, PushedRequestsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
