#include "directory/users.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using directory::Pool;
using directory::User;
using directory::Users;

class UserList : public DirectoryTest {
protected:
    UserList() {
        for (int i = 0; i < 25; ++i) {
            User user = make_user(pool_, "id-" + std::to_string(i), "user" + std::to_string(i));
            user.created = noon + std::chrono::milliseconds(i / 5);  // several in one moment
            user.enabled = i % 2 == 0;
            user.attributes["name"] = i < 12 ? "Anna" : "berta";
            write([&](db::Transaction& tx) { Users(tx).create(pool_, user); });
        }
    }

    std::vector<std::string> list(const Users::Filter& filter, int page) {
        std::vector<std::string> names;
        std::optional<UserId> after;
        do {
            const auto found = read([&](db::Transaction& tx) { return Users(tx).list(pool_, filter, after, page); });
            EXPECT_LE(found.users.size(), std::size_t(page));
            for (const User& user : found.users) names.push_back(user.username);
            after = found.next;
        } while (after);
        return names;
    }
    std::size_t count(const std::string& attribute, bool prefix, const std::string& value) {
        return list({.attribute = attribute, .prefix = prefix, .value = value}, 4).size();
    }

    Pool pool_ = create_pool("us-east-1_a");
};

TEST_P(UserList, shows_every_user_once_whatever_the_page) {
    const auto all = list({}, 60);
    EXPECT_EQ(all.size(), 25u);
    for (const int page : {1, 3, 5, 24, 25}) EXPECT_EQ(list({}, page), all) << page;
    EXPECT_EQ(read([&](db::Transaction& tx) { return Users(tx).count(pool_.id); }), 25);
}

TEST_P(UserList, counts_a_large_pool_by_estimate) {
    const auto large = create_pool("us-east-1_large");
    constexpr int users = 5000;
    write([&](db::Transaction& tx) {
        for (int i = 0; i < users; ++i)
            Users(tx).create(large, make_user(large, random_.uuid(), "user-" + std::to_string(i)));
    });
    const auto estimate = read([&](db::Transaction& tx) { return Users(tx).count(large.id); });
    EXPECT_NEAR(static_cast<double>(estimate), users, 0.1 * users);
}

/// A count must not cost what the pool is worth. These ids are not spread as real ones are, so only who reads them all
/// could tell their number.
TEST_P(UserList, reads_a_bounded_number_of_users_to_count_them) {
    const auto large = create_pool("us-east-1_large");
    write([&](db::Transaction& tx) {
        for (int i = 0; i < 1500; ++i)
            Users(tx).create(large, make_user(large, "00" + random_.uuid().substr(2), "user-" + std::to_string(i)));
    });
    EXPECT_GT(read([&](db::Transaction& tx) { return Users(tx).count(large.id); }), 100'000);
}

TEST_P(UserList, finds_what_a_filter_asks_for) {
    EXPECT_EQ(count("name", false, "ANNA"), 12u);
    EXPECT_EQ(count("name", true, "ber"), 13u);
    EXPECT_EQ(count("name", false, "ber"), 0u);
    EXPECT_EQ(count("status", false, "Enabled"), 13u);
    EXPECT_EQ(count("status", false, "enabled"), 0u);
    EXPECT_EQ(count("username", false, "user3"), 1u);
    EXPECT_EQ(count("username", true, "user1"), 11u);
    EXPECT_EQ(count("sub", false, "id-7"), 1u);
    EXPECT_EQ(count("sub", false, "id-99"), 0u);
    EXPECT_EQ(count("cognito:user_status", false, "confirmed"), 25u);
    EXPECT_EQ(count("email", true, ""), 0u);
    EXPECT_EQ(refusal_of([&] { count("custom:x", false, "1"); }), Errc::invalid_parameter);
}

TEST_P(UserList, finds_by_key_what_is_unique) {
    const auto phones = create_pool("us-east-1_phones", SignInWith::phone_number);
    create_user(phones, "id-1", "+14155550123");
    const auto subs_of = [&](const Users::Filter& filter) {
        std::vector<std::string> subs;
        for (const User& user : read([&](db::Transaction& tx) { return Users(tx).list(phones, filter, {}, 60); }).users)
            subs.push_back(user.id.str());
        return subs;
    };
    const std::vector<std::string> found{"id-1"};
    EXPECT_EQ(subs_of({.attribute = "phone_number", .value = "+14155550123"}), found);
    EXPECT_EQ(subs_of({.attribute = "username", .value = "id-1"}), found);
    EXPECT_TRUE(subs_of({.attribute = "phone_number", .value = "+14155550124"}).empty());
    EXPECT_TRUE(subs_of({.attribute = "phone_number", .value = "no number"}).empty());
    EXPECT_EQ(count("username", false, "user7"), 1u);
}

/// The thread that looks has others to serve.
TEST_P(UserList, looks_at_a_bounded_number_of_users_for_a_page) {
    const auto large = create_pool("us-east-1_large");
    write([&](db::Transaction& tx) {
        for (int i = 10'000; i < 15'600; ++i) {
            User user = make_user(large, "id-" + std::to_string(i), "user-" + std::to_string(i));
            user.attributes["name"] = i == 15'599 ? "Last" : "Anna";
            Users(tx).insert(user);
        }
    });
    const Users::Filter filter{.attribute = "name", .value = "last"};
    const auto first = read([&](db::Transaction& tx) { return Users(tx).list(large, filter, {}, 60); });
    EXPECT_TRUE(first.users.empty());
    ASSERT_TRUE(first.next);
    const auto second = read([&](db::Transaction& tx) { return Users(tx).list(large, filter, first.next, 60); });
    ASSERT_EQ(second.users.size(), 1u);
    EXPECT_EQ(second.users.front().username, "user-15599");
    EXPECT_FALSE(second.next);
}

INSTANTIATE_TEST_SUITE_P(Engines, UserList, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
