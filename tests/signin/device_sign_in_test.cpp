// Remembered devices (cognito-api.md §3.10).
#include "base/encoding.hpp"
#include "directory/devices.hpp"
#include "signin/devices.hpp"
#include "signin/house.hpp"
#include "signin/srp_person.hpp"

namespace symbolon::signin {
namespace {

using enum ChallengeKind;
using Mfa = directory::UserPoolMfaType;

class DeviceSignIn : public House {
protected:
    DeviceSignIn() {
        caller.browser.clear();  // the API: browsers keep no devices
        id = add_user();
        track(true);
    }
    void track(bool stands_for_second) {
        change_pool([&](directory::Pool& changed) {
            changed.settings.DeviceConfiguration = directory::DeviceConfigurationType{stands_for_second, false};
        });
    }
    /// A second later, so that messages are in order.
    Challenge challenge(std::string_view login = jane) {
        clock.advance(std::chrono::seconds(1));
        return House::challenge(login);
    }
    SignedIn enter_with_code() {
        const auto asked = challenge();
        return std::get<SignedIn>(answer(asked, last_code()));
    }
    /// Confirms the device that a sign-in offered, as a client does.
    SignedIn confirm_device_of(const SignedIn& signed_in) {
        using Client = crypto::srp::Client;
        const std::string salt = "00c3d4e5f60718293a4b5c6d7e8f901122";
        const auto key = Client::private_key(signed_in.device_group_key, signed_in.device_key, device_password, salt);
        run(db->write([&](db::Transaction& tx) {
            confirm_device(tx, sealer, *pool, id,
                           {.key = signed_in.device_key,
                            .name = "phone",
                            .salt = to_base64(parse_hex(salt).value()),
                            .verifier = to_base64(Client::verifier(key)),
                            .address = "192.0.2.1"},
                           clock.now());
        }));
        return signed_in;
    }
    Challenge begin_device(const Challenge& asked, const SrpPerson& person = device) {
        return std::get<Challenge>(
            run(sign_in.begin_device(pool, client, asked.session, std::string(jane), person.a(), caller)));
    }
    SrpClaim claim(const SignedIn& known, const Challenge& asked, const SrpPerson& person = device) {
        return person.claim(known.device_group_key, known.device_key, asked, clock.now());
    }
    Outcome give(const SrpClaim& shown) { return run(sign_in.with_device_verifier(pool, client, shown, caller)); }

    static constexpr const char* device_password = "ZGV2aWNlLXBhc3N3b3Jk";
    static inline const SrpPerson device{std::string(device_password)};
    static inline const SrpPerson wrong{std::string("another secret")};
    UserId id;
};

TEST_F(DeviceSignIn, a_sign_in_from_nowhere_known_offers_a_device) {
    const auto signed_in = enter_with_code();
    EXPECT_TRUE(signed_in.new_device);
    EXPECT_TRUE(signed_in.device_key.starts_with("us-east-1_"));
    EXPECT_NE(signed_in.device_group_key, "");
    change_pool([](directory::Pool& changed) { changed.settings.DeviceConfiguration.reset(); });
    const auto untracked = enter_with_code();
    EXPECT_FALSE(untracked.new_device);
    EXPECT_EQ(untracked.device_key, "");
}

TEST_F(DeviceSignIn, a_remembered_device_stands_for_the_second_factor) {
    const auto known = confirm_device_of(enter_with_code());
    caller.device_key = known.device_key;
    const auto asked = challenge();
    EXPECT_EQ(asked.kind, device_srp_auth);
    EXPECT_EQ(asked.device_key, known.device_key);
    const auto question = begin_device(asked);
    EXPECT_EQ(question.kind, device_password_verifier);
    const auto signed_in = std::get<SignedIn>(give(claim(known, question)));
    EXPECT_EQ(signed_in.ending, Ending::authenticate_device);
    EXPECT_EQ(signed_in.device_key, known.device_key);
    EXPECT_FALSE(signed_in.new_device);
}

TEST_F(DeviceSignIn, or_comes_after_it_where_the_pool_says_so) {
    const auto known = confirm_device_of(enter_with_code());
    track(false);
    caller.device_key = known.device_key;
    const auto code = challenge();
    EXPECT_EQ(code.kind, sms_mfa);
    const auto asked = std::get<Challenge>(answer(code, last_code()));
    EXPECT_EQ(asked.kind, device_srp_auth);
    EXPECT_TRUE(is_signed_in(give(claim(known, begin_device(asked)))));
}

// Attack class 22: to name a device is not to prove it.
TEST_F(DeviceSignIn, a_wrong_proof_uses_the_challenge_up_and_lets_nobody_in) {
    const auto known = confirm_device_of(enter_with_code());
    caller.device_key = known.device_key;
    const auto asked = challenge();
    const auto question = begin_device(asked, wrong);
    EXPECT_EQ(refusal_of([&] { give(claim(known, question, wrong)); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { give(claim(known, question)); }), used_session);
    EXPECT_EQ(refusal_of([&] { begin_device(asked); }), used_session);
}

TEST_F(DeviceSignIn, a_device_that_is_not_the_users_is_none) {
    const auto known = confirm_device_of(enter_with_code());
    add_user(john);
    caller.device_key = known.device_key;
    EXPECT_EQ(challenge(john).kind, sms_mfa) << "somebody else's";
    caller.device_key = "us-east-1_11111111-2222-4333-8444-555555555555";
    EXPECT_EQ(challenge().kind, sms_mfa);
    caller.device_key = known.device_key;
    const auto asked = challenge();
    caller.device_key = "us-east-1_11111111-2222-4333-8444-555555555555";
    EXPECT_EQ(refusal_of([&] { begin_device(asked); }), (Refused{Errc::resource_not_found, "Device does not exist."}));
    caller.device_key = known.device_key;
    EXPECT_NO_THROW(begin_device(asked)) << "which used nothing up";
}

TEST_F(DeviceSignIn, a_device_that_is_forgotten_on_the_way_proves_nothing) {
    const auto known = confirm_device_of(enter_with_code());
    caller.device_key = known.device_key;
    const auto question = begin_device(challenge());
    run(db->write([&](db::Transaction& tx) {
        directory::Devices(tx, sealer).set_remembered(pool->id, id, known.device_key, false, clock.now());
    }));
    EXPECT_EQ(refusal_of([&] { give(claim(known, question)); }), wrong_password);
    EXPECT_EQ(challenge().kind, sms_mfa);
    const auto signed_in = enter_with_code();
    EXPECT_FALSE(signed_in.new_device) << "it is known all the same";
}

}  // namespace
}  // namespace symbolon::signin
