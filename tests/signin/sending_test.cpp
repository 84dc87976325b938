#include "signin/sending.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

// Attack class 54: what a script can make us send.
class SendingTest : public House {
protected:
    Refused join(int number, std::string_view address = "192.0.2.1") {
        std::string login = "+1415555" + std::to_string(1000 + number);
        return refusal_of(
            [&] { run(sign_up.sign_up(pool, client, login, Password(good), {}, Caller{std::string(address), ""})); });
    }
    const Refused not_refused{Errc::internal, "the call was not refused"};
};

TEST_F(SendingTest, sign_ups_from_one_address_are_capped_and_leave_no_user_behind) {
    services.limits.sends_per_client_address = Limits{}.sends_per_client_address;
    for (int i = 0; i < 30; ++i) EXPECT_EQ(join(i), not_refused) << i;
    EXPECT_EQ(join(30), limit);
    EXPECT_EQ(messages().size(), 30U);
    EXPECT_EQ(refusal_of([&] { user("+14155551030"); }).code, Errc::user_not_found);
    EXPECT_EQ(join(30, "198.51.100.9"), not_refused) << "another address is another person";
    clock.advance(1h);
    EXPECT_EQ(join(31), not_refused);
}

TEST_F(SendingTest, loopback_stands_for_everybody_and_is_not_counted) {
    services.limits.sends_per_client_address = 1;
    int number = 0;
    for (const auto* address : {"127.0.0.1", "::1", "::ffff:127.0.0.1", ""}) {
        EXPECT_EQ(join(number++, address), not_refused) << address;
        EXPECT_EQ(join(number++, address), not_refused) << address;
    }
}

TEST_F(SendingTest, texts_to_one_number_are_capped_whoever_asks) {
    add_user();
    int sent = 1;
    for (int i = 0; i < 30; ++i) {
        const Caller somebody{"198.51.100." + std::to_string(i), ""};
        const auto refused = refusal_of([&] { run(recovery.forgot(pool, client, std::string(jane), somebody)); });
        if (refused == not_refused) ++sent;
    }
    EXPECT_EQ(sent, Limits{}.sends_per_destination);
    EXPECT_EQ(static_cast<int>(messages().size()), sent);
}

TEST_F(SendingTest, a_pool_sends_so_many_a_day) {
    services.limits.sends_per_pool = 3;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(join(i), not_refused);
    EXPECT_EQ(join(3), limit);
    clock.advance(24h);
    EXPECT_EQ(join(3), not_refused);
}

TEST_F(SendingTest, numbers_that_nobody_has_count_for_the_address_that_asks) {
    services.limits.sends_per_client_address = 3;
    for (int i = 0; i < 3; ++i) run(recovery.forgot(pool, client, "+141555510" + std::to_string(10 + i), caller));
    EXPECT_EQ(refusal_of([&] { run(recovery.forgot(pool, client, std::string(nobody), caller)); }), limit);
    EXPECT_TRUE(messages().empty());
}

TEST_F(SendingTest, codes_keep_their_leading_zeros) {
    services.limits.sends_per_destination = 1000;
    add_user();
    bool zero = false;
    for (int i = 0; i < 60 && !zero; ++i) {
        if (i % 9 == 0) clock.advance(1h);
        run(recovery.forgot(pool, client, std::string(jane), caller));
        EXPECT_EQ(last_code().size(), 6U);
        zero = last_code().front() == '0';
    }
    EXPECT_TRUE(zero);
}

// A code that lets in without a password is longer than one that is asked for after it.
TEST_F(SendingTest, codes_are_as_long_as_what_they_open) {
    const auto id = add_user();
    const auto length_of = [&](directory::CodePurpose purpose) {
        run(db->write([&](db::Transaction& tx) {
            const Occasion occasion;
            const CodeOrder order{
                .pool = *pool, .purpose = purpose, .binding = "b", .life = hour, .occasion = occasion};
            send_code(services, tx, order, *directory::Users(tx).find(pool->id, id),
                      Destination{"phone_number", std::string(jane)}, clock.now());
        }));
        return last_code().size();
    };
    EXPECT_EQ(length_of(directory::CodePurpose::sms_mfa), 6U);
    EXPECT_EQ(length_of(directory::CodePurpose::verify_phone_number), 6U);
    EXPECT_EQ(length_of(directory::CodePurpose::sms_otp), 8U);
    EXPECT_EQ(length_of(directory::CodePurpose::email_otp), 8U);
}

}  // namespace
}  // namespace symbolon::signin
