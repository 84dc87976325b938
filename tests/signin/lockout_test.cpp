// Attack row 21: somebody who guesses at a password locks the password, and nothing else.
#include "crypto/web_authn/authenticator.hpp"
#include "directory/clients.hpp"
#include "signin/house.hpp"
#include "signin/passkeys.hpp"
#include "signin/srp_person.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <memory>
#include <string>
#include <utility>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::AuthFactorType;

class Lockout : public House {
protected:
    Lockout() {
        require_mfa(directory::UserPoolMfaType::OFF);
        change_pool([](directory::Pool& changed) {
            changed.settings.Policies.emplace().SignInPolicy.emplace().AllowedFirstAuthFactors =
                List<AuthFactorType, 1, 4>{AuthFactorType::PASSWORD, AuthFactorType::SMS_OTP,
                                           AuthFactorType::WEB_AUTHN};
            changed.settings.WebAuthnConfiguration.emplace().RelyingPartyId = "example.com";
        });
        change_client([](directory::Client& changed) {
            changed.settings.ExplicitAuthFlows =
                List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_AUTH,
                                                       directory::ExplicitAuthFlowsType::ALLOW_USER_SRP_AUTH};
        });
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
        id = add_user();
        Passkeys passkeys(services);
        const auto owner = std::make_shared<const directory::User>(*user(id));
        const auto options = run(passkeys.begin(pool, client, owner));
        run(passkeys.complete(pool, client, id, authenticator.create(options)));
        for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
        EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked);
    }
    Outcome begin(FirstFactor factor) {
        return run(sign_in.begin_choice(pool, client, std::string(jane), std::move(factor), caller));
    }

    UserId id;
    crypto::web_authn::Authenticator authenticator;
};

TEST_F(Lockout, is_of_the_password_in_every_flow) {
    FirstFactor typed{.kind = ChallengeKind::password};
    typed.password = Password(good);
    EXPECT_EQ(refusal_of([&] { begin(std::move(typed)); }), locked);
    const SrpPerson person{std::string(good)};
    EXPECT_EQ(refusal_of([&] { run(sign_in.begin_srp(pool, client, std::string(jane), person.a(), caller)); }), locked);
    EXPECT_EQ(refusal_of([&] { run(sign_in.begin_password(pool, client, std::string(jane), caller)); }), locked);
}

TEST_F(Lockout, leaves_a_code_in_its_place_open) {
    clock.advance(1ms);  // a message after that of the sign-up
    const auto asked = std::get<Challenge>(begin({.kind = ChallengeKind::sms_otp}));
    CodeAnswer answer{.session = asked.session, .login = std::string(jane), .code = OneTimeCode(last_code())};
    EXPECT_TRUE(
        is_signed_in(run(sign_in.with_first_code(pool, client, ChallengeKind::sms_otp, std::move(answer), caller))));
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked) << "who guesses has not stopped by that";
}

TEST_F(Lockout, leaves_passkeys_open) {
    const auto asked = std::get<Challenge>(begin({.kind = ChallengeKind::web_authn}));
    const auto request = boost::json::parse(asked.credential_options).as_object();
    FirstFactor shown{.kind = ChallengeKind::web_authn};
    shown.credential = boost::json::serialize(authenticator.get(request, id.str()));
    EXPECT_TRUE(
        is_signed_in(run(sign_in.choose(pool, client, asked.session, std::string(jane), std::move(shown), caller))));
}

TEST_F(Lockout, leaves_recovery_open_which_ends_it) {
    clock.advance(1ms);
    run(recovery.forgot(pool, client, std::string(jane), caller));
    run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), Password("Another-Horse-8"),
                         caller));
    EXPECT_TRUE(is_signed_in(enter(jane, "Another-Horse-8")));
}

TEST_F(Lockout, leaves_the_changed_password_of_who_is_signed_in_to_them) {
    run(recovery.change(pool, id, Password(good), Password("Another-Horse-8"), client->id, caller));
    EXPECT_EQ(refusal_of([&] { enter(jane, "Another-Horse-8"); }), locked) << "for the time that is left";
    clock.advance(2s);
    EXPECT_TRUE(is_signed_in(enter(jane, "Another-Horse-8")));
}

TEST_F(Lockout, ends_when_an_administrator_sets_a_password) {
    run(administration.set_password(pool, std::string(jane), Password("Another-Horse-8"), true));
    EXPECT_TRUE(is_signed_in(enter(jane, "Another-Horse-8")));
}

TEST_F(Lockout, is_of_one_user) {
    add_user(john);
    EXPECT_TRUE(is_signed_in(enter(john, good)));
}

}  // namespace
}  // namespace symbolon::signin
