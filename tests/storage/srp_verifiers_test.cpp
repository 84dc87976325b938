#include "directory/srp_verifiers.hpp"

#include "directory/clients.hpp"
#include "directory/deleted_pools.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;
namespace srp = crypto::srp;

class SrpVerifiersStore : public DirectoryTest {
protected:
    const Pool pool = create_pool("us-east-1_A");
    const User jane = with_hash(create_user(pool, "jane-id", "jane"), "hash-1");
    const User john = with_hash(create_user(pool, "john-id", "john"), "hash-2");

    static User with_hash(User user, const char* hash) {
        user.password_hash = hash;
        return user;
    }
    static srp::Verifier verifier(std::uint8_t salt) {
        return {.salt = Bytes(16, salt), .value = srp::VerifierValue(std::string(384, static_cast<char>('a' + salt)))};
    }
    void save(const User& user, std::uint8_t salt) {
        write([&](db::Transaction& tx) { SrpVerifiers(tx, sealer_).save(user, verifier(salt)); });
    }
    /// The first byte of its salt; -1: none.
    int find(const User& user) {
        return read([&](db::Transaction& tx) {
            const auto found = SrpVerifiers(tx, sealer_).find(user);
            if (!found) return -1;
            const int salt = found->salt.front();
            EXPECT_EQ(found->value.reveal(), verifier(found->salt.front()).value.reveal());
            return salt;
        });
    }
    std::int64_t rows() {
        return read(
            [&](db::Transaction& tx) { return tx.row<Count>("SELECT COUNT(*) AS rows FROM srp_verifiers")->rows; });
    }
    void create_client(const char* id, std::optional<List<ExplicitAuthFlowsType>> flows) {
        Client client;
        client.pool_id = pool.id;
        client.id = ClientId(id);
        client.name = "app";
        client.settings.ExplicitAuthFlows = std::move(flows);
        write([&](db::Transaction& tx) { Clients(tx, sealer_).create(client); });
    }
    bool allowed() {
        return read([&](db::Transaction& tx) { return any_client_allows_srp(tx, pool.id); });
    }
};

TEST_P(SrpVerifiersStore, is_found_by_its_user_and_replaced_by_the_next) {
    EXPECT_EQ(find(jane), -1);
    save(jane, 1);
    save(john, 2);
    EXPECT_EQ(find(jane), 1);
    save(jane, 3);
    EXPECT_EQ(find(jane), 3);
    EXPECT_EQ(find(john), 2);
}

TEST_P(SrpVerifiersStore, is_of_the_password_whose_hash_the_user_has) {
    save(jane, 1);
    EXPECT_EQ(find(with_hash(jane, "hash-3")), -1);
    EXPECT_EQ(find(with_hash(jane, "")), -1);
    EXPECT_EQ(find(jane), 1);
}

TEST_P(SrpVerifiersStore, cannot_be_moved_to_another_users_row) {
    save(jane, 1);
    write([&](db::Transaction& tx) {
        tx.execute("UPDATE srp_verifiers SET user_id = $2 WHERE pool_id = $1", pool.id, john.id);
    });
    EXPECT_EQ(find(with_hash(john, "hash-1")), -1);
}

TEST_P(SrpVerifiersStore, goes_with_its_user_and_with_its_pool) {
    save(jane, 1);
    save(john, 2);
    write([&](db::Transaction& tx) { Users(tx).erase(pool, jane.id); });
    EXPECT_EQ(rows(), 1);
    write([&](db::Transaction& tx) {
        Pools(tx).erase(pool.id);
        while (remove_deleted(tx, noon, 100) > 0) {
        }
    });
    EXPECT_EQ(rows(), 0);
}

TEST_P(SrpVerifiersStore, one_client_that_allows_srp_is_enough_and_it_is_the_default) {
    using Flows = List<ExplicitAuthFlowsType>;
    EXPECT_FALSE(allowed());
    for (int i = 0; i < 70; ++i)
        create_client(("a" + std::to_string(100 + i)).c_str(), Flows{ExplicitAuthFlowsType::ALLOW_USER_PASSWORD_AUTH});
    EXPECT_FALSE(allowed());
    create_client("z1", std::nullopt);
    EXPECT_TRUE(allowed());
}

INSTANTIATE_TEST_SUITE_P(Engines, SrpVerifiersStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
