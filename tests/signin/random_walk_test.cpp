// Somebody who knows jane's password, and everything of john's, tries every answer under every session, in every order,
// to get in as jane. Attack classes 22, 24, 25.
#include "crypto/totp.hpp"
#include "directory/clients.hpp"
#include "directory/software_tokens.hpp"
#include "signin/house.hpp"
#include "signin/srp_person.hpp"

#include <array>
#include <random>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using enum ChallengeKind;
using directory::AuthFactorType;
using Mfa = directory::UserPoolMfaType;

class RandomWalk : public House {
protected:
    RandomWalk() {
        change_pool([](directory::Pool& changed) {
            auto& settings = changed.settings;
            settings.SoftwareTokenMfaConfiguration.emplace().Enabled = true;
            settings.EmailMfaConfiguration.emplace();
            settings.DeviceConfiguration = directory::DeviceConfigurationType{true, false};
            settings.Policies.emplace().SignInPolicy.emplace().AllowedFirstAuthFactors = List<AuthFactorType, 1, 4>{
                AuthFactorType::PASSWORD, AuthFactorType::SMS_OTP, AuthFactorType::EMAIL_OTP};
        });
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
        auto& limits = services.limits;
        limits.tries_per_code = limits.mfa_guesses_per_hour = limits.otp_guesses_per_hour = 1'000'000;
        limits.resends_per_hour = limits.mfa_sends_per_destination = limits.sends_per_destination = 1'000'000;
        limits.sends_per_pool = 1'000'000;
        jane_id = add_user(jane);
        john_id = add_user(john);
        run(db->write([&](db::Transaction& tx) {
            directory::SoftwareTokens tokens(tx, sealer);
            tokens.save_pending(pool->id, john_id, directory::SoftwareTokenSecret(johns_app), clock.now());
            ASSERT_TRUE(tokens.verify_pending(pool->id, john_id, "", 1));
        }));
    }

    std::size_t below(std::size_t bound) { return chance() % bound; }
    std::string someone() { return std::string(below(2) == 0 ? jane : john); }
    std::optional<std::string> anyone_or_none() {
        if (below(3) == 0) return std::nullopt;
        return someone();
    }
    /// A session, most of the time one of the last.
    Challenge any_session() {
        if (seen.empty()) return {};
        const std::size_t back = below(4) == 0 ? below(seen.size()) : below(std::min<std::size_t>(seen.size(), 4));
        return seen[seen.size() - 1 - back];
    }
    /// What john's phone or app says, or a guess.
    std::string any_code() {
        if (below(4) == 0) return "000000";
        if (below(3) == 0) return johns_app_code();
        return johns_code();
    }
    std::string johns_code() {
        for (const auto& message : run(outbox.list(pool->id, 8))) {
            if (message.to == john) return message.code;
        }
        return "000000";
    }
    std::string johns_app_code() const {
        return crypto::totp::make_code(bytes_of(johns_app), crypto::totp::step_of(clock.now()));
    }
    /// The answer that a session asks for, as well as it is known.
    Outcome answer_properly(const Challenge& asked) {
        const auto given = [&](const std::string& code) {
            return CodeAnswer{.session = asked.session, .login = std::nullopt, .code = OneTimeCode(code)};
        };
        FirstFactor typed{.kind = password};
        typed.password = Password(good);
        switch (asked.kind) {
            case password_verifier:
                return run(sign_in.with_verifier(pool, client, person.claim(*pool, asked, clock.now()), caller));
            case sms_mfa:
                return run(sign_in.with_sms_code(pool, client, asked.session, std::nullopt, OneTimeCode(johns_code()),
                                                 caller));
            case software_token_mfa:
                return run(sign_in.with_software_token(pool, client, given(johns_app_code()), caller));
            case select_mfa_type:
                return run(sign_in.with_factor(pool, client, asked.session, std::nullopt,
                                               below(2) == 0 ? sms_mfa : software_token_mfa, caller));
            case select_challenge:
            case ChallengeKind::password:
            case password_srp:
                return run(sign_in.choose(pool, client, asked.session, asked.username, std::move(typed), caller));
            default:
                return run(sign_in.with_email_code(pool, client, given(johns_code()), caller));
        }
    }
    FirstFactor any_factor() {
        constexpr std::array kinds{password, password_srp, sms_otp, email_otp, web_authn};
        FirstFactor factor;
        factor.kind = kinds.at(below(kinds.size()));
        if (below(2) == 0) factor.password = Password(good);
        if (below(2) == 0) factor.srp_a = person.a();
        return factor;
    }
    CodeAnswer any_answer() {
        return {.session = any_session().session, .login = anyone_or_none(), .code = OneTimeCode(any_code())};
    }
    SrpClaim any_claim() {
        for (auto asked = seen.rbegin(); asked != seen.rend(); ++asked) {
            if (asked->srp && below(2) == 0) return person.claim(*pool, *asked, clock.now());
        }
        return {};
    }

    Outcome move() {
        constexpr std::array seconds{sms_mfa, software_token_mfa, email_mfa};
        if (below(2) == 0) return answer_properly(any_session());
        switch (below(16)) {
            case 0:
                return enter(someone(), good);
            case 1:
                return run(sign_in.begin_srp(pool, client, someone(), person.a(), caller));
            case 2:
            case 3:
                return run(sign_in.with_verifier(pool, client, any_claim(), caller));
            case 4:
                return run(sign_in.begin_choice(pool, client, someone(), any_factor(), caller));
            case 5:
                return run(sign_in.choose(pool, client, any_session().session, someone(), any_factor(), caller));
            case 6:
                return run(
                    sign_in.with_first_code(pool, client, below(2) == 0 ? sms_otp : email_otp, any_answer(), caller));
            case 7:
            case 8:
            case 9: {
                auto answer = any_answer();
                return run(
                    sign_in.with_sms_code(pool, client, answer.session, answer.login, std::move(answer.code), caller));
            }
            case 10:
            case 11:
                return run(sign_in.with_software_token(pool, client, any_answer(), caller));
            case 12:
                return run(sign_in.with_factor(pool, client, any_session().session, anyone_or_none(),
                                               seconds.at(below(seconds.size())), caller));
            case 13:
                return run(sign_in.with_mfa_setup(pool, client, any_session().session, anyone_or_none(),
                                                  below(2) == 0 ? "thief@example.com" : "", caller));
            case 14:
                return run(sign_in.with_new_password(pool, client, any_session().session, anyone_or_none(),
                                                     Password("Another-Horse-8"), {}, caller));
            default:
                return below(2) == 0 ? Outcome{run(sign_in.resend(pool, client, any_session().session, caller))}
                                     : run(sign_in.begin_device(pool, client, any_session().session, someone(),
                                                                person.a(), caller));
        }
    }

    static constexpr std::string_view johns_app = "12345678901234567890123456789012";
    const SrpPerson person{std::string(good)};
    std::mt19937 chance{2026};
    std::vector<Challenge> seen;
    UserId jane_id;
    UserId john_id;
};

TEST_F(RandomWalk, a_password_and_somebody_elses_codes_never_open_the_account) {
    int entered = 0;
    std::array<int, 16> kinds{};
    for (int i = 0; i < 3000; ++i) {
        try {
            const auto outcome = move();
            if (const auto* signed_in = std::get_if<SignedIn>(&outcome)) {
                ASSERT_EQ(signed_in->user_id, john_id) << "move " << i;
                ++entered;
            } else {
                seen.push_back(std::get<Challenge>(outcome));
                ++kinds.at(static_cast<std::size_t>(seen.back().kind));
            }
        } catch (const Error& refused) {
            ASSERT_NE(refused.code, Errc::internal) << "move " << i << ": " << refused.detail;
        }
        if (below(20) == 0) clock.advance(std::chrono::seconds(below(40)));
    }
    EXPECT_GT(entered, 20) << "john does get in";
    EXPECT_GT(kinds.at(static_cast<std::size_t>(sms_mfa)), 20);
    EXPECT_GT(kinds.at(static_cast<std::size_t>(select_mfa_type)), 20);
    EXPECT_GT(kinds.at(static_cast<std::size_t>(password_verifier)), 20);
    EXPECT_EQ(user(jane).attribute("email"), "") << "and nothing of hers was changed";
    EXPECT_EQ(user(jane).status, directory::UserStatus::CONFIRMED);
}

}  // namespace
}  // namespace symbolon::signin
