// Groups and who is in them (cognito-api.md §4.8).
#include "directory/groups.hpp"

#include "directory/deleted_groups.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;

class GroupsStore : public DirectoryTest {
protected:
    Group create(const std::string& name, const std::string& id, std::optional<std::int64_t> precedence = {}) {
        Group group;
        group.pool_id = pool_.id;
        group.name = name;
        group.id = id;
        group.precedence = precedence;
        group.created = group.modified = noon;
        write([&](db::Transaction& tx) { Groups(tx).create(group); });
        return group;
    }
    void add(const Group& group, const User& user) {
        write([&](db::Transaction& tx) { Groups(tx).add(group, user.id); });
    }
    void erase(const Group& group) {
        write([&](db::Transaction& tx) { Groups(tx).erase(group.pool_id, group.name); });
    }
    std::vector<std::string> of_user(const User& user) {
        std::vector<std::string> names;
        for (const auto& group : read([&](db::Transaction& tx) { return Groups(tx).of_user(pool_.id, user.id); }))
            names.push_back(group.name);
        return names;
    }
    std::vector<std::string> members(const Group& group, const std::string& after = {}, int limit = 100) {
        std::vector<std::string> ids;
        for (const auto& user :
             read([&](db::Transaction& tx) { return Groups(tx).members(group, UserId(after), limit); }))
            ids.push_back(user.id.str());
        return ids;
    }
    std::int64_t rows() {
        constexpr std::string_view sql = R"sql(
            SELECT (SELECT COUNT(*) FROM group_members) + (SELECT COUNT(*) FROM groups_of_users) AS rows
        )sql";
        return read([&](db::Transaction& tx) { return tx.row<Count>(sql)->rows; });
    }
    Errc create_refusal(const std::string& name, const std::string& id) {
        return refusal_of([&] { create(name, id); });
    }

    Pool pool_ = create_pool("us-east-1_a");
    User ann_ = create_user(pool_, "id-1", "ann");
    User bob_ = create_user(pool_, "id-2", "bob");
};

TEST_P(GroupsStore, keep_what_they_are_given) {
    auto group = create("staff", "g1", 7);
    group.description = "who works here";
    group.role_arn = "arn:aws:iam::000000000000:role/staff";
    write([&](db::Transaction& tx) { Groups(tx).save(group); });
    const auto found = read([&](db::Transaction& tx) { return Groups(tx).get(pool_.id, "staff"); });
    EXPECT_EQ(found.id, "g1");
    EXPECT_EQ(found.description, "who works here");
    EXPECT_EQ(found.role_arn, "arn:aws:iam::000000000000:role/staff");
    EXPECT_EQ(found.precedence, 7);
    EXPECT_EQ(found.created, noon);
    EXPECT_EQ(create_refusal("staff", "g2"), Errc::group_exists);
    EXPECT_NO_THROW(create("Staff", "g2")) << "names differ by case";
}

TEST_P(GroupsStore, know_their_members_and_users_their_groups) {
    const auto low = create("low", "g1", 20);
    const auto none_b = create("b", "g2");
    const auto none_a = create("a", "g3");
    const auto top = create("top", "g4", 0);
    for (const auto& group : {low, none_b, none_a, top}) add(group, ann_);
    add(top, bob_);
    add(top, bob_);
    EXPECT_EQ(of_user(ann_), (std::vector<std::string>{"top", "low", "a", "b"}));
    EXPECT_EQ(of_user(bob_), (std::vector<std::string>{"top"}));
    EXPECT_EQ(members(top), (std::vector<std::string>{"id-1", "id-2"}));
    EXPECT_EQ(members(top, "id-1"), (std::vector<std::string>{"id-2"}));
    EXPECT_EQ(members(top, "", 1), (std::vector<std::string>{"id-1"}));
    write([&](db::Transaction& tx) { Groups(tx).remove(top, ann_.id); });
    EXPECT_EQ(members(top), (std::vector<std::string>{"id-2"}));
    EXPECT_EQ(of_user(ann_), (std::vector<std::string>{"low", "a", "b"}));
}

TEST_P(GroupsStore, of_a_deleted_ones_name_begin_empty) {
    const auto former = create("staff", "g1");
    add(former, ann_);
    erase(former);
    EXPECT_EQ(of_user(ann_), std::vector<std::string>{});
    const auto current = create("staff", "g2");
    EXPECT_EQ(of_user(ann_), std::vector<std::string>{});
    EXPECT_EQ(members(current), std::vector<std::string>{});
    add(current, ann_);
    while (write([](db::Transaction& tx) { return remove_deleted_groups(tx, noon, 1); }) >= 1) {
    }
    EXPECT_FALSE(read([](db::Transaction& tx) { return any_deleted_groups(tx, noon); }));
    EXPECT_EQ(of_user(ann_), (std::vector<std::string>{"staff"}));
    EXPECT_EQ(members(current), (std::vector<std::string>{"id-1"}));
    EXPECT_EQ(rows(), 2);
}

TEST_P(GroupsStore, that_are_deleted_go_in_steps) {
    const auto group = create("staff", "g1");
    for (int i = 10; i < 35; ++i) add(group, create_user(pool_, "id-" + std::to_string(i), "u" + std::to_string(i)));
    erase(group);
    EXPECT_TRUE(read([](db::Transaction& tx) { return any_deleted_groups(tx, noon); }));
    const auto step = [&] { return write([](db::Transaction& tx) { return remove_deleted_groups(tx, noon, 10); }); };
    EXPECT_EQ(step(), 10);
    EXPECT_EQ(rows(), 30);
    EXPECT_EQ(step(), 10);
    EXPECT_EQ(step(), 5);
    EXPECT_EQ(rows(), 0);
    EXPECT_FALSE(read([](db::Transaction& tx) { return any_deleted_groups(tx, noon); }));
}

TEST_P(GroupsStore, forget_a_user_who_is_erased) {
    const auto group = create("staff", "g1");
    add(group, ann_);
    add(group, bob_);
    write([&](db::Transaction& tx) { Users(tx).erase(pool_, ann_.id); });
    EXPECT_EQ(members(group), (std::vector<std::string>{"id-2"}));
    EXPECT_EQ(rows(), 2);
}

TEST_P(GroupsStore, take_a_user_into_a_hundred_of_them) {
    for (int i = 0; i < 100; ++i) add(create("g" + std::to_string(i), "id" + std::to_string(i)), ann_);
    const auto one_more = create("one more", "one");
    EXPECT_EQ(refusal_of([&] { add(one_more, ann_); }), Errc::limit_exceeded);
    EXPECT_EQ(of_user(ann_).size(), 100U);
    EXPECT_EQ(members(one_more), std::vector<std::string>{});
}

TEST_P(GroupsStore, are_of_one_pool) {
    const auto group = create("staff", "g1");
    add(group, ann_);
    const auto other = create_pool("us-east-1_b");
    read([&](db::Transaction& tx) {
        Groups groups(tx);
        EXPECT_FALSE(groups.find(other.id, "staff"));
        EXPECT_TRUE(groups.of_user(other.id, ann_.id).empty());
        EXPECT_TRUE(groups.list(other.id, "", 10).empty());
        return 0;
    });
    EXPECT_EQ(refusal_of([&] { write([&](db::Transaction& tx) { Groups(tx).erase(other.id, "staff"); }); }),
              Errc::resource_not_found);
}

INSTANTIATE_TEST_SUITE_P(Engines, GroupsStore, engines(), engine_name);

Group with_role(std::int64_t precedence, const char* role) {
    Group group;
    group.precedence = precedence;
    group.role_arn = role;
    return group;
}

TEST(PreferredRole, is_that_of_the_most_important_group_with_a_role) {
    Group without;
    without.precedence = 0;
    EXPECT_EQ(preferred_role({}), std::nullopt);
    EXPECT_EQ(preferred_role({without}), std::nullopt);
    EXPECT_EQ(preferred_role({without, with_role(1, "a"), with_role(2, "b")}), "a");
    EXPECT_EQ(preferred_role({with_role(1, "a"), with_role(1, "b")}), std::nullopt);
    EXPECT_EQ(preferred_role({with_role(1, "a"), with_role(1, "a"), with_role(2, "b")}), "a");
    EXPECT_EQ(roles({with_role(1, "a"), without, with_role(2, "b"), with_role(3, "a")}),
              (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace symbolon::storage
