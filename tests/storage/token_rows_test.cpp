// Opaque access tokens, and devices that wait.

#include "directory/access_tokens.hpp"
#include "directory/device_authorizations.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::AccessTokens;
using directory::DeviceAuthorization;
using directory::DeviceAuthorizations;
using directory::DeviceState;
using directory::StoredAccessToken;

Bytes hash(const std::string& text) {
    return Bytes(text.begin(), text.end());
}

class TokenRows : public DirectoryTest {
protected:
    static StoredAccessToken token() {
        StoredAccessToken token{pool_a, hash("token"), {}, noon + 3600s};
        auto& d = token.details;
        d.id = "jti";
        d.client_id = "client";
        d.user_id = "user";
        d.username = "alice";
        d.grant_id = "grant";
        d.scopes = {"openid", "phone"};
        d.audience = {"https://api.example"};
        d.groups = {"admins"};
        d.issued_ms = 1;
        d.auth_ms = 2;
        d.jkt = "jkt";
        d.x5t = "x5t";
        d.actor = "{}";
        d.may_act = "{\"sub\":\"x\"}";
        return token;
    }
    static DeviceAuthorization device(const std::string& device_code = "device",
                                      const std::string& user_code = "user") {
        DeviceAuthorization device{.pool_id = pool_a};
        device.device_code_hash = hash(device_code);
        device.user_code_hash = hash(user_code);
        device.client_id = ClientId("client");
        device.details.scopes = {"openid"};
        device.expires = noon + 600s;
        return device;
    }
    bool create(const DeviceAuthorization& device) {
        return write([&](db::Transaction& tx) { return DeviceAuthorizations(tx).create(device); });
    }
    std::optional<DeviceAuthorization> find(const PoolId& pool = pool_a) {
        return read(
            [&](db::Transaction& tx) { return DeviceAuthorizations(tx).find_by_device_code(pool, hash("device")); });
    }
};

TEST_P(TokenRows, keep_all_of_an_opaque_token_in_its_pool) {
    write([&](db::Transaction& tx) { AccessTokens(tx).create(token()); });
    const auto found = read([&](db::Transaction& tx) { return AccessTokens(tx).find(pool_a, hash("token")); });
    ASSERT_TRUE(found);
    const auto wanted = token();
    EXPECT_EQ(found->expires, wanted.expires);
    EXPECT_EQ(found->details.id, "jti");
    EXPECT_EQ(found->details.user_id, "user");
    EXPECT_EQ(found->details.scopes, wanted.details.scopes);
    EXPECT_EQ(found->details.audience, wanted.details.audience);
    EXPECT_EQ(found->details.groups, wanted.details.groups);
    EXPECT_EQ(found->details.auth_ms, 2);
    EXPECT_EQ(found->details.jkt, "jkt");
    EXPECT_EQ(found->details.may_act, wanted.details.may_act);
    EXPECT_FALSE(read([&](db::Transaction& tx) { return AccessTokens(tx).find(pool_b, hash("token")); }));
    EXPECT_FALSE(read([&](db::Transaction& tx) { return AccessTokens(tx).find(pool_a, hash("other")); }));
}

TEST_P(TokenRows, a_device_is_found_by_either_code_in_its_pool) {
    EXPECT_TRUE(create(device()));
    EXPECT_EQ(find()->details.scopes, std::vector<std::string>{"openid"});
    EXPECT_EQ(find()->pause, 5s);
    EXPECT_FALSE(find(pool_b));
    const auto by_user = [&](const PoolId& pool) {
        return read(
            [&](db::Transaction& tx) { return DeviceAuthorizations(tx).find_by_user_code(pool, hash("user")); });
    };
    EXPECT_EQ(by_user(pool_a)->client_id, ClientId("client"));
    EXPECT_FALSE(by_user(pool_b));
}

TEST_P(TokenRows, a_user_code_that_is_taken_is_not_taken_again) {
    EXPECT_TRUE(create(device()));
    EXPECT_FALSE(create(device("another", "user")));
    EXPECT_TRUE(create(device("another", "free")));
}

TEST_P(TokenRows, a_device_is_answered_once_and_used_up_once) {
    create(device());
    auto answer = *find();
    answer.state = DeviceState::approved;
    answer.details.user_id = "alice";
    const auto put = [&](db::Transaction& tx) { return DeviceAuthorizations(tx).answer(answer); };
    EXPECT_TRUE(write(put));
    answer.state = DeviceState::denied;
    EXPECT_FALSE(write(put));
    EXPECT_EQ(find()->state, DeviceState::approved);
    EXPECT_EQ(find()->details.user_id, "alice");
    std::atomic<int> used{0};
    run_in_parallel(8, [&] {
        const auto erase = [&](db::Transaction& tx) { return DeviceAuthorizations(tx).erase(pool_a, hash("device")); };
        if (write(erase)) ++used;
    });
    EXPECT_EQ(used, 1);
}

TEST_P(TokenRows, what_a_device_asked_is_noted) {
    create(device());
    auto asked = *find();
    asked.asked = noon + 3s;
    asked.pause = 10s;
    write([&](db::Transaction& tx) { DeviceAuthorizations(tx).note_question(asked); });
    EXPECT_EQ(find()->asked, noon + 3s);
    EXPECT_EQ(find()->pause, 10s);
}

INSTANTIATE_TEST_SUITE_P(Engines, TokenRows, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
