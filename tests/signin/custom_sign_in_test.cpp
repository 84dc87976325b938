// CUSTOM_AUTH: the pool's own code decides (cognito-api.md §3.5).
#include "directory/auth_events.hpp"
#include "directory/clients.hpp"
#include "directory/risk_configurations.hpp"
#include "signin/hooks.hpp"
#include "signin/house.hpp"
#include "signin/srp_person.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace symbolon::signin {
namespace {

namespace json = boost::json;
using enum ChallengeKind;
using Mfa = directory::UserPoolMfaType;

constexpr const char* define = "arn:aws:lambda:us-east-1:000000000000:function:define";
constexpr const char* create = "arn:aws:lambda:us-east-1:000000000000:function:create";
constexpr const char* verify = "arn:aws:lambda:us-east-1:000000000000:function:verify";

class CustomSignIn : public House {
protected:
    CustomSignIn() {
        require_mfa(Mfa::OFF);
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
        id = add_user();
        change_pool([](directory::Pool& changed) {
            auto& hooks = changed.settings.LambdaConfig.emplace();
            hooks.DefineAuthChallenge = define;
            hooks.CreateAuthChallenge = create;
            hooks.VerifyAuthChallengeResponse = verify;
        });
        functions.add(define, [](json::object event) { return decide(std::move(event)); });
        functions.add_answer(create, {{"publicChallengeParameters", json::object{{"hint", "the answer"}}},
                                      {"privateChallengeParameters", json::object{{"answer", "42"}}},
                                      {"challengeMetadata", "ROUND"}});
        functions.add(verify, [](json::object event) {
            const auto& request = event.at("request").as_object();
            event.at("response").as_object()["answerCorrect"] =
                request.at("challengeAnswer") == request.at("privateChallengeParameters").as_object().at("answer");
            return event;
        });
    }
    /// As handlers are written: three tries; with SRP, the password first.
    static json::object decide(json::object event) {
        const auto session = event.at("request").as_object().at("session").as_array();
        auto& response = event.at("response").as_object();
        const auto ask = [&](const char* name) {
            response["issueTokens"] = false;
            response["failAuthentication"] = false;
            response["challengeName"] = name;
            return event;
        };
        if (session.empty()) return ask("CUSTOM_CHALLENGE");
        const auto& last = session.back().as_object();
        const bool passed = last.at("challengeResult").as_bool();
        if (last.at("challengeName") == "SRP_A") return ask("PASSWORD_VERIFIER");
        if (last.at("challengeName") != "CUSTOM_CHALLENGE" && passed) return ask("CUSTOM_CHALLENGE");
        response["issueTokens"] = passed;
        response["failAuthentication"] = !passed && session.size() >= 3;
        if (!passed && session.size() < 3) response["challengeName"] = "CUSTOM_CHALLENGE";
        return event;
    }
    Outcome begin(std::string_view login = jane, std::string srp_a = {}) {
        return run(sign_in.begin_custom(pool, client, std::string(login), std::move(srp_a), caller));
    }
    Challenge ask(std::string_view login = jane) { return std::get<Challenge>(begin(login)); }
    /// A second later, so that messages are in order.
    Outcome give(const Challenge& asked, std::string text, std::string_view login = jane) {
        clock.advance(std::chrono::seconds(1));
        return run(
            sign_in.with_custom_answer(pool, client, asked.session, std::string(login), std::move(text), caller));
    }
    Refused refusal(const Challenge& asked, std::string text, std::string_view login = jane) {
        return refusal_of([&] { give(asked, text, login); });
    }
    UserId id;
};

TEST_F(CustomSignIn, a_right_answer_signs_in) {
    const auto asked = ask();
    EXPECT_EQ(asked.kind, custom_challenge);
    EXPECT_EQ(asked.username, id.str());
    EXPECT_EQ(asked.parameters, (directory::Attributes{{"hint", "the answer"}}));
    EXPECT_EQ(asked.session.find("42"), std::string::npos);
    const auto outcome = give(asked, "42");
    ASSERT_TRUE(is_signed_in(outcome));
    EXPECT_EQ(std::get<SignedIn>(outcome).user_id, id);
}

TEST_F(CustomSignIn, the_pools_own_code_is_shown_what_was_answered) {
    auto asked = std::get<Challenge>(give(ask(), "41"));
    functions.seen.clear();
    EXPECT_TRUE(is_signed_in(give(asked, "42")));
    ASSERT_EQ(functions.sources(), (std::vector<std::string>{"VerifyAuthChallengeResponse_Authentication",
                                                             "DefineAuthChallenge_Authentication"}));
    const auto& session = functions.seen.back().event.at("request").as_object().at("session").as_array();
    ASSERT_EQ(session.size(), 2U);
    EXPECT_EQ(session[0],
              json::value(
                  {{"challengeName", "CUSTOM_CHALLENGE"}, {"challengeResult", false}, {"challengeMetadata", "ROUND"}}));
    EXPECT_EQ(session[1].as_object().at("challengeResult"), true);
}

TEST_F(CustomSignIn, three_wrong_answers_end_it) {
    auto asked = ask();
    for (int i = 0; i < 2; ++i) asked = std::get<Challenge>(give(asked, "41"));
    EXPECT_EQ(refusal(asked, "41"), wrong_password);
    EXPECT_EQ(refusal(asked, "42"), used_session);
}

TEST_F(CustomSignIn, of_one_challenge_there_is_one_answer) {
    const auto asked = ask();
    give(asked, "41");
    EXPECT_EQ(refusal(asked, "42"), used_session);
}

TEST_F(CustomSignIn, a_session_is_of_its_user_client_and_browser) {
    add_user(john);
    const auto asked = ask();
    EXPECT_EQ(refusal(asked, "42", john), invalid_session);
    EXPECT_EQ(refusal(asked, "42", nobody), invalid_session);
    caller.browser = "browser-b";
    EXPECT_EQ(refusal(asked, "42"), invalid_session);
    caller.browser = "browser-a";
    const auto own = client;
    client = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(refusal(asked, "42"), invalid_session);
    client = own;
    EXPECT_TRUE(is_signed_in(give(asked, "42")));
}

TEST_F(CustomSignIn, a_missing_hook_is_an_error_and_no_way_in) {
    for (const auto hook : {&LambdaConfig::DefineAuthChallenge, &LambdaConfig::CreateAuthChallenge}) {
        change_pool([&](directory::Pool& changed) { ((*changed.settings.LambdaConfig).*hook).reset(); });
        EXPECT_EQ(refusal_of([&] { begin(); }).code, Errc::invalid_parameter);
        change_pool([&](directory::Pool& changed) { (*changed.settings.LambdaConfig).*hook = define; });
    }
    change_pool([](directory::Pool& changed) { changed.settings.LambdaConfig->CreateAuthChallenge = create; });
    const auto asked = ask();
    change_pool([](directory::Pool& changed) { changed.settings.LambdaConfig->VerifyAuthChallengeResponse.reset(); });
    EXPECT_EQ(refusal(asked, "42").code, Errc::invalid_parameter);
}

TEST_F(CustomSignIn, an_answer_that_says_nothing_is_refused) {
    for (const char* name : {"", "MAGIC", "PASSWORD_VERIFIER", "SMS_MFA"}) {
        functions.add_answer(define, {{"challengeName", name}, {"issueTokens", false}, {"failAuthentication", false}});
        EXPECT_EQ(refusal_of([&] { begin(); }).code, Errc::hook_answer_invalid) << name;
    }
    functions.add_answer(define, {{"issueTokens", true}, {"failAuthentication", true}});
    EXPECT_NE(refusal_of([&] { begin(); }).message, "the call was not refused");
}

// Attack class 22.
TEST_F(CustomSignIn, a_second_factor_is_due_all_the_same) {
    require_mfa(Mfa::ON);
    const auto code = std::get<Challenge>(give(ask(), "42"));
    EXPECT_EQ(code.kind, sms_mfa);
    functions.seen.clear();
    EXPECT_TRUE(is_signed_in(answer(code, last_code())));
    EXPECT_TRUE(functions.seen.empty()) << "it has decided already";
}

TEST_F(CustomSignIn, a_password_by_srp_may_come_first) {
    require_mfa(Mfa::ON);
    const SrpPerson person{std::string(good)};
    const auto question = std::get<Challenge>(begin(jane, person.a()));
    EXPECT_EQ(question.kind, password_verifier);
    EXPECT_NE(question.session, "");
    clock.advance(std::chrono::seconds(1));
    const auto code = std::get<Challenge>(
        run(sign_in.with_verifier(pool, client, person.claim(*pool, question, clock.now()), caller)));
    EXPECT_EQ(code.kind, sms_mfa);
    const auto asked = std::get<Challenge>(answer(code, last_code()));
    EXPECT_EQ(asked.kind, custom_challenge);
    const auto& session = functions.seen.back().event.at("request").as_object().at("session").as_array();
    std::vector<std::string> names;
    for (const auto& result : session) names.emplace_back(result.as_object().at("challengeName").as_string());
    EXPECT_EQ(names, (std::vector<std::string>{"SRP_A", "PASSWORD_VERIFIER", "SMS_MFA"}));
    EXPECT_TRUE(is_signed_in(give(asked, "42")));
}

TEST_F(CustomSignIn, a_wrong_password_by_srp_ends_it) {
    const SrpPerson person{std::string(bad)};
    const auto question = std::get<Challenge>(begin(jane, person.a()));
    EXPECT_EQ(refusal_of([&] {
                  run(sign_in.with_verifier(pool, client, person.claim(*pool, question, clock.now()), caller));
              }),
              wrong_password);
}

// Attack class 33.
TEST_F(CustomSignIn, of_nobody_the_hooks_are_told_and_whatever_they_say_nobody_gets_in) {
    const auto asked = ask(nobody);
    EXPECT_EQ(asked.parameters, ask().parameters);
    EXPECT_EQ(asked.session.size(), ask().session.size());
    const auto& request = functions.seen.front().event.at("request").as_object();
    EXPECT_EQ(request.at("userNotFound"), true);
    EXPECT_EQ(refusal(asked, "42", nobody), wrong_password);
    functions.add_answer(define, {{"issueTokens", true}, {"failAuthentication", false}});
    EXPECT_EQ(refusal_of([&] { begin(nobody); }), wrong_password);
    require_mfa(Mfa::ON);
    EXPECT_EQ(refusal_of([&] { begin(nobody); }), wrong_password);

    hide_users(false);
    functions.seen.clear();
    EXPECT_EQ(refusal_of([&] { begin(nobody); }), (Refused{Errc::user_not_found, "User does not exist."}));
    EXPECT_TRUE(functions.seen.empty());
}

TEST_F(CustomSignIn, who_was_disabled_on_the_way_does_not_arrive) {
    const auto asked = ask();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(refusal(asked, "42"), wrong_password) << "users are hidden";
}

TEST_F(CustomSignIn, is_watched_as_custom_auth_mode_says) {
    using directory::AdvancedSecurityEnabledModeType;
    const auto watch = [&](std::optional<AdvancedSecurityEnabledModeType> mode) {
        change_pool([&](directory::Pool& changed) {
            auto& add_ons = changed.settings.UserPoolAddOns.emplace();
            add_ons.AdvancedSecurityMode = directory::AdvancedSecurityModeType::ENFORCED;
            add_ons.AdvancedSecurityAdditionalFlows.emplace().CustomAuthMode = mode;
        });
    };
    directory::RiskContent content;
    content.AccountTakeoverRiskConfiguration.emplace().Actions.LowAction = directory::AccountTakeoverActionType{
        .Notify = false, .EventAction = directory::AccountTakeoverEventActionType::BLOCK};
    run(db->write(
        [&](db::Transaction& tx) { directory::RiskConfigurations(tx).put(pool->id, "ALL", content, clock.now()); }));
    watch(std::nullopt);
    EXPECT_TRUE(is_signed_in(give(ask(), "42")));
    const auto level_from = [&](const char* address) {
        caller.address = address;
        EXPECT_TRUE(is_signed_in(give(ask(), "42"))) << address;
        const auto events =
            run(db->read([&](db::Transaction& tx) { return directory::AuthEvents(tx).list(pool->id, id, "", 1); }));
        return events.at(0).details.EventRisk.RiskLevel;
    };
    EXPECT_EQ(level_from("198.51.100.1"), std::nullopt) << "not looked for";
    watch(AdvancedSecurityEnabledModeType::AUDIT);
    EXPECT_EQ(level_from("198.51.100.2"), directory::RiskLevelType::Low) << "looked for, and let in";
    watch(AdvancedSecurityEnabledModeType::ENFORCED);
    caller.address = "198.51.100.3";
    EXPECT_EQ(refusal(ask(), "42").code, Errc::sign_in_blocked);
    EXPECT_EQ(refusal(ask(), "41").code, Errc::internal) << "a wrong answer may be tried again";
}

}  // namespace
}  // namespace symbolon::signin
