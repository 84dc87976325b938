// Where users are signed in (cognito-api.md §2.7, §2.8).
#include "aws/house.hpp"

#include <set>
#include <string>

namespace symbolon::aws {
namespace {

class UserSessions : public House {
protected:
    std::string pool = add_pool(tutorial());
    std::string client = add_client(pool);

    void SetUp() override { add_user(pool, client); }

    object by_token(const object& given) { return {{"AccessToken", text(given, "AccessToken")}}; }
    object by_name(std::string_view name = jane) { return {{"UserPoolId", pool}, {"Username", name}}; }
    array listed(std::string_view name = jane) {
        return call("AdminListUserSessions", by_name(name)).at("Sessions").as_array();
    }
    object sign_in_again() {
        clock.advance(std::chrono::seconds(1));
        return tokens(pool, client);
    }
};

TEST_F(UserSessions, are_listed_with_the_current_one_marked) {
    const auto first = sign_in_again();
    const auto second = sign_in_again();
    const auto sessions = call("ListUserSessions", by_token(first)).at("Sessions").as_array();
    ASSERT_EQ(sessions.size(), 2U);
    std::set<std::string> ids;
    int current = 0;
    for (const auto& each : sessions) {
        const auto& session = each.as_object();
        ids.insert(text(session, "SessionId"));
        EXPECT_EQ(text(session, "SessionType"), "TOKEN");
        EXPECT_EQ(text(session, "ClientId"), client);
        EXPECT_TRUE(session.contains("CreateDate"));
        current += session.at("IsCurrentSession").as_bool() ? 1 : 0;
    }
    EXPECT_EQ(ids.size(), 2U);
    EXPECT_EQ(current, 1);
    EXPECT_TRUE(sessions[1].at("IsCurrentSession").as_bool()) << "latest first";
    for (const auto& session : listed()) EXPECT_FALSE(session.at("IsCurrentSession").as_bool());
    // Attack row 39: an id is no part of a token, nor the other way round.
    for (const auto& id : ids) EXPECT_EQ(text(first, "RefreshToken").find(id.substr(3)), std::string::npos);
}

TEST_F(UserSessions, that_are_revoked_end_their_tokens) {
    const auto first = sign_in_again();
    const auto second = sign_in_again();
    const auto of_second = text(listed()[0].as_object(), "SessionId");
    call("RevokeUserSession", with(by_token(first), {{"SessionId", of_second}}));
    EXPECT_EQ(refusal("GetUser", by_token(second)), (Refused{"NotAuthorized", "Access Token has been revoked"}));
    call("GetUser", by_token(first));
    EXPECT_EQ(listed().size(), 1U);
    EXPECT_EQ(refusal("RevokeUserSession", with(by_token(first), {{"SessionId", of_second}})),
              (Refused{"ResourceNotFound", "Session does not exist."}));
    const auto own = text(listed()[0].as_object(), "SessionId");
    EXPECT_EQ(refusal("RevokeUserSession", with(by_token(first), {{"SessionId", own}})).type, "InvalidParameter");
    call("AdminRevokeUserSession", with(by_name(), {{"SessionId", own}, {"RevokeAssociatedSessions", "LINKED"}}));
    EXPECT_EQ(refusal("GetUser", by_token(first)).type, "NotAuthorized");
    EXPECT_TRUE(listed().empty());
}

TEST_F(UserSessions, of_another_user_are_unknown) {
    add_user(pool, client, john);
    sign_in_again();
    const auto of_jane = text(listed()[0].as_object(), "SessionId");
    const auto of_john = tokens(pool, client, john);
    const Refused unknown{"ResourceNotFound", "Session does not exist."};
    EXPECT_EQ(refusal("RevokeUserSession", with(by_token(of_john), {{"SessionId", of_jane}})), unknown);
    EXPECT_EQ(refusal("AdminRevokeUserSession", with(by_name(john), {{"SessionId", of_jane}})), unknown);
    EXPECT_EQ(listed().size(), 1U);
    EXPECT_EQ(refusal("AdminListUserSessions", by_name(nobody)), unknown_user);
}

TEST_F(UserSessions, end_with_a_global_sign_out) {
    const auto first = sign_in_again();
    clock.advance(std::chrono::seconds(1));
    call("GlobalSignOut", by_token(first));
    EXPECT_TRUE(listed().empty());
}

}  // namespace
}  // namespace symbolon::aws
