// Threat protection in sign-in, sign-up and changed passwords (cognito-api.md §5.2, §5.11).
#include "directory/auth_events.hpp"
#include "directory/clients.hpp"
#include "directory/risk_configurations.hpp"
#include "signin/events.hpp"
#include "signin/house.hpp"
#include "signin/srp_person.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::AccountTakeoverEventActionType;
using directory::AdvancedSecurityModeType;
using directory::AuthEvent;
using directory::EventFilterType;
using directory::EventResponseType;
using directory::FeedbackValueType;
using directory::RiskDecisionType;
using directory::RiskLevelType;
using directory::UserPoolMfaType;
using directory::UserStatus;

constexpr std::string_view laptop = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
constexpr std::string_view strange =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
constexpr std::string_view leaked = "Password123!";

const Refused blocked{Errc::sign_in_blocked, "Unable to login because of security reasons."};
const Refused unusable{Errc::password_compromised, "Provided password cannot be used for security reasons."};
const Refused reset{Errc::password_reset_required, "Password reset required for the user"};

/// Jane has signed in from home once; from elsewhere, with another browser, that is a medium risk.
class RiskTest : public House {
protected:
    RiskTest() {
        watch(AdvancedSecurityModeType::ENFORCED);
        require_mfa(UserPoolMfaType::OPTIONAL);
        go_home();
        id = add_user();
        change_user(jane, [](directory::User& user) {
            user.attributes["email"] = "jane@example.com";
            user.attributes["email_verified"] = "true";
        });
        clock.advance(1s);
        EXPECT_TRUE(is_signed_in(enter(jane, good)));
        clock.advance(24h);
    }

    void watch(AdvancedSecurityModeType mode) {
        change_pool([&](directory::Pool& changed) {
            auto& add_ons = changed.settings.UserPoolAddOns;
            if (!add_ons) add_ons.emplace();
            add_ons->AdvancedSecurityMode = mode;
        });
    }
    void go_home() {
        caller.address = "192.0.2.1";
        caller.user_agent = laptop;
    }
    void go_elsewhere() {
        caller.address = "198.51.100.9";
        caller.user_agent = strange;
    }
    void configure(const directory::RiskContent& content, const std::string& of = "ALL") {
        run(db->write(
            [&](db::Transaction& tx) { directory::RiskConfigurations(tx).put(pool->id, of, content, clock.now()); }));
    }
    static directory::RiskContent takeover(AccountTakeoverEventActionType action, bool notify = false) {
        directory::RiskContent content;
        auto& configuration = content.AccountTakeoverRiskConfiguration.emplace();
        configuration.Actions.LowAction = directory::AccountTakeoverActionType{notify, action};
        configuration.Actions.MediumAction = configuration.Actions.HighAction = configuration.Actions.LowAction;
        configuration.NotifyConfiguration.emplace().SourceArn = "arn:aws:ses:us-east-1:000000000000:identity/a";
        return content;
    }
    static directory::RiskContent passwords(directory::CompromisedCredentialsEventActionType action) {
        directory::RiskContent content;
        content.CompromisedCredentialsRiskConfiguration.emplace().Actions.EventAction = action;
        return content;
    }
    static directory::RiskContent refusing_passwords() {
        return passwords(directory::CompromisedCredentialsEventActionType::BLOCK);
    }
    std::vector<AuthEvent> history() {
        return run(
            db->read([&](db::Transaction& tx) { return directory::AuthEvents(tx).list(pool->id, id, "", 100); }));
    }
    AuthEvent latest() { return history().front(); }
    void set_password(std::string_view password) {
        run(administration.set_password(pool, std::string(jane), Password(password), true));
    }
    std::vector<messaging::Message> notices() {
        auto all = messages();
        std::erase_if(all, [](const auto& message) { return message.purpose != "account_take_over_notification"; });
        return all;
    }

    UserId id{""};
};

TEST_F(RiskTest, a_sign_in_as_ever_is_no_risk) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(latest().details.EventRisk.RiskDecision, RiskDecisionType::NoRisk);
    EXPECT_EQ(latest().details.EventRisk.RiskLevel, std::nullopt);
    EXPECT_EQ(latest().details.EventContextData.IpAddress, "192.0.2.1");
    EXPECT_EQ(latest().details.EventContextData.DeviceName, "Firefox 128, Linux");
}

TEST_F(RiskTest, block_refuses_who_has_the_right_password_alone) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    go_elsewhere();
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password) << "nobody else is told";
    EXPECT_EQ(refusal_of([&] { enter(nobody, good); }), wrong_password);
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    const auto event = latest().details;
    EXPECT_EQ(event.EventResponse, EventResponseType::Fail);
    EXPECT_EQ(event.EventRisk.RiskDecision, RiskDecisionType::Block);
    EXPECT_EQ(event.EventRisk.RiskLevel, RiskLevelType::Medium);
    EXPECT_EQ(event.EventContextData.DeviceName, "Chrome 126, Windows 10");
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked) << "what was blocked is not known by that";
    go_home();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
}

TEST_F(RiskTest, srp_is_watched_like_a_password_that_is_typed) {
    run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
    catalog.forget(pool->id);
    set_password(good);
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    const SrpPerson person{std::string(good)};
    go_elsewhere();
    const auto asked = std::get<Challenge>(run(sign_in.begin_srp(pool, client, std::string(jane), person.a(), caller)));
    const auto claim = person.claim(*pool, asked, clock.now());
    EXPECT_EQ(refusal_of([&] { run(sign_in.with_verifier(pool, client, claim, caller)); }), blocked);
}

TEST_F(RiskTest, mfa_if_configured_asks_for_what_the_user_has_and_did_not_turn_on) {
    configure(takeover(AccountTakeoverEventActionType::MFA_IF_CONFIGURED));
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    go_elsewhere();
    clock.advance(1s);
    const auto asked = std::get<Challenge>(enter(jane, good));
    EXPECT_EQ(asked.kind, ChallengeKind::sms_mfa);
    EXPECT_EQ(latest().details.EventResponse, EventResponseType::InProgress);
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { answer(asked, other_than(last_code())); }), wrong_mfa_code);
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
    const auto all = history();
    const auto passed = std::find_if(all.begin(), all.end(), [](const AuthEvent& event) {
        return event.details.EventRisk.RiskLevel == RiskLevelType::Medium;
    });
    ASSERT_NE(passed, all.end());
    EXPECT_EQ(passed->details.EventResponse, EventResponseType::Pass);
    EXPECT_EQ(passed->details.EventRisk.RiskDecision, RiskDecisionType::AccountTakeover);
    clock.advance(1s);
    EXPECT_TRUE(is_signed_in(enter(jane, good))) << "it is known from now on";
}

TEST_F(RiskTest, mfa_if_configured_lets_in_who_has_nothing_and_mfa_required_does_not) {
    change_user(jane, [](directory::User& user) { user.attributes.erase("phone_number"); });
    const std::string login = id.str();
    go_elsewhere();
    configure(takeover(AccountTakeoverEventActionType::MFA_REQUIRED));
    EXPECT_EQ(refusal_of([&] { enter(login, good); }), blocked);
    configure(takeover(AccountTakeoverEventActionType::MFA_IF_CONFIGURED));
    EXPECT_TRUE(is_signed_in(enter(login, good)));
}

TEST_F(RiskTest, mfa_is_not_asked_for_where_the_pool_has_none) {
    require_mfa(UserPoolMfaType::OFF);
    go_elsewhere();
    configure(takeover(AccountTakeoverEventActionType::MFA_REQUIRED));
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
}

TEST_F(RiskTest, a_second_factor_that_risk_asks_for_is_not_left_out_by_answering_from_home) {
    configure(takeover(AccountTakeoverEventActionType::MFA_REQUIRED));
    change_user(jane, [&](directory::User& user) {
        user.status = UserStatus::FORCE_CHANGE_PASSWORD;
        user.password_expires = clock.now() + 24h;
    });
    go_elsewhere();
    const auto first = std::get<Challenge>(enter(jane, good));
    ASSERT_EQ(first.kind, ChallengeKind::new_password_required);
    go_home();
    const auto next = run(
        sign_in.with_new_password(pool, client, first.session, std::nullopt, Password("Another-Horse-8"), {}, caller));
    ASSERT_TRUE(std::holds_alternative<Challenge>(next));
    EXPECT_EQ(std::get<Challenge>(next).kind, ChallengeKind::sms_mfa);
}

TEST_F(RiskTest, audit_records_and_does_nothing) {
    watch(AdvancedSecurityModeType::AUDIT);
    auto content = takeover(AccountTakeoverEventActionType::BLOCK, true);
    content.CompromisedCredentialsRiskConfiguration = refusing_passwords().CompromisedCredentialsRiskConfiguration;
    content.RiskExceptionConfiguration.emplace().BlockedIPRangeList = directory::IpRangeList{"0.0.0.0/0"};
    configure(content);
    set_password(leaked);
    go_elsewhere();
    EXPECT_TRUE(is_signed_in(enter(jane, leaked)));
    EXPECT_EQ(latest().details.EventRisk.RiskDecision, RiskDecisionType::AccountTakeover);
    EXPECT_EQ(latest().details.EventRisk.RiskLevel, RiskLevelType::Medium);
    EXPECT_TRUE(latest().details.EventRisk.CompromisedCredentialsDetected);
    EXPECT_TRUE(notices().empty());
}

TEST_F(RiskTest, off_does_not_even_record) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    watch(AdvancedSecurityModeType::OFF);
    const auto before = history().size();
    go_elsewhere();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(history().size(), before);
}

TEST_F(RiskTest, a_client_with_a_configuration_of_its_own_has_that_alone) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    configure(takeover(AccountTakeoverEventActionType::NO_ACTION), client->id.str());
    go_elsewhere();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    caller.address = "203.0.113.77";
    const auto other = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(refusal_of([&] { run(sign_in.with_password(pool, other, std::string(jane), Password(good), caller)); }),
              blocked);
}

TEST_F(RiskTest, many_failures_make_a_sign_in_from_home_a_risk_too) {
    configure(takeover(AccountTakeoverEventActionType::MFA_IF_CONFIGURED));
    for (int i = 0; i < 3; ++i) {
        clock.advance(1s);
        EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    }
    EXPECT_EQ(std::get<Challenge>(enter(jane, good)).kind, ChallengeKind::sms_mfa);
    clock.advance(61min);
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
}

TEST_F(RiskTest, valid_feedback_makes_a_place_known) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    go_elsewhere();
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    const auto event = latest().id;
    run(db->write([&](db::Transaction& tx) {
        rate_event(services, tx, *pool, id, event, FeedbackValueType::Valid, "User", clock.now());
    }));
    clock.advance(1s);
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
}

TEST_F(RiskTest, invalid_feedback_makes_it_a_high_risk) {
    go_elsewhere();
    EXPECT_TRUE(is_signed_in(enter(jane, good))) << "nothing is configured";
    const auto event = latest().id;
    run(db->write([&](db::Transaction& tx) {
        rate_event(services, tx, *pool, id, event, FeedbackValueType::Invalid, "User", clock.now());
    }));
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    EXPECT_EQ(latest().details.EventRisk.RiskLevel, RiskLevelType::High);
}

TEST_F(RiskTest, from_a_blocked_address_nobody_is_let_in_known_or_not) {
    directory::RiskContent content;
    content.RiskExceptionConfiguration.emplace().BlockedIPRangeList = directory::IpRangeList{"198.51.100.0/24"};
    configure(content);
    go_elsewhere();
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    EXPECT_EQ(latest().details.EventRisk.RiskDecision, RiskDecisionType::Block);
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), blocked);
    EXPECT_EQ(refusal_of([&] { enter(nobody, good); }), blocked);
    go_home();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
}

TEST_F(RiskTest, a_sign_in_is_not_carried_on_from_a_blocked_address) {
    require_mfa(UserPoolMfaType::ON);
    directory::RiskContent content;
    content.RiskExceptionConfiguration.emplace().BlockedIPRangeList = directory::IpRangeList{"198.51.100.0/24"};
    configure(content);
    const auto asked = challenge();
    go_elsewhere();
    EXPECT_EQ(refusal_of([&] { answer(asked, last_code()); }), blocked);
    go_home();
    EXPECT_EQ(refusal_of([&] { answer(asked, last_code()); }).code, Errc::not_authorized) << "the session is used up";
}

TEST_F(RiskTest, a_skipped_address_is_not_suspected) {
    auto content = takeover(AccountTakeoverEventActionType::BLOCK);
    content.RiskExceptionConfiguration.emplace().SkippedIPRangeList = directory::IpRangeList{"198.51.100.0/24"};
    configure(content);
    go_elsewhere();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(latest().details.EventRisk.RiskLevel, std::nullopt);
}

TEST_F(RiskTest, a_leaked_password_opens_nothing_and_is_to_be_reset) {
    set_password(leaked);
    configure(refusing_passwords());
    EXPECT_EQ(refusal_of([&] { enter(jane, leaked); }), reset);
    EXPECT_EQ(user(jane).status, UserStatus::RESET_REQUIRED);
    EXPECT_TRUE(latest().details.EventRisk.CompromisedCredentialsDetected);
    EXPECT_EQ(latest().details.EventRisk.RiskDecision, RiskDecisionType::Block);
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password) << "others are not told";

    run(recovery.forgot(pool, client, std::string(jane), caller));
    const auto code = last_code();
    const auto confirm = [&](std::string_view password) {
        run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(code), Password(password), caller));
    };
    EXPECT_EQ(refusal_of([&] { confirm("Welcome123!"); }), unusable);
    confirm("Another-Horse-8");
    EXPECT_TRUE(is_signed_in(enter(jane, "Another-Horse-8")));
}

TEST_F(RiskTest, leaked_passwords_are_looked_for_on_the_occasions_that_are_named) {
    auto content = refusing_passwords();
    auto& filter = content.CompromisedCredentialsRiskConfiguration->EventFilter;
    const auto change = [&] { run(recovery.change(pool, id, Password(good), Password(leaked), client->id, caller)); };
    const auto sign_up_john = [&] {
        run(sign_up.sign_up(pool, client, std::string(john), Password(leaked), {}, caller));
    };
    filter = List<EventFilterType>{EventFilterType::PASSWORD_CHANGE};
    configure(content);
    EXPECT_EQ(refusal_of(change), unusable);
    EXPECT_EQ(latest().details.EventType, directory::EventType::PasswordChange);
    EXPECT_EQ(latest().details.EventRisk.RiskDecision, RiskDecisionType::Block);
    filter = List<EventFilterType>{EventFilterType::SIGN_UP};
    configure(content);
    change();
    EXPECT_TRUE(is_signed_in(enter(jane, leaked))) << "SIGN_IN is not named";
    EXPECT_EQ(refusal_of(sign_up_john), unusable);
    filter = List<EventFilterType>{EventFilterType::SIGN_IN};
    configure(content);
    sign_up_john();
    EXPECT_EQ(refusal_of([&] { enter(jane, leaked); }), reset);
}

TEST_F(RiskTest, no_action_against_leaked_passwords_records_them) {
    set_password(leaked);
    configure(passwords(directory::CompromisedCredentialsEventActionType::NO_ACTION));
    EXPECT_TRUE(is_signed_in(enter(jane, leaked)));
    EXPECT_TRUE(latest().details.EventRisk.CompromisedCredentialsDetected);
    EXPECT_EQ(latest().details.EventRisk.RiskDecision, RiskDecisionType::NoRisk);
}

TEST_F(RiskTest, the_first_password_of_ones_own_must_not_be_a_leaked_one) {
    configure(refusing_passwords());
    change_user(jane, [&](directory::User& user) {
        user.status = UserStatus::FORCE_CHANGE_PASSWORD;
        user.password_expires = clock.now() + 24h;
    });
    const auto asked = std::get<Challenge>(enter(jane, good));
    const auto choose = [&](std::string_view password) {
        return run(
            sign_in.with_new_password(pool, client, asked.session, std::nullopt, Password(password), {}, caller));
    };
    EXPECT_EQ(refusal_of([&] { choose(leaked); }), unusable);
    EXPECT_TRUE(is_signed_in(choose("Another-Horse-8")));
}

TEST_F(RiskTest, the_user_is_told_by_the_pools_templates) {
    auto content = takeover(AccountTakeoverEventActionType::BLOCK, true);
    auto& mail = *content.AccountTakeoverRiskConfiguration->NotifyConfiguration;
    mail.From = "Security <security@example.com>";
    mail.ReplyTo = "help@example.com";
    mail.BlockEmail.emplace().Subject = "Blocked";
    mail.BlockEmail->TextBody = "{ip-address} {device-name} {login-time} {username} {event-id} {feedback-token} {city}";
    mail.BlockEmail->HtmlBody = "<b>{device-name}</b> <a href=\"{one-click-link-valid}\">mine</a>";
    configure(content);
    go_elsewhere();
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    const auto sent = notices();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].to, "jane@example.com");
    EXPECT_EQ(sent[0].from, "Security <security@example.com>");
    EXPECT_EQ(sent[0].reply_to, "help@example.com");
    EXPECT_EQ(sent[0].subject, "Blocked");
    EXPECT_TRUE(sent[0].text.starts_with("198.51.100.9 Chrome 126, Windows 10 2027-")) << sent[0].text;
    EXPECT_TRUE(sent[0].text.ends_with(" unknown")) << sent[0].text;
    EXPECT_NE(sent[0].text.find(latest().id), std::string::npos);
    EXPECT_NE(sent[0].html.find("/feedback?event=" + latest().id), std::string::npos) << sent[0].html;
    EXPECT_NE(sent[0].html.find("&amp;value=valid"), std::string::npos) << sent[0].html;
    EXPECT_TRUE(sent[0].code.empty());
}

TEST_F(RiskTest, the_user_is_told_in_other_words_of_each_action) {
    const auto subject_after = [&](AccountTakeoverEventActionType action, const std::string& address) {
        auto content = takeover(action, true);
        auto& mail = *content.AccountTakeoverRiskConfiguration->NotifyConfiguration;
        mail.BlockEmail.emplace().Subject = "block";
        mail.MfaEmail.emplace().Subject = "mfa";
        mail.NoActionEmail.emplace().Subject = "none";
        configure(content);
        clock.advance(1s);
        caller.address = address;
        caller.user_agent = strange;
        refusal_of([&] { enter(jane, good); });
        return notices().front().subject;
    };
    EXPECT_EQ(subject_after(AccountTakeoverEventActionType::MFA_REQUIRED, "198.51.100.1"), "mfa");
    EXPECT_EQ(subject_after(AccountTakeoverEventActionType::BLOCK, "198.51.100.2"), "block");
    EXPECT_EQ(subject_after(AccountTakeoverEventActionType::NO_ACTION, "198.51.100.3"), "none");
}

TEST_F(RiskTest, nobody_is_told_without_a_proven_address_or_a_sender) {
    configure(takeover(AccountTakeoverEventActionType::NO_ACTION, true));
    change_user(jane, [](directory::User& user) { user.attributes["email_verified"] = "false"; });
    go_elsewhere();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(notices().empty());
    change_user(jane, [](directory::User& user) { user.attributes["email_verified"] = "true"; });
    auto content = takeover(AccountTakeoverEventActionType::NO_ACTION, true);
    content.AccountTakeoverRiskConfiguration->NotifyConfiguration.reset();
    configure(content);
    caller.address = "203.0.113.5";
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(notices().empty());
}

TEST_F(RiskTest, mails_are_bounded_like_all_others) {
    services.limits.mfa_sends_per_destination = 2;
    configure(takeover(AccountTakeoverEventActionType::BLOCK, true));
    go_elsewhere();
    for (int i = 0; i < 4; ++i) {
        clock.advance(1s);
        EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    }
    EXPECT_EQ(notices().size(), 2U);
}

TEST_F(RiskTest, an_address_is_taken_from_a_client_that_may_tell_it_alone) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    caller.told_address = "198.51.100.9";
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(latest().details.EventContextData.IpAddress, "192.0.2.1") << "anybody could say so";
    change_client([](directory::Client& changed) {
        changed.settings.EnablePropagateAdditionalUserContextData = true;
        changed.secret = ClientSecret("secret");
    });
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked);
    EXPECT_EQ(latest().details.EventContextData.IpAddress, "198.51.100.9");
    caller.told_address = "nowhere";
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }).code, Errc::invalid_parameter);
}

TEST_F(RiskTest, an_administrators_server_that_says_nothing_of_the_person_is_no_sign) {
    configure(takeover(AccountTakeoverEventActionType::BLOCK));
    go_elsewhere();
    caller.speaks_for_another = true;
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(latest().details.EventContextData.IpAddress, std::nullopt);
    caller.speaks_for_another = false;
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), blocked) << "and makes nothing known";
}

}  // namespace
}  // namespace symbolon::signin
