// The pool's own functions that send messages (cognito-api.md §6.2, §6.3).
#include "signin/custom_sender.hpp"
#include "base/encoding.hpp"
#include "messaging/sink_outbox.hpp"
#include "signin/attributes.hpp"
#include "signin/hooks_house.hpp"
#include "signin/sending.hpp"

namespace symbolon::signin {
namespace {

class CustomSenderTest : public HooksTest {
protected:
    /// Sends what waits, with the pool's functions, and returns the sources of their events.
    std::vector<std::string> deliver() {
        functions.seen.clear();
        messaging::Outbox courier(*db, sealer, random, clock, sender(), sender());
        run(courier.deliver_due());
        return functions.sources();
    }
    void set_senders() {
        set_hooks([](LambdaConfig& config) {
            config.CustomSMSSender = directory::LambdaVersionConfigType{{}, "sender"};
            config.CustomEmailSender = directory::LambdaVersionConfigType{{}, "sender"};
        });
        functions.add_answer("sender", {});
    }
    std::unique_ptr<messaging::Sink> sender() {
        return make_custom_sender({*db, triggers, random, key}, std::make_unique<messaging::OutboxSink>());
    }
    /// The message that a sign-up leads to in a pool whose function sends texts.
    messaging::Message message() {
        set_hooks(
            [](LambdaConfig& config) { config.CustomSMSSender = directory::LambdaVersionConfigType{{}, "sender"}; });
        functions.add_answer("sender", {});
        sign_up_jane();
        auto user_now = user(jane);
        messaging::Message out;
        out.to = jane;
        out.code = "123456";
        out.purpose = "sign_up";
        out.pool_id = pool->id;
        out.username = user_now.username;
        out.function = "sender";
        out.event.source = "SignUp";
        return out;
    }

    SenderKey key{crypto::WrappingKey{"symbolon", "custom-sender", Bytes(32, 7)}};
};

TEST_F(CustomSenderTest, gets_the_code_sealed_and_the_user) {
    const auto text = message();
    run(sender()->send(text));
    EXPECT_EQ(event().at("triggerSource").as_string(), "CustomSMSSender_SignUp");
    EXPECT_EQ(request().at("type").as_string(), "customSMSSenderRequestV1");
    EXPECT_EQ(request().at("userAttributes").at("phone_number").as_string(), jane);
    const auto sealed = parse_base64(std::string(request().at("code").as_string()));
    ASSERT_TRUE(sealed);
    EXPECT_EQ(to_string(*sealed).find("123456"), std::string::npos);
}

TEST_F(CustomSenderTest, takes_messages_away_from_the_outbox_that_keeps_them) {
    message();
    EXPECT_TRUE(messages().empty()) << "it waits to be sent";
}

TEST_F(CustomSenderTest, without_a_key_or_a_working_function_is_tried_again_later) {
    const auto text = message();
    key.set(std::nullopt);
    EXPECT_EQ(refusal_of([&] { run(sender()->send(text)); }).code, Errc::code_delivery_failed);
    key.set(crypto::WrappingKey{"symbolon", "custom-sender", Bytes(32, 8)});
    EXPECT_NO_THROW(run(sender()->send(text)));
    functions.add("sender", [](object) -> object { throw std::runtime_error("no"); });
    EXPECT_EQ(refusal_of([&] { run(sender()->send(text)); }).code, Errc::code_delivery_failed);
}

TEST_F(CustomSenderTest, leaves_other_messages_to_the_usual_sink) {
    auto text = message();
    functions.seen.clear();
    text.function.clear();
    run(sender()->send(text));
    EXPECT_TRUE(functions.seen.empty());
}

using Sources = std::vector<std::string>;

TEST_F(CustomSenderTest, is_told_what_each_message_is_for_and_what_the_request_says) {
    change_pool([](directory::Pool& changed) {
        changed.settings.AutoVerifiedAttributes = List<directory::VerifiedAttributeType>{
            directory::VerifiedAttributeType::phone_number, directory::VerifiedAttributeType::email};
    });
    add_user(john);
    set_senders();
    sign_up_jane();
    EXPECT_EQ(deliver(), (Sources{"CustomSMSSender_SignUp"}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
    EXPECT_EQ(event().at("callerContext").at("clientId").as_string(), client->id.str());

    const std::string login(john);
    const auto id = user(john).id;
    run(sign_up.resend(pool, client, std::string(jane), with_data()));
    EXPECT_EQ(deliver(), (Sources{"CustomSMSSender_ResendCode"}));
    run(recovery.forgot(pool, client, login, with_data()));
    EXPECT_EQ(deliver(), (Sources{"CustomSMSSender_ForgotPassword"}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
    run(Profile(services).update(pool, client, id, {{"email", "john@example.com"}}, with_data()));
    EXPECT_EQ(deliver(), (Sources{"CustomEmailSender_UpdateUserAttribute"}));
    run(Profile(services).send_code(pool, client, id, "email", with_data()));
    EXPECT_EQ(deliver(), (Sources{"CustomEmailSender_VerifyUserAttribute"}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"from", "app"}}));
    enter(john, good);
    EXPECT_EQ(deliver(), (Sources{"CustomSMSSender_Authentication"}));
    EXPECT_FALSE(request().contains("clientMetadata")) << "there was none";
}

TEST_F(CustomSenderTest, is_told_of_administrators_messages_without_a_client) {
    set_senders();
    NewUser wanted;
    wanted.username = jane;
    wanted.metadata = {{"k", "v"}};
    run(administration.create_user(pool, std::move(wanted)));
    EXPECT_EQ(deliver(), (Sources{"CustomSMSSender_AdminCreateUser"}));
    EXPECT_EQ(request().at("clientMetadata"), (object{{"k", "v"}}));
    EXPECT_EQ(event().at("callerContext").at("clientId").as_string(), "CLIENT_ID_NOT_APPLICABLE");
}

TEST_F(CustomSenderTest, sends_notifications_of_risk_with_what_happened_in_place_of_the_user) {
    add_user();
    set_senders();
    run(db->write([&](db::Transaction& tx) {
        const auto present = directory::Users(tx).get_by_login(*pool, jane);
        send_notification(services, tx, *pool, present,
                          {.to = "jane@example.com",
                           .subject = "Was that you?\r\nBcc: all@example.com",
                           .text = "t",
                           .html = "h",
                           .client_id = client->id.str(),
                           .facts = {{"EVENT_ID", "1"}, {"IP_ADDRESS", "192.0.2.1"}}},
                          clock.now());
    }));
    EXPECT_EQ(deliver(), (Sources{"CustomEmailSender_AccountTakeOverNotification"}));
    EXPECT_EQ(request().at("userAttributes"), (object{{"EVENT_ID", "1"}, {"IP_ADDRESS", "192.0.2.1"}}));
    EXPECT_TRUE(request().at("code").is_null());
    EXPECT_EQ(event().at("userName").as_string(), user(jane).username);
}

TEST_F(CustomSenderTest, without_one_a_notification_is_a_mail) {
    add_user();
    run(db->write([&](db::Transaction& tx) {
        const auto present = directory::Users(tx).get_by_login(*pool, jane);
        send_notification(services, tx, *pool, present,
                          {.to = "jane@example.com", .subject = "Was that\r\nyou?", .text = "t", .html = "h"},
                          clock.now() + std::chrono::seconds(1));
    }));
    const auto mail = last_message();
    EXPECT_EQ(mail.to, "jane@example.com");
    EXPECT_EQ(mail.subject, "Was that  you?");
    EXPECT_EQ(mail.text, "t");
    EXPECT_EQ(mail.purpose, "account_take_over_notification");
}

}  // namespace
}  // namespace symbolon::signin
