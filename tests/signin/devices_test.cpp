#include "signin/devices.hpp"

#include "base/encoding.hpp"
#include "crypto/srp_client.hpp"
#include "signin/house.hpp"

#include <string>

namespace symbolon::signin {
namespace {

class DeviceRules : public House {
protected:
    DeviceRules() { track({}, {}); }

    void track(std::optional<bool> challenge, std::optional<bool> ask) {
        change_pool([&](directory::Pool& changed) {
            changed.settings.DeviceConfiguration = directory::DeviceConfigurationType{challenge, ask};
        });
    }
    NewDevice offer(const UserId& user) { return offer_device(sealer, random, *pool, user); }
    DeviceConfirmation confirmation(const std::string& key) {
        return {.key = key,
                .name = "Jane's phone",
                .salt = to_base64(Bytes(16, 1)),
                .verifier = to_base64(Bytes(384, 2)),
                .address = "192.0.2.1"};
    }
    bool confirm(const UserId& user, const DeviceConfirmation& given) {
        return run(db->write(
            [&](db::Transaction& tx) { return confirm_device(tx, sealer, *pool, user, given, clock.now()); }));
    }
    Errc refusal(const UserId& user, const DeviceConfirmation& given) {
        try {
            confirm(user, given);
        } catch (const Error& error) {
            return error.code;
        }
        throw std::logic_error("not refused");
    }
    std::optional<directory::Device> find(const UserId& user, const std::string& key) {
        return run(
            db->read([&](db::Transaction& tx) { return directory::Devices(tx, sealer).find(pool->id, user, key); }));
    }

    const UserId one{"11111111-1111-4111-8111-111111111111"};
    const UserId other{"22222222-2222-4222-8222-222222222222"};
};

TEST_F(DeviceRules, an_offered_key_is_of_the_region_and_a_uuid) {
    const auto offered = offer(one);
    EXPECT_TRUE(is_device_key(offered.key)) << offered.key;
    ASSERT_EQ(offered.key.size(), std::string("us-east-1_").size() + 36);
    EXPECT_TRUE(offered.key.starts_with("us-east-1_"));
    const std::string uuid = offered.key.substr(10);
    EXPECT_EQ(uuid[8], '-');
    EXPECT_EQ(uuid[13], '-');
    EXPECT_EQ(uuid[14], '4');
    EXPECT_EQ(uuid[18], '-');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
    EXPECT_EQ(uuid[23], '-');
    EXPECT_EQ(offered.group_key.size(), 9U);
    EXPECT_NE(offer(one).key, offered.key);
}

TEST_F(DeviceRules, a_confirmed_device_is_remembered_unless_the_user_is_to_be_asked) {
    const auto first = offer(one);
    EXPECT_FALSE(confirm(one, confirmation(first.key)));
    EXPECT_TRUE(find(one, first.key)->remembered);
    EXPECT_EQ(find(one, first.key)->group_key, first.group_key);
    EXPECT_EQ(find(one, first.key)->last_address, "192.0.2.1");
    track({}, true);
    const auto second = offer(one);
    EXPECT_TRUE(confirm(one, confirmation(second.key)));
    EXPECT_FALSE(find(one, second.key)->remembered);
}

TEST_F(DeviceRules, a_key_that_was_not_offered_to_the_user_is_unknown) {
    const auto offered = offer(one);
    EXPECT_EQ(refusal(other, confirmation(offered.key)), Errc::resource_not_found);
    auto changed = offered.key;
    changed.back() = changed.back() == '0' ? '1' : '0';
    auto moved = offered.key;
    moved.replace(0, 9, "eu-west-1");
    for (const std::string& key :
         {changed, moved, offered.key + "0", offered.key.substr(0, 45), std::string("us-east-1_"), std::string("_"),
          std::string("none"), std::string("us-east-1_00000000-0000-4000-8000-000000000000")})
        EXPECT_EQ(refusal(one, confirmation(key)), Errc::resource_not_found) << key;
    EXPECT_FALSE(confirm(one, confirmation(offered.key)));
}

TEST_F(DeviceRules, a_device_is_confirmed_once) {
    const auto offered = offer(one);
    confirm(one, confirmation(offered.key));
    EXPECT_EQ(refusal(one, confirmation(offered.key)), Errc::device_key_exists);
}

TEST_F(DeviceRules, a_salt_or_verifier_that_is_none_is_refused) {
    const auto offered = offer(one);
    auto given = confirmation(offered.key);
    for (const std::string& text : {std::string(), std::string("***"), to_base64(Bytes(385, 2)), to_base64(Bytes{1})}) {
        given.verifier = text;
        EXPECT_EQ(refusal(one, given), Errc::invalid_parameter) << text;
    }
    given = confirmation(offered.key);
    for (const std::string& text :
         {std::string(), std::string("***"), to_base64(Bytes(7, 2)), to_base64(Bytes(65, 2))}) {
        given.salt = text;
        EXPECT_EQ(refusal(one, given), Errc::invalid_parameter) << text;
    }
    EXPECT_FALSE(find(one, offered.key));
}

TEST_F(DeviceRules, a_pool_that_does_not_track_devices_takes_none) {
    const auto offered = offer(one);
    change_pool([](directory::Pool& changed) { changed.settings.DeviceConfiguration.reset(); });
    EXPECT_FALSE(tracks_devices(*pool));
    EXPECT_EQ(refusal(one, confirmation(offered.key)), Errc::invalid_pool_configuration);
}

TEST_F(DeviceRules, a_remembered_device_stands_for_the_second_factor_only_where_the_pool_says_so) {
    directory::Device device;
    device.remembered = true;
    EXPECT_FALSE(device_replaces_mfa(*pool, device));
    track(true, {});
    EXPECT_TRUE(device_replaces_mfa(*pool, device));
    device.remembered = false;
    EXPECT_FALSE(device_replaces_mfa(*pool, device));
    device.remembered = true;
    change_pool([](directory::Pool& changed) { changed.settings.DeviceConfiguration.reset(); });
    EXPECT_FALSE(device_replaces_mfa(*pool, device));
}

TEST_F(DeviceRules, a_confirmed_device_proves_its_password) {
    namespace srp = crypto::srp;
    const auto offered = offer(one);
    const std::string salt = "8e901122c3d4e5f60718293a4b5c6d7f";
    const auto x = srp::Client::private_key(offered.group_key, offered.key, "device password", salt);
    auto given = confirmation(offered.key);
    given.salt = to_base64(srp::Client::pad(salt));
    given.verifier = to_base64(srp::Client::verifier(x));
    confirm(one, given);

    const auto device = find(one, offered.key);
    ASSERT_TRUE(device);
    const auto server = srp::make_server_value(device->verifier, random);
    const Bytes block = random.bytes(32);
    const srp::Client prover(to_hex(random.bytes(128)));
    const std::string timestamp = "Tue Nov 3 08:05:09 UTC 2026";
    const auto sign = [&](const std::string& password) {
        return prover.sign({offered.group_key, offered.key, password, srp::to_wire(device->verifier.salt),
                            srp::to_wire(server.value), block, timestamp});
    };
    const auto proves = [&](const Bytes& signature) {
        return srp::verify_claim(device->identity(), device->verifier, *srp::parse_client_value(prover.value()), server,
                                 {block, timestamp, signature});
    };
    EXPECT_TRUE(proves(sign("device password")));
    EXPECT_FALSE(proves(sign("another password")));
}

}  // namespace
}  // namespace symbolon::signin
