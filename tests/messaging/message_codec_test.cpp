#include "messaging/message_codec.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::messaging {
namespace {

Message sample() {
    Message message;
    message.id = "0001";
    message.channel = Channel::email;
    message.to = "jane@example.com";
    message.subject = "Your verification code";
    message.text = "Your \"code\" is\n042017";
    message.html = "<b>042017</b>";
    message.code = "042017";
    message.purpose = "sign_up";
    message.pool_id = PoolId("us-east-1_AbCdEfGhI");
    message.username = "jane";
    message.created = from_ms(1'700'000'000'123);
    return message;
}

Errc refusal_of(const Message& message) {
    try {
        check_envelope(message);
    } catch (const Error& error) {
        return error.code;
    }
    return Errc::internal;
}

TEST(MessageCodec, writes_the_line_of_the_contract) {
    EXPECT_EQ(to_json_line(sample()),
              R"({"time":"2023-11-14T22:13:20.123Z","channel":"email","to":"jane@example.com",)"
              R"("subject":"Your verification code","text":"Your \"code\" is\n042017","html":"<b>042017</b>",)"
              R"("code":"042017","purpose":"sign_up","pool":"us-east-1_AbCdEfGhI","username":"jane"})");
}

TEST(MessageCodec, what_a_function_is_told_is_stored_and_never_in_the_line_of_the_contract) {
    Message before = sample();
    EXPECT_EQ(parse_stored_json(to_stored_json(before)).event.source, "") << "no function, nothing to tell";
    before.function = "arn";
    before.event = {.source = "ResendCode",
                    .client_id = "client",
                    .metadata = {{"from", "app"}},
                    .attributes = {{"EVENT_ID", "1"}}};
    const auto after = parse_stored_json(to_stored_json(before));
    EXPECT_EQ(after.function, "arn");
    EXPECT_EQ(after.event.source, "ResendCode");
    EXPECT_EQ(after.event.client_id, "client");
    EXPECT_EQ(after.event.metadata, before.event.metadata);
    EXPECT_EQ(after.event.attributes, before.event.attributes);
    EXPECT_EQ(to_json_line(before), to_json_line(sample()));
}

TEST(MessageCodec, stored_form_comes_back_complete_but_for_the_key_of_its_row) {
    const Message before = sample();
    const Message after = parse_stored_json(to_stored_json(before));
    EXPECT_EQ(after.channel, before.channel);
    EXPECT_EQ(after.to, before.to);
    EXPECT_EQ(after.subject, before.subject);
    EXPECT_EQ(after.text, before.text);
    EXPECT_EQ(after.html, before.html);
    EXPECT_EQ(after.code, before.code);
    EXPECT_EQ(after.purpose, before.purpose);
    EXPECT_EQ(after.username, before.username);
    EXPECT_EQ(after.id, "");
}

TEST(MessageCodec, names_who_a_mail_is_from_where_the_pool_says_so) {
    Message message = sample();
    message.from = "Shop <shop@example.com>";
    message.reply_to = "help@example.com";
    EXPECT_TRUE(to_json_line(message).ends_with(
        R"("username":"jane","from":"Shop <shop@example.com>","reply_to":"help@example.com"})"));
    const Message after = parse_stored_json(to_stored_json(message));
    EXPECT_EQ(after.from, message.from);
    EXPECT_EQ(after.reply_to, message.reply_to);
    message.reply_to = "help@example.com\r\nBcc: all@example.com";
    EXPECT_EQ(refusal_of(message), Errc::invalid_parameter);
}

TEST(MessageCodec, what_it_did_not_write_is_refused) {
    EXPECT_THROW(parse_stored_json(""), Error);
    EXPECT_THROW(parse_stored_json("[]"), Error);
    EXPECT_THROW(parse_stored_json(R"({"channel":"sms"})"), Error);
    std::string pigeon = to_stored_json(sample());
    pigeon.replace(pigeon.find("email"), 5, "dove ");
    EXPECT_THROW(parse_stored_json(pigeon), Error);
}

// Attack class 43: header injection.
TEST(MessageEnvelope, recipients_that_could_add_a_header_are_refused) {
    for (const std::string to :
         {"jane@example.com\r\nBcc: all@example.com", "jane@example.com\n", "jane@example.com,all@example.com",
          "jane@example.com;all@example.com", "<jane@example.com>", "jane @example.com", "a@b@c", "@example.com",
          "jane@", "jane", "", "jane@exam\u2028ple.com"}) {
        Message message = sample();
        message.to = to;
        EXPECT_EQ(refusal_of(message), Errc::invalid_parameter) << to;
    }
    Message message = sample();
    message.to = std::string("jane@example.com\0x", 18);
    EXPECT_EQ(refusal_of(message), Errc::invalid_parameter);
    message.to = "jane@" + std::string(400, 'a');
    EXPECT_EQ(refusal_of(message), Errc::invalid_parameter);
}

TEST(MessageEnvelope, subjects_with_line_breaks_are_refused) {
    const std::string nul("a\0b", 3);
    for (const std::string& subject : {std::string("Code\r\nBcc: all@example.com"), std::string("a\nb"), nul,
                                       std::string("a\u2029b"), std::string("a\u0085b"), std::string(999, 'a')}) {
        Message message = sample();
        message.subject = subject;
        EXPECT_EQ(refusal_of(message), Errc::invalid_parameter) << subject;
    }
    Message message = sample();
    message.subject = "Ваш код — 你的代码";
    EXPECT_NO_THROW(check_envelope(message));
}

TEST(MessageEnvelope, texts_go_to_numbers_in_e164_only) {
    Message message = sample();
    message.channel = Channel::sms;
    message.subject.clear();
    for (const std::string to : {"+14155550123", "+99", "+123456789012345"}) {
        message.to = to;
        EXPECT_NO_THROW(check_envelope(message)) << to;
    }
    for (const std::string to : {"14155550123", "+1 415 555 0123", "+1415555\n0123", "+", "+1", "+1234567890123456",
                                 "+1415555012a", "jane@example.com", ""}) {
        message.to = to;
        EXPECT_EQ(refusal_of(message), Errc::invalid_parameter) << to;
    }
}

}  // namespace
}  // namespace symbolon::messaging
