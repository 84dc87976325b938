// Groups of users (cognito-api.md §2.6, §4.8).
#include "aws/house.hpp"

#include <string>
#include <vector>

namespace symbolon::aws {
namespace {

const Refused no_group{"ResourceNotFound", "Group not found."};

class Groups : public House {
protected:
    object group(const std::string& name, const object& more = {}) const {
        return with({{"UserPoolId", pool}, {"GroupName", name}}, more);
    }
    object membership(const std::string& user, const std::string& name) const {
        return {{"UserPoolId", pool}, {"Username", user}, {"GroupName", name}};
    }
    void add_local_user(const std::string& name) {
        call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", name}, {"MessageAction", "SUPPRESS"}});
    }
    std::vector<std::string> groups_of(const std::string& user) {
        std::vector<std::string> names;
        const auto found = call("AdminListGroupsForUser", {{"UserPoolId", pool}, {"Username", user}});
        for (const auto& one : found.at("Groups").as_array()) names.push_back(text(one.as_object(), "GroupName"));
        return names;
    }
    std::vector<std::string> members_of(const std::string& name) {
        std::vector<std::string> names;
        const auto found = call("ListUsersInGroup", group(name));
        for (const auto& one : found.at("Users").as_array()) names.push_back(text(one.as_object(), "Username"));
        return names;
    }
    std::string pool = add_pool();
};

TEST_F(Groups, are_shown_as_they_were_made) {
    const object all{
        {"Description", "who works here"}, {"RoleArn", "arn:aws:iam::000000000000:role/staff"}, {"Precedence", 3}};
    const auto made = part(call("CreateGroup", group("staff", all)), "Group");
    EXPECT_EQ(made, with(group("staff", all), {{"LastModifiedDate", 1.8e9}, {"CreationDate", 1.8e9}}));
    EXPECT_EQ(part(call("GetGroup", group("staff")), "Group"), made);
    const auto bare = part(call("CreateGroup", group("bare")), "Group");
    for (const char* absent : {"Description", "RoleArn", "Precedence"}) EXPECT_FALSE(bare.contains(absent)) << absent;
    EXPECT_EQ(refusal("CreateGroup", group("staff")),
              (Refused{"GroupExists", "A group with the name already exists."}));
}

TEST_F(Groups, change_in_the_members_that_are_given) {
    call("CreateGroup", group("staff", {{"Description", "before"}, {"Precedence", 3}}));
    clock.advance(std::chrono::seconds(5));
    const auto updated = part(call("UpdateGroup", group("staff", {{"Precedence", 0}})), "Group");
    EXPECT_EQ(text(updated, "Description"), "before");
    EXPECT_EQ(updated.at("Precedence"), 0);
    EXPECT_EQ(updated.at("LastModifiedDate"), 1.800000005e9);
    EXPECT_EQ(updated.at("CreationDate"), 1.8e9);
    EXPECT_EQ(part(call("GetGroup", group("staff")), "Group"), updated);
}

TEST_F(Groups, that_are_not_there_are_not_found) {
    add_local_user("ann");
    for (const char* operation : {"GetGroup", "UpdateGroup", "DeleteGroup", "ListUsersInGroup"})
        EXPECT_EQ(refusal(operation, group("none")), no_group) << operation;
    for (const char* operation : {"AdminAddUserToGroup", "AdminRemoveUserFromGroup"}) {
        EXPECT_EQ(refusal(operation, membership("ann", "none")), no_group) << operation;
        call("CreateGroup", group(operation));
        EXPECT_EQ(refusal(operation, membership("nobody", operation)), unknown_user) << operation;
    }
    EXPECT_EQ(refusal("AdminListGroupsForUser", {{"UserPoolId", pool}, {"Username", "nobody"}}), unknown_user);
}

TEST_F(Groups, take_users_in_and_let_them_go_with_empty_answers) {
    add_local_user("ann");
    call("CreateGroup", group("staff"));
    for (int twice = 0; twice < 2; ++twice) EXPECT_EQ(send("AdminAddUserToGroup", membership("ann", "staff")).body, "");
    EXPECT_EQ(members_of("staff"), (std::vector<std::string>{"ann"}));
    EXPECT_EQ(groups_of("ann"), (std::vector<std::string>{"staff"}));
    for (int twice = 0; twice < 2; ++twice)
        EXPECT_EQ(send("AdminRemoveUserFromGroup", membership("ann", "staff")).body, "");
    EXPECT_EQ(members_of("staff"), std::vector<std::string>{});
    EXPECT_EQ(groups_of("ann"), std::vector<std::string>{});
}

TEST_F(Groups, list_their_users_as_list_users_does) {
    add_local_user("ann");
    call("CreateGroup", group("staff"));
    call("AdminAddUserToGroup", membership("ann", "staff"));
    const auto listed = call("ListUsers", {{"UserPoolId", pool}}).at("Users").as_array();
    EXPECT_EQ(call("ListUsersInGroup", group("staff")).at("Users").as_array(), listed);
}

TEST_F(Groups, of_a_user_come_by_precedence_and_then_by_name) {
    add_local_user("ann");
    const std::vector<std::pair<std::string, object>> all{{"b", {}},
                                                          {"a", {}},
                                                          {"late", {{"Precedence", 10}}},
                                                          {"first", {{"Precedence", 0}}},
                                                          {"early", {{"Precedence", 2}}},
                                                          {"also", {{"Precedence", 2}}}};
    for (const auto& [name, more] : all) {
        call("CreateGroup", group(name, more));
        call("AdminAddUserToGroup", membership("ann", name));
    }
    const std::vector<std::string> expected{"first", "also", "early", "late", "a", "b"};
    EXPECT_EQ(groups_of("ann"), expected);
    std::vector<std::string> paged;
    std::string token;
    do {
        object request{{"UserPoolId", pool}, {"Username", "ann"}, {"Limit", 2}};
        if (!token.empty()) request["NextToken"] = token;
        const auto page = call("AdminListGroupsForUser", request);
        for (const auto& one : page.at("Groups").as_array()) paged.push_back(text(one.as_object(), "GroupName"));
        token = text(page, "NextToken");
    } while (!token.empty());
    EXPECT_EQ(paged, expected);
}

TEST_F(Groups, of_a_deleted_ones_name_have_none_of_its_members) {
    add_local_user("ann");
    call("CreateGroup", group("staff"));
    call("AdminAddUserToGroup", membership("ann", "staff"));
    EXPECT_EQ(send("DeleteGroup", group("staff")).body, "");
    EXPECT_EQ(groups_of("ann"), std::vector<std::string>{});
    call("CreateGroup", group("staff", {{"RoleArn", "arn:aws:iam::000000000000:role/admin"}}));
    EXPECT_EQ(groups_of("ann"), std::vector<std::string>{});
    EXPECT_EQ(members_of("staff"), std::vector<std::string>{});
}

TEST_F(Groups, forget_a_user_who_is_deleted_and_do_not_know_the_next_of_that_name) {
    add_local_user("ann");
    call("CreateGroup", group("staff"));
    call("AdminAddUserToGroup", membership("ann", "staff"));
    call("AdminDeleteUser", {{"UserPoolId", pool}, {"Username", "ann"}});
    EXPECT_EQ(members_of("staff"), std::vector<std::string>{});
    add_local_user("ann");
    EXPECT_EQ(groups_of("ann"), std::vector<std::string>{});
}

TEST_F(Groups, are_a_hundred_of_a_user_at_most) {
    add_local_user("ann");
    for (int i = 0; i < 101; ++i) call("CreateGroup", group("g" + std::to_string(i)));
    for (int i = 0; i < 100; ++i) call("AdminAddUserToGroup", membership("ann", "g" + std::to_string(i)));
    EXPECT_EQ(refusal("AdminAddUserToGroup", membership("ann", "g100")).type, "LimitExceeded");
    EXPECT_EQ(members_of("g100"), std::vector<std::string>{});
}

TEST_F(Groups, come_in_pages_whose_tokens_are_of_one_list) {
    add_local_user("ann");
    add_local_user("bob");
    for (const char* name : {"a", "b", "c"}) {
        call("CreateGroup", group(name));
        call("AdminAddUserToGroup", membership("ann", name));
        call("AdminAddUserToGroup", membership("bob", name));
    }
    const auto groups = call("ListGroups", {{"UserPoolId", pool}, {"Limit", 2}});
    const auto members = call("ListUsersInGroup", group("a", {{"Limit", 1}}));
    const auto of_user = call("AdminListGroupsForUser", {{"UserPoolId", pool}, {"Username", "ann"}, {"Limit", 2}});
    EXPECT_EQ(groups.at("Groups").as_array().size(), 2U);
    EXPECT_EQ(members.at("Users").as_array().size(), 1U);
    const auto next = [&](const object& page) { return text(page, "NextToken"); };
    EXPECT_EQ(call("ListGroups", {{"UserPoolId", pool}, {"NextToken", next(groups)}}).at("Groups").as_array().size(),
              1U);
    EXPECT_EQ(call("ListUsersInGroup", group("a", {{"NextToken", next(members)}})).at("Users").as_array().size(), 1U);
    // Attack row 35: of another list, another group, another user, another pool.
    EXPECT_EQ(refusal("ListGroups", {{"UserPoolId", pool}, {"NextToken", next(members)}}), invalid_page);
    EXPECT_EQ(refusal("ListUsersInGroup", group("b", {{"NextToken", next(members)}})), invalid_page);
    EXPECT_EQ(
        refusal("AdminListGroupsForUser", {{"UserPoolId", pool}, {"Username", "bob"}, {"NextToken", next(of_user)}}),
        invalid_page);
    EXPECT_EQ(refusal("ListGroups", {{"UserPoolId", add_pool()}, {"NextToken", next(groups)}}), invalid_page);
    for (const char* forged : {"x", "AAAA", "' OR 1=1"})
        EXPECT_NE(refusal("ListGroups", {{"UserPoolId", pool}, {"NextToken", forged}}).type, "(not refused)");
}

// Attack row 37.
TEST_F(Groups, of_another_pool_are_not_there) {
    add_local_user("ann");
    call("CreateGroup", group("staff"));
    call("AdminAddUserToGroup", membership("ann", "staff"));
    const auto theirs = pool;
    const auto before = call("ListUsersInGroup", group("staff"));
    pool = add_pool();
    add_local_user("ann");
    for (const char* operation : {"GetGroup", "UpdateGroup", "DeleteGroup", "ListUsersInGroup"})
        EXPECT_EQ(refusal(operation, group("staff")), no_group) << operation;
    EXPECT_EQ(refusal("AdminAddUserToGroup", membership("ann", "staff")), no_group);
    EXPECT_EQ(groups_of("ann"), std::vector<std::string>{});
    pool = theirs;
    EXPECT_EQ(call("ListUsersInGroup", group("staff")), before);
}

}  // namespace
}  // namespace symbolon::aws
