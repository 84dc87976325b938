// What an update of attributes comes to (cognito-api.md §4.5; attack row 53).
#include "signin/attribute_plan.hpp"

#include <gtest/gtest.h>

namespace symbolon::signin {
namespace {

using directory::Attributes;
using directory::VerifiedAttributeType;
using Contacts = std::vector<VerifiedAttributeType>;

constexpr Instant noon{std::chrono::milliseconds(1'800'000'000'000)};
const std::string old_mail = "old@example.com";
const std::string new_mail = "new@example.com";

directory::Pool make_pool(const Contacts& verified, const Contacts& before_update = {}) {
    directory::Pool pool;
    pool.settings.AutoVerifiedAttributes = List<VerifiedAttributeType>(verified);
    pool.settings.UserAttributeUpdateSettings =
        directory::UserAttributeUpdateSettingsType{List<VerifiedAttributeType>(before_update)};
    return pool;
}

directory::User make_user() {
    directory::User user;
    user.status = directory::UserStatus::CONFIRMED;
    user.attributes = {{"email", old_mail}, {"email_verified", "true"}, {"name", "Jane"}};
    return user;
}

AttributePlan plan(const directory::Pool& pool, const Attributes& given, const directory::User& user = make_user()) {
    return plan_update(pool, user, given, noon);
}

const directory::Pool verifying = make_pool({VerifiedAttributeType::email});
const directory::Pool careful = make_pool({VerifiedAttributeType::email}, {VerifiedAttributeType::email});

TEST(AttributePlan, values_are_set_and_blank_ones_delete) {
    const auto done = plan(make_pool({}), {{"name", ""}, {"nickname", "J"}});
    EXPECT_FALSE(done.user.attributes.contains("name"));
    EXPECT_EQ(done.user.attribute("nickname"), "J");
    EXPECT_EQ(done.user.modified, noon);
    EXPECT_TRUE(done.to_prove.empty());
    EXPECT_TRUE(done.pending.empty()) << "no contact was given";
}

TEST(AttributePlan, a_new_address_is_not_verified_although_the_former_one_was) {
    const auto done = plan(make_pool({}), {{"email", new_mail}});
    EXPECT_EQ(done.user.attribute("email"), new_mail);
    EXPECT_FALSE(done.user.is_verified("email"));
    EXPECT_TRUE(done.to_prove.empty()) << "the pool verifies none";
}

TEST(AttributePlan, where_the_pool_verifies_addresses_a_code_goes_to_the_new_one) {
    const auto done = plan(verifying, {{"email", new_mail}});
    EXPECT_EQ(done.user.attribute("email"), new_mail);
    EXPECT_FALSE(done.user.is_verified("email"));
    ASSERT_EQ(done.to_prove.size(), 1U);
    EXPECT_EQ(done.to_prove.front().value, new_mail);
}

TEST(AttributePlan, where_proof_comes_first_the_former_address_stays_until_then) {
    const auto done = plan(careful, {{"email", new_mail}});
    EXPECT_EQ(done.user.attribute("email"), old_mail);
    EXPECT_TRUE(done.user.is_verified("email"));
    EXPECT_EQ(done.pending, (Attributes{{"email", new_mail}}));
    ASSERT_EQ(done.to_prove.size(), 1U);
    EXPECT_EQ(done.to_prove.front().value, new_mail);
}

TEST(AttributePlan, what_the_pool_does_not_verify_is_not_held_back) {
    const auto odd = make_pool({}, {VerifiedAttributeType::email});
    EXPECT_EQ(plan(odd, {{"email", new_mail}}).user.attribute("email"), new_mail);
}

TEST(AttributePlan, the_present_address_given_again_changes_nothing_and_ends_what_waits) {
    const auto done = plan(careful, {{"email", old_mail}});
    EXPECT_TRUE(done.user.is_verified("email"));
    EXPECT_TRUE(done.to_prove.empty());
    EXPECT_EQ(done.pending, (Attributes{{"email", ""}}));
}

TEST(AttributePlan, a_deleted_address_takes_its_flag_along) {
    const auto done = plan(careful, {{"email", ""}});
    EXPECT_FALSE(done.user.attributes.contains("email"));
    EXPECT_FALSE(done.user.attributes.contains("email_verified"));
    EXPECT_EQ(done.pending, (Attributes{{"email", ""}}));
}

TEST(AttributePlan, an_administrators_word_spares_the_code) {
    const auto done = plan(careful, {{"email", new_mail}, {"email_verified", "true"}});
    EXPECT_EQ(done.user.attribute("email"), new_mail);
    EXPECT_TRUE(done.user.is_verified("email"));
    EXPECT_TRUE(done.to_prove.empty());
}

TEST(AttributePlan, a_flag_alone_is_for_the_address_that_is_there) {
    EXPECT_FALSE(plan(verifying, {{"email_verified", "false"}}).user.is_verified("email"));
    auto unverified = make_user();
    unverified.attributes["email_verified"] = "false";
    EXPECT_TRUE(plan(verifying, {{"email_verified", "true"}}, unverified).user.is_verified("email"));
    EXPECT_TRUE(plan(careful, {{"email", new_mail}, {"email_verified", "false"}}).user.is_verified("email"))
        << "the former one is still proven";
}

TEST(AttributePlan, who_is_not_confirmed_gets_no_code_to_verify) {
    auto fresh = make_user();
    fresh.status = directory::UserStatus::UNCONFIRMED;
    const auto done = plan(careful, {{"email", new_mail}}, fresh);
    EXPECT_EQ(done.user.attribute("email"), new_mail);
    EXPECT_FALSE(done.user.is_verified("email"));
    EXPECT_TRUE(done.to_prove.empty());
}

}  // namespace
}  // namespace symbolon::signin
