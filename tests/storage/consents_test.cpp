#include "directory/consents.hpp"

#include "directory/grants.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class ConsentsStore : public DirectoryTest {
protected:
    void put(const UserId& user, const std::string& client, std::vector<std::string> scopes, Instant given = noon) {
        write([&](db::Transaction& tx) { Consents(tx).put(pool, user, {ClientId(client), std::move(scopes), given}); });
    }
    std::optional<Consent> find(const PoolId& of, const UserId& user, const std::string& client) {
        return read([&](db::Transaction& tx) { return Consents(tx).find(of, user, ClientId(client)); });
    }
    const PoolId pool{"us-east-1_a"};
    const UserId jane{"jane"};
};

TEST_P(ConsentsStore, are_of_one_pool_user_and_client) {
    put(jane, "c", {"openid", "https://api.example/read"});
    const auto found = find(pool, jane, "c");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->client_id, ClientId("c"));
    EXPECT_EQ(found->scopes, (std::vector<std::string>{"openid", "https://api.example/read"}));
    EXPECT_EQ(found->given, noon);
    EXPECT_FALSE(find(PoolId("us-east-1_b"), jane, "c"));
    EXPECT_FALSE(find(pool, UserId("john"), "c"));
    EXPECT_FALSE(find(pool, jane, "d"));
}

TEST_P(ConsentsStore, take_the_place_of_former_ones_and_end) {
    put(jane, "c", {"openid"});
    put(jane, "c", {"phone"}, noon + 1h);
    EXPECT_EQ(find(pool, jane, "c")->scopes, (std::vector<std::string>{"phone"}));
    EXPECT_EQ(find(pool, jane, "c")->given, noon + 1h);
    write([&](db::Transaction& tx) {
        EXPECT_FALSE(Consents(tx).erase(PoolId("us-east-1_b"), jane, ClientId("c")));
        EXPECT_TRUE(Consents(tx).erase(pool, jane, ClientId("c")));
        EXPECT_FALSE(Consents(tx).erase(pool, jane, ClientId("c")));
    });
    EXPECT_FALSE(find(pool, jane, "c"));
}

TEST_P(ConsentsStore, are_listed_in_order_of_the_client) {
    for (const char* client : {"b", "a", "C"}) put(jane, client, {"openid"});
    put(UserId("john"), "z", {"openid"});
    const auto ids = [&](const std::string& after, int limit) {
        std::string out;
        for (const auto& consent :
             read([&](db::Transaction& tx) { return Consents(tx).list(pool, jane, after, limit); }))
            out += consent.client_id.str();
        return out;
    };
    EXPECT_EQ(ids("", 10), "Cab");
    EXPECT_EQ(ids("", 2), "Ca");
    EXPECT_EQ(ids("a", 10), "b");
}

TEST_P(ConsentsStore, go_with_their_user) {
    const auto stored = create_pool("us-east-1_c");
    const auto user = create_user(stored, "id-1", "alice");
    write([&](db::Transaction& tx) {
        Consents(tx).put(stored.id, user.id, {ClientId("c"), {"openid"}, noon});
        Users(tx).erase(stored, user.id);
    });
    EXPECT_FALSE(find(stored.id, user.id, "c"));
}

TEST_P(ConsentsStore, what_a_user_gave_one_client_ends_alone) {
    Grant grant;
    grant.pool_id = pool;
    grant.user_id = jane;
    for (const char* client : {"c", "d"}) {
        grant.id = client;
        grant.client_id = ClientId(client);
        write([&](db::Transaction& tx) { Grants(tx).create(grant); });
    }
    write([&](db::Transaction& tx) {
        EXPECT_EQ(Grants(tx).revoke_all_of_client(pool, UserId("john"), ClientId("c")), 0);
        EXPECT_EQ(Grants(tx).revoke_all_of_client(pool, jane, ClientId("c")), 1);
        EXPECT_TRUE(Grants(tx).find(pool, "c")->revoked);
        EXPECT_FALSE(Grants(tx).find(pool, "d")->revoked);
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, ConsentsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
