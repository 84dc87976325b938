// What people do on the hosted pages, from the authorization request to the client (oauth-and-hosted-ui.md §1.5, §3).
#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

class HostedPages : public House {
protected:
    Visitor visitor{*this};
};

TEST_F(HostedPages, sign_in_with_password_and_code) {
    const auto login = visitor.authorize();
    EXPECT_TRUE(login.starts_with("https://id.example/testaccountlinking/login?")) << login;
    EXPECT_EQ(visitor.get(login).status, 200);
    const auto to_code = visitor.submit(login, {{"username", std::string(jane)}, {"password", std::string(good)}});
    EXPECT_TRUE(location(to_code).starts_with("https://id.example/testaccountlinking/mfa?")) << to_code.body;
    EXPECT_NE(visitor.get(location(to_code)).body.find("0123"), std::string::npos) << "says where the code went";
    const auto done = visitor.submit(location(to_code), {{"code", last_code()}});
    EXPECT_TRUE(location(done).starts_with("https://client.example/cb?")) << done.body;
    EXPECT_EQ(parameter_of(location(done), "state"), "state-1");
    EXPECT_EQ(subject_of(parameter_of(location(done), "code")), find_user(jane)->id.str());
}

TEST_F(HostedPages, answer_an_empty_password_as_a_wrong_one) {
    const auto empty = visitor.submit(visitor.authorize(), {{"username", std::string(jane)}, {"password", ""}});
    EXPECT_EQ(empty.status, 400);
    EXPECT_NE(empty.body.find("role=\"alert\""), std::string::npos) << empty.body;
}

TEST_F(HostedPages, let_somebody_who_is_signed_in_go_on_or_be_another) {
    visitor.sign_in();
    const auto asked = visitor.get(page("/login")).body;
    EXPECT_NE(asked.find("name=\"continue\""), std::string::npos);
    EXPECT_NE(asked.find(std::string(jane)), std::string::npos) << "by the number, not by the sub";
    const auto another = visitor.submit(page("/login"), {{"another", "true"}});
    EXPECT_EQ(another.status, 200);
    EXPECT_NE(another.body.find("name=\"password\""), std::string::npos);
    EXPECT_EQ(another.body.find("role=\"alert\""), std::string::npos);
    EXPECT_TRUE(location(visitor.submit(page("/login"), {{"continue", "true"}})).starts_with(callback));
}

TEST_F(HostedPages, sign_up_confirm_and_sign_in) {
    visitor.authorize();
    const auto to_confirm =
        visitor.submit(page("/signup"), {{"username", std::string(john)}, {"password", std::string(good)}});
    ASSERT_TRUE(location(to_confirm).find("/confirm?") != std::string::npos) << to_confirm.body;
    EXPECT_EQ(visitor.submit(location(to_confirm), {{"code", "000000"}}).status, 400);
    const auto to_login = visitor.submit(location(to_confirm), {{"code", last_code()}});
    ASSERT_TRUE(location(to_login).find("/login?") != std::string::npos) << to_login.body;
    EXPECT_EQ(find_user(john)->status, directory::UserStatus::CONFIRMED);
    EXPECT_TRUE(find_user(john)->is_verified("phone_number"));
    EXPECT_TRUE(visitor.sign_in(john).starts_with(callback));
}

TEST_F(HostedPages, take_a_number_as_people_type_it) {
    const auto to_code = visitor.submit(
        page("/login"), {{"country", "US"}, {"username", "(415) 555-0123"}, {"password", std::string(good)}});
    EXPECT_NE(location(to_code).find("/mfa?"), std::string::npos) << to_code.body;
}

TEST_F(HostedPages, replace_a_forgotten_password) {
    const auto to_reset = visitor.submit(page("/forgotPassword"), {{"username", std::string(jane)}});
    ASSERT_NE(location(to_reset).find("/confirmForgotPassword?"), std::string::npos);
    const Pairs wishes{{"code", last_code()}, {"password", "Another-Horse-8"}, {"confirm_password", "Another-Horse-8"}};
    const auto differing = visitor.submit(
        location(to_reset), {{"code", last_code()}, {"password", "Another-Horse-8"}, {"confirm_password", "other"}});
    EXPECT_EQ(differing.status, 400);
    EXPECT_NE(location(visitor.submit(location(to_reset), wishes)).find("/login?"), std::string::npos);
    EXPECT_TRUE(visitor.sign_in(jane, "Another-Horse-8").starts_with(callback));
    EXPECT_EQ(Visitor(*this)
                  .submit(page("/login"), {{"username", std::string(jane)}, {"password", std::string(good)}})
                  .status,
              400);
}

TEST_F(HostedPages, tell_the_client_when_a_person_cancels) {
    const auto cancelled = location(visitor.submit(visitor.authorize(), {{"cancel", "true"}}));
    EXPECT_TRUE(cancelled.starts_with(callback));
    EXPECT_EQ(parameter_of(cancelled, "error"), "access_denied");
    EXPECT_EQ(parameter_of(cancelled, "state"), "state-1");
}

TEST_F(HostedPages, resend_a_code_and_end_the_former) {
    const auto to_code =
        location(visitor.submit(page("/login"), {{"username", std::string(jane)}, {"password", std::string(good)}}));
    const auto former = last_code();
    clock.advance(std::chrono::seconds(30));
    visitor.submit(to_code, {{"resend", "true"}});
    ASSERT_EQ(texts().size(), 2U);
    EXPECT_EQ(visitor.submit(to_code, {{"code", former}}).status, 400);
    EXPECT_TRUE(location(visitor.submit(to_code, {{"code", last_code()}})).starts_with(callback));
}

TEST_F(HostedPages, let_a_person_go_on_who_is_signed_in) {
    visitor.sign_in();
    EXPECT_TRUE(visitor.authorize().starts_with(callback)) << "single sign-on";
    const auto offer = visitor.get(page("/login"));
    EXPECT_NE(offer.body.find("name=\"continue\""), std::string::npos) << offer.body;
    EXPECT_TRUE(location(visitor.submit(page("/login"), {{"continue", "true"}})).starts_with(callback));
    EXPECT_EQ(texts().size(), 1U);
}

TEST_F(HostedPages, start_again_when_a_challenge_is_over) {
    const auto to_code =
        location(visitor.submit(page("/login"), {{"username", std::string(jane)}, {"password", std::string(good)}}));
    clock.advance(std::chrono::minutes(3));
    const auto late = visitor.submit(to_code, {{"code", last_code()}});
    EXPECT_NE(location(late).find("/login?"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
