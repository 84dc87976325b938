// Where texts go: countries by the operator's and the pool's prefixes, and how many go to neighbouring numbers. Attack
// class 54.

#include "signin/house.hpp"
#include "signin/sending.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

const Refused not_there{Errc::code_delivery_failed, "Text messages are not sent to phone numbers of this country."};
const Refused went_through{Errc::internal, "the call was not refused"};

class TextReach : public House {
protected:
    void allow(std::initializer_list<directory::shape::PhonePrefix> prefixes) {
        change_pool([&](directory::Pool& changed) {
            changed.extensions.sms_prefixes = List<directory::shape::PhonePrefix, 1, 250>(prefixes);
        });
    }
    Refused join(const std::string& number) {
        return refusal_of([&] { run(sign_up.sign_up(pool, client, number, Password(good), {}, caller)); });
    }
    Refused forget(std::string_view login) {
        return refusal_of([&] { run(recovery.forgot(pool, client, std::string(login), caller)); });
    }
    /// The n-th of ten thousand neighbours.
    static std::string neighbour(int n, const std::string& range = "+1415555") {
        const auto last = std::to_string(n);
        return range + std::string(4 - last.size(), '0') + last;
    }
    void expect_no_more_than(std::size_t sent) { EXPECT_EQ(messages().size(), sent); }
};

TEST_F(TextReach, is_everywhere_unless_somebody_says_otherwise) {
    EXPECT_EQ(join("+14155550142"), went_through);
    EXPECT_EQ(join("+447911123456"), went_through);
}

TEST_F(TextReach, of_the_pool_bounds_who_signs_up_and_leaves_no_user_behind) {
    allow({"+44", "+1415"});
    EXPECT_EQ(join("+14155550142"), went_through);
    EXPECT_EQ(join("+447911123456"), went_through);
    EXPECT_EQ(join("+12125550142"), not_there);
    EXPECT_EQ(join("+4915112345678"), not_there);
    EXPECT_EQ(refusal_of([&] { user("+4915112345678"); }).code, Errc::user_not_found);
    expect_no_more_than(2);
}

TEST_F(TextReach, of_the_operator_holds_for_every_pool) {
    services.limits.text_prefixes = {"+44"};
    EXPECT_EQ(join("+14155550142"), not_there);
    allow({"+1"});
    EXPECT_EQ(join("+14155550142"), not_there) << "a pool does not widen it";
    EXPECT_EQ(join("+447911123456"), not_there) << "and may narrow it";
    expect_no_more_than(0);
}

TEST_F(TextReach, ends_a_sign_in_whose_second_factor_cannot_be_sent) {
    add_user();
    allow({"+44"});
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), not_there);
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password) << "before the password nothing is said";
    expect_no_more_than(1);
}

// Attack class 33: who names a number learns of its country, whoever has it.
TEST_F(TextReach, is_told_alike_of_a_number_that_somebody_has_and_of_one_that_nobody_has) {
    hide_users(true);
    add_user();
    allow({"+44"});
    EXPECT_EQ(forget(jane), not_there);
    EXPECT_EQ(forget(nobody), not_there);
    const auto resend = [&](std::string_view login) {
        return refusal_of([&] { run(sign_up.resend(pool, client, std::string(login), caller)); });
    };
    EXPECT_EQ(resend(nobody), not_there);
    expect_no_more_than(1);
}

// By another name than the number, nothing is told, and nothing is sent either.
TEST_F(TextReach, of_a_number_behind_another_name_is_not_told_where_users_are_hidden) {
    hide_users(true);
    change_pool([](directory::Pool& changed) { changed.settings.UsernameAttributes.reset(); });
    directory::User mary;
    mary.pool_id = pool->id;
    mary.id = UserId("11111111-2222-4333-8444-555555555555");
    mary.username = "mary";
    mary.status = directory::UserStatus::CONFIRMED;
    mary.attributes = {{"phone_number", std::string(jane)}, {"phone_number_verified", "true"}};
    run(db->write([&](db::Transaction& tx) { directory::Users(tx).create(*pool, mary, false); }));
    allow({"+44"});
    EXPECT_EQ(forget("mary"), went_through);
    EXPECT_EQ(forget("nobody"), went_through);
    expect_no_more_than(0);
    hide_users(false);
    EXPECT_EQ(forget("mary"), not_there);
}

TEST_F(TextReach, bounds_administrators_too) {
    allow({"+44"});
    const auto invite = [&](const std::string& number) {
        NewUser wanted;
        wanted.username = number;
        return refusal_of([&] { run(administration.create_user(pool, std::move(wanted))); });
    };
    EXPECT_EQ(invite("+14155550142"), not_there);
    EXPECT_EQ(refusal_of([&] { user("+14155550142"); }).code, Errc::user_not_found);
    EXPECT_EQ(invite("+447911123456"), went_through);
    expect_no_more_than(1);
}

TEST_F(TextReach, does_not_bound_mails) {
    services.limits.text_prefixes = {"+44"};
    EXPECT_TRUE(is_in_reach(services.limits, *pool, Destination{"email", "jane@example.com"}));
    EXPECT_FALSE(is_in_reach(services.limits, *pool, Destination{"phone_number", std::string(jane)}));
}

class TextRange : public TextReach {
protected:
    TextRange() { services.limits.sends_per_range = 5; }
};

TEST_F(TextRange, gets_so_many_texts_an_hour_whoever_asks) {
    for (int i = 0; i < 5; ++i) {
        caller.address = "198.51.100." + std::to_string(i);
        EXPECT_EQ(join(neighbour(i)), went_through) << i;
    }
    EXPECT_EQ(join(neighbour(9999)), limit);
    EXPECT_EQ(join(neighbour(0, "+1415556")), went_through) << "the next range";
    EXPECT_EQ(forget(neighbour(5)), limit);
    expect_no_more_than(6);
    clock.advance(1h);
    EXPECT_EQ(join(neighbour(9999)), went_through);
}

TEST_F(TextRange, gets_as_many_as_the_pool_says) {
    change_pool([](directory::Pool& changed) { changed.extensions.sms_per_range_an_hour = 2; });
    EXPECT_EQ(join(neighbour(0)), went_through);
    EXPECT_EQ(join(neighbour(1)), went_through);
    EXPECT_EQ(join(neighbour(2)), limit);
}

// Attack class 21: strangers who use up a range do not keep its people from signing in.
TEST_F(TextRange, is_counted_apart_for_who_knows_a_password) {
    add_user();
    for (int i = 1; i < 5; ++i) join(neighbour(i));
    EXPECT_EQ(join(neighbour(6)), limit);
    EXPECT_NO_THROW(challenge());
    services.limits.mfa_sends_per_range = 2;
    clock.advance(1h);
    EXPECT_NO_THROW(challenge());
    EXPECT_NO_THROW(challenge());
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), limit);
}

TEST_F(TextRange, of_nobody_is_counted_as_that_of_somebody) {
    hide_users(true);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(forget(neighbour(i)), went_through);
    EXPECT_EQ(forget(neighbour(5)), limit);
}

}  // namespace
}  // namespace symbolon::signin
