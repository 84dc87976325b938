#include "signin/administration.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::UserStatus;

class AdministrationTest : public House {
protected:
    static NewUser request(std::string_view login = jane) {
        NewUser out;
        out.username = login;
        return out;
    }
    directory::User create(NewUser in) { return run(administration.create_user(pool, std::move(in))); }
    Refused refusal(NewUser in) {
        return refusal_of([&] { create(std::move(in)); });
    }
    void sign_in_by_name(std::initializer_list<directory::AliasAttributeType> aliases = {}) {
        change_pool([&](directory::Pool& changed) {
            changed.settings.UsernameAttributes.reset();
            if (aliases.size() > 0) changed.settings.AliasAttributes = List<directory::AliasAttributeType>(aliases);
        });
    }
};

TEST_F(AdministrationTest, creates_a_user_with_a_temporary_password_and_invites_it) {
    const auto made = create(request());
    EXPECT_EQ(made.username, made.id.str());
    EXPECT_EQ(made.status, UserStatus::FORCE_CHANGE_PASSWORD);
    EXPECT_EQ(made.attribute("phone_number"), jane);
    EXPECT_EQ(made.password_expires, clock.now() + 24h * 7);
    EXPECT_EQ(made.created, clock.now());

    const auto invitation = last_message();
    EXPECT_EQ(invitation.to, jane);
    EXPECT_EQ(invitation.purpose, "invitation");
    EXPECT_EQ(invitation.text,
              "Your username is " + std::string(jane) + " and temporary password is " + invitation.code + ". ");
    EXPECT_EQ(std::get<Challenge>(enter(jane, invitation.code)).kind, ChallengeKind::new_password_required);
}

TEST_F(AdministrationTest, a_given_password_obeys_the_policy_and_works) {
    auto weak = request();
    weak.temporary_password = Password("short");
    EXPECT_EQ(refusal(std::move(weak)).code, Errc::invalid_password);
    auto strong = request();
    strong.temporary_password = Password("Temporary-1");
    strong.suppress_message = true;
    create(std::move(strong));
    EXPECT_TRUE(messages().empty());
    EXPECT_EQ(std::get<Challenge>(enter(jane, "Temporary-1")).kind, ChallengeKind::new_password_required);
}

TEST_F(AdministrationTest, an_invitation_goes_where_it_was_asked_to_and_can_go) {
    auto both = request();
    both.attributes["email"] = "jane@example.com";
    both.media = {"SMS", "EMAIL"};
    create(std::move(both));
    ASSERT_EQ(messages().size(), 2U);
    EXPECT_EQ(messages()[0].to, "jane@example.com");
    EXPECT_EQ(messages()[0].subject, "Your temporary password");
    EXPECT_EQ(messages()[1].to, jane);
    auto by_mail = request(john);
    by_mail.media = {"EMAIL"};
    create(std::move(by_mail));
    EXPECT_EQ(messages().size(), 2U) << "no address, no mail";
}

TEST_F(AdministrationTest, an_invitation_is_sent_again_with_another_password) {
    const auto made = create(request());
    const auto first = last_code();
    clock.advance(24h * 8);
    auto again = request();
    again.resend = true;
    EXPECT_EQ(create(std::move(again)).id, made.id);
    EXPECT_NE(last_code(), first);
    EXPECT_EQ(refusal_of([&] { enter(jane, first); }), wrong_password);
    EXPECT_NO_THROW(enter(jane, last_code()));

    auto unknown = request(nobody);
    unknown.resend = true;
    EXPECT_EQ(refusal(std::move(unknown)).code, Errc::user_not_found);
    add_user(john);
    auto confirmed = request(john);
    confirmed.resend = true;
    EXPECT_EQ(refusal(std::move(confirmed)),
              (Refused{Errc::unsupported_user_state,
                       "Resend not possible. " + std::string(john) + " status is not FORCE_CHANGE_PASSWORD"}));
}

TEST_F(AdministrationTest, creates_nobody_in_a_pool_that_another_node_has_deleted) {
    run(db->write([&](db::Transaction& tx) { directory::Pools(tx).erase(pool->id); }));
    EXPECT_EQ(refusal(request()).code, Errc::resource_not_found);
    EXPECT_FALSE(run(db->read([&](db::Transaction& tx) { return directory::Users(tx).find_by_login(*pool, jane); })));
}

TEST_F(AdministrationTest, a_taken_name_is_told) {
    create(request());
    EXPECT_EQ(refusal(request()),
              (Refused{Errc::username_exists, "An account with the given phone_number already exists."}));
    sign_in_by_name();
    create(request("jane"));
    EXPECT_EQ(refusal(request("jane")), (Refused{Errc::username_exists, "User account already exists"}));
}

TEST_F(AdministrationTest, a_verified_alias_moves_by_force_only) {
    sign_in_by_name({directory::AliasAttributeType::phone_number});
    const auto with_phone = [&](std::string_view name, bool force) {
        auto out = request(name);
        out.attributes = {{"phone_number", std::string(jane)}, {"phone_number_verified", "true"}};
        out.force_alias = force;
        return out;
    };
    create(with_phone("first", false));
    EXPECT_EQ(refusal(with_phone("second", false)),
              (Refused{Errc::alias_exists, "An account with the phone_number already exists."}));
    EXPECT_EQ(user(jane).username, "first");
    create(with_phone("second", true));
    EXPECT_EQ(user(jane).username, "second");
}

TEST_F(AdministrationTest, malformed_requests_are_refused) {
    EXPECT_EQ(refusal(request("jane")), (Refused{Errc::invalid_parameter, "Username should be a phone number."}));
    auto other = request();
    other.attributes["phone_number"] = john;
    EXPECT_EQ(refusal(std::move(other)).code, Errc::invalid_parameter);
    auto sub = request();
    sub.attributes["sub"] = "mine";
    EXPECT_EQ(refusal(std::move(sub)).code, Errc::invalid_parameter);
    auto pigeon = request();
    pigeon.media = {"PIGEON"};
    EXPECT_EQ(refusal(std::move(pigeon)).code, Errc::invalid_parameter);
    EXPECT_EQ(refusal_of([&] { user(jane); }).code, Errc::user_not_found) << "and nobody was created";
}

TEST_F(AdministrationTest, a_password_that_is_set_unlocks_and_is_permanent_or_temporary) {
    add_user();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    run(administration.set_password(pool, std::string(jane), Password("Another-Horse-8"), true));
    EXPECT_EQ(user(jane).status, UserStatus::CONFIRMED);
    EXPECT_TRUE(std::holds_alternative<Challenge>(enter(jane, "Another-Horse-8")));

    run(administration.set_password(pool, std::string(jane), Password("Temporary-1"), false));
    EXPECT_EQ(user(jane).status, UserStatus::FORCE_CHANGE_PASSWORD);
    EXPECT_EQ(user(jane).password_expires, clock.now() + 24h * 7);
    EXPECT_EQ(
        refusal_of([&] { run(administration.set_password(pool, std::string(jane), Password("short"), true)); }).code,
        Errc::invalid_password);
    EXPECT_EQ(refusal_of([&] { run(administration.set_password(pool, std::string(nobody), Password(good), true)); }),
              (Refused{Errc::user_not_found, "User does not exist."}));
}

TEST_F(AdministrationTest, confirms_who_is_unconfirmed_and_verifies_nothing) {
    run(sign_up.sign_up(pool, client, std::string(jane), Password(good), {}, caller));
    const auto code = last_code();
    run(administration.confirm(pool, std::string(jane), {}));
    EXPECT_EQ(user(jane).status, UserStatus::CONFIRMED);
    EXPECT_FALSE(user(jane).is_verified("phone_number"));
    EXPECT_EQ(refusal_of([&] { run(administration.confirm(pool, std::string(jane), {})); }),
              (Refused{Errc::not_authorized, "User cannot be confirmed. Current status is CONFIRMED"}));
}

TEST_F(AdministrationTest, an_erased_user_leaves_its_name_to_others) {
    const auto first = add_user();
    const auto asked = challenge();
    run(administration.erase(pool, std::string(jane)));
    EXPECT_EQ(refusal_of([&] { run(administration.erase(pool, std::string(jane))); }).code, Errc::user_not_found);
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), wrong_password);
    const auto second = add_user();
    EXPECT_NE(first, second);
    EXPECT_EQ(refusal_of([&] { answer(asked, last_code()); }), invalid_session) << "a former life proves nothing";
}

}  // namespace
}  // namespace symbolon::signin
