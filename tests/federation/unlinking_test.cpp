// Administrators take providers away from people. Attack class 56: the last way in, of somebody without a password.

#include "directory/linked_identities.hpp"
#include "federation/journey.hpp"
#include "signin/administration.hpp"
#include "signin/recovery.hpp"
#include "signin/sign_in.hpp"

namespace symbolon::federation {
namespace {

using directory::ExternalIdentity;
using oauth::location;
using oauth::parameter_of;

class Unlinking : public Travels {
protected:
    Unlinking() {
        travel();
        person = user("corp_person-1")->id;
    }
    ExternalIdentity identity() const { return {"Corp", std::string(ExternalIdentity::subject), "Person-1"}; }
    void unlink() {
        write([&](db::Transaction& tx) { directory::unlink_identity(tx, *sealer, *pool(), identity(), clock.now()); });
    }
    void link(const std::string& login) {
        const auto destination = user(login);
        write([&](db::Transaction& tx) {
            directory::link_identity(tx, *sealer, *pool(), *destination, identity(), clock.now());
        });
    }
    /// Who comes in by the provider; "" when nobody does.
    std::string who_arrives() {
        const auto arrival = travel();
        const auto handle = cookie_of(arrival, "cognito");
        if (handle.empty()) return "";
        return run(sessions->find(pool(), handle))->user_id.str();
    }
    UserId person;
};

TEST_F(Unlinking, the_last_provider_lets_nobody_in_and_makes_nobody_new) {
    unlink();
    EXPECT_EQ(who_arrives(), "");
    EXPECT_EQ(parameter_of(location(travel()), "error"), "invalid_request");
    const auto left = user("corp_person-1");
    ASSERT_TRUE(left);
    EXPECT_EQ(left->id, person);
    EXPECT_EQ(left->attribute("identities"), "");
    EXPECT_TRUE(left->password_hash.empty());
}

// A person who has nothing left has no way to help themselves that a stranger would not have as well.
TEST_F(Unlinking, the_last_provider_opens_no_other_way_in) {
    unlink();
    signin::Recovery recovery(*services);
    const auto refused = oauth::refusal_of(
        [&] { run(recovery.forgot(pool(), client(web), "corp_person-1", signin::Caller{"192.0.2.1", ""})); });
    EXPECT_EQ(refused.code, Errc::not_authorized);
}

TEST_F(Unlinking, is_taken_back_by_linking_the_profile_again) {
    unlink();
    link("corp_person-1");
    EXPECT_EQ(who_arrives(), person.str());
}

TEST_F(Unlinking, leaves_an_account_that_an_administrator_opens_with_a_password) {
    unlink();
    signin::Administration administration(*services);
    run(administration.set_password(pool(), "corp_person-1", Password("Correct-Horse-7"), true));
    const auto opened = user("corp_person-1");
    EXPECT_EQ(opened->id, person);
    EXPECT_EQ(opened->status, directory::UserStatus::CONFIRMED);
    EXPECT_FALSE(opened->password_hash.empty());
    EXPECT_EQ(who_arrives(), "") << "by the password alone";
}

TEST_F(Unlinking, does_not_let_the_identity_in_as_somebody_else_by_the_way) {
    unlink();
    const auto refused = oauth::refusal_of([&] { link("alice"); });
    EXPECT_EQ(refused.code, Errc::invalid_parameter) << "the profile is there still, and is not merged";
}

TEST_F(Unlinking, is_done_once) {
    unlink();
    EXPECT_EQ(oauth::refusal_of([&] { unlink(); }).code, Errc::user_not_found);
}

}  // namespace
}  // namespace symbolon::federation
