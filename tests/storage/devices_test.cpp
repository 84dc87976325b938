#include "directory/devices.hpp"

#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

struct BytesRow {
    Bytes sealed_verifier;
};
BOOST_DESCRIBE_STRUCT(BytesRow, (), (sealed_verifier))

class DevicesStore : public DirectoryTest {
protected:
    static Device make(const std::string& key, const UserId& user = alice, const PoolId& pool = pool_a,
                       Instant used = noon) {
        return {.pool_id = pool,
                .user_id = user,
                .key = key,
                .group_key = "-group",
                .name = "Jane's phone",
                .verifier = {Bytes(16, 3), crypto::srp::VerifierValue("a verifier")},
                .remembered = true,
                .last_address = "192.0.2.1",
                .created = noon,
                .modified = noon,
                .authenticated = used};
    }
    void create(const Device& device) {
        write([&](db::Transaction& tx) { Devices(tx, sealer_).create(device); });
    }
    std::optional<Device> find(const std::string& key, const UserId& user = alice, const PoolId& pool = pool_a) {
        return read([&](db::Transaction& tx) { return Devices(tx, sealer_).find(pool, user, key); });
    }
    std::vector<std::string> keys(const std::string& after = "", int limit = 60, const UserId& user = alice) {
        std::vector<std::string> out;
        for (const auto& device :
             read([&](db::Transaction& tx) { return Devices(tx, sealer_).list(pool_a, user, after, limit); }))
            out.push_back(device.key);
        return out;
    }
};

TEST_P(DevicesStore, keeps_a_device_as_it_is) {
    create(make("r_1"));
    const auto kept = find("r_1");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->pool_id, pool_a);
    EXPECT_EQ(kept->user_id, alice);
    EXPECT_EQ(kept->key, "r_1");
    EXPECT_EQ(kept->group_key, "-group");
    EXPECT_EQ(kept->name, "Jane's phone");
    EXPECT_EQ(kept->verifier.salt, Bytes(16, 3));
    EXPECT_EQ(kept->verifier.value.reveal(), "a verifier");
    EXPECT_TRUE(kept->remembered);
    EXPECT_EQ(kept->last_address, "192.0.2.1");
    EXPECT_EQ(kept->created, noon);
    EXPECT_EQ(kept->authenticated, noon);
    EXPECT_EQ(kept->identity().group, "-group");
    EXPECT_EQ(kept->identity().name, "r_1");
}

TEST_P(DevicesStore, does_not_keep_the_verifier_in_the_clear) {
    create(make("r_1"));
    const auto row = read([](db::Transaction& tx) {
        return tx.row<BytesRow>("SELECT sealed_verifier FROM devices WHERE pool_id = $1", pool_a);
    });
    EXPECT_EQ(to_string(row->sealed_verifier).find("a verifier"), std::string::npos);
}

TEST_P(DevicesStore, a_sealed_verifier_cannot_be_moved_to_another_device) {
    create(make("r_1"));
    create(make("r_2"));
    execute(
        "UPDATE devices SET sealed_verifier = (SELECT sealed_verifier FROM devices WHERE device_key = 'r_1') "
        "WHERE device_key = 'r_2'");
    EXPECT_EQ(refusal_of([&] { find("r_2"); }), Errc::internal);
}

TEST_P(DevicesStore, a_key_is_of_one_user_and_pool) {
    create(make("r_1"));
    EXPECT_EQ(refusal_of([&] { create(make("r_1")); }), Errc::device_key_exists);
    EXPECT_FALSE(find("r_1", bob));
    EXPECT_FALSE(find("r_1", alice, pool_b));
    create(make("r_1", bob));
    create(make("r_1", alice, pool_b));
    write([&](db::Transaction& tx) { Devices(tx, sealer_).erase(pool_a, alice, "r_1"); });
    EXPECT_FALSE(find("r_1"));
    EXPECT_TRUE(find("r_1", bob));
    EXPECT_TRUE(find("r_1", alice, pool_b));
}

TEST_P(DevicesStore, what_is_not_there_is_refused) {
    const auto refusal = [&](auto call) {
        return refusal_of([&] {
            write([&](db::Transaction& tx) {
                Devices devices(tx, sealer_);
                call(devices);
            });
        });
    };
    EXPECT_EQ(refusal([](Devices& d) { d.get(pool_a, alice, "r_1"); }), Errc::resource_not_found);
    EXPECT_EQ(refusal([](Devices& d) { d.set_remembered(pool_a, alice, "r_1", true, noon); }),
              Errc::resource_not_found);
    EXPECT_EQ(refusal([](Devices& d) { d.erase(pool_a, alice, "r_1"); }), Errc::resource_not_found);
}

TEST_P(DevicesStore, remembers_and_notes_sign_ins) {
    create(make("r_1"));
    write([&](db::Transaction& tx) {
        Devices devices(tx, sealer_);
        devices.set_remembered(pool_a, alice, "r_1", false, noon + 1s);
        devices.note_sign_in(pool_a, alice, "r_1", "192.0.2.9", noon + 2s);
        devices.note_sign_in(pool_a, alice, "r_gone", "192.0.2.9", noon + 2s);
    });
    const auto kept = find("r_1");
    ASSERT_TRUE(kept);
    EXPECT_FALSE(kept->remembered);
    EXPECT_EQ(kept->modified, noon + 1s);
    EXPECT_EQ(kept->last_address, "192.0.2.9");
    EXPECT_EQ(kept->authenticated, noon + 2s);
    EXPECT_FALSE(find("r_gone"));
}

TEST_P(DevicesStore, lists_by_pages) {
    for (const char* key : {"r_3", "r_1", "r_2"}) create(make(key));
    create(make("r_4", bob));
    EXPECT_EQ(keys(), (std::vector<std::string>{"r_1", "r_2", "r_3"}));
    EXPECT_EQ(keys("", 2), (std::vector<std::string>{"r_1", "r_2"}));
    EXPECT_EQ(keys("r_2"), (std::vector<std::string>{"r_3"}));
}

TEST_P(DevicesStore, forgets_the_least_used_when_there_are_too_many) {
    write([&](db::Transaction& tx) {
        Devices devices(tx, sealer_);
        for (std::size_t i = 0; i < Devices::most_of_a_user; ++i)
            devices.create(
                make("r_" + std::to_string(i), alice, pool_a, noon + std::chrono::seconds(i == 500 ? -1 : 1)));
        devices.create(make("r_1", bob, pool_a, noon - 1h));
    });
    EXPECT_TRUE(find("r_500"));
    create(make("r_new", alice, pool_a, noon - 1h));
    EXPECT_TRUE(find("r_new")) << "the one that was just confirmed stays";
    EXPECT_FALSE(find("r_500"));
    EXPECT_TRUE(find("r_0"));
    EXPECT_TRUE(find("r_1", bob)) << "others are left alone";
    EXPECT_EQ(keys("", 2000).size(), Devices::most_of_a_user);
}

TEST_P(DevicesStore, go_with_their_user) {
    const auto pool = create_pool("us-east-1_a");
    const auto user = create_user(pool, "id-1", "alice");
    create(make("r_1", user.id, pool.id));
    create(make("r_1", bob, pool.id));
    write([&](db::Transaction& tx) { Users(tx).erase(pool, user.id); });
    EXPECT_FALSE(find("r_1", user.id, pool.id));
    EXPECT_TRUE(find("r_1", bob, pool.id));
}

INSTANTIATE_TEST_SUITE_P(Engines, DevicesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
