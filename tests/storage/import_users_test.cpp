#include "directory/transfer/import_users.hpp"

#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::storage {
namespace {

using directory::Pool;
using directory::Pools;
using directory::User;
using directory::Users;
using directory::UserStatus;
namespace transfer = directory::transfer;

const std::string bcrypt_hash = "$2b$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const std::string header = "phone_number_verified,cognito:username,cognito:mfa_enabled,password_hash\n";

using Refusal = std::pair<std::size_t, std::string>;

/// A pool whose user names are phone numbers, which it verifies.
class UsersImport : public DirectoryTest {
protected:
    void SetUp() override {
        pool = make_pool("us-east-1_csv", SignInWith::phone_number);
        pool.settings.AutoVerifiedAttributes =
            List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::phone_number};
        write([&](db::Transaction& tx) { Pools(tx).create(pool); });
    }

    static std::string phone(int number) { return "+1415" + std::to_string(5550000 + number); }
    static std::string row(int number, const std::string& hash = "") {
        return "TRUE," + phone(number) + ",false," + hash + "\n";
    }

    /// Stops with an exception, as a broken cable would, behind `readable` bytes.
    transfer::UsersImported import(std::string_view file, std::optional<std::size_t> readable = std::nullopt) {
        refusals.clear();
        std::string_view rest = file.substr(0, readable.value_or(file.size()));
        const auto read_some = [&](std::span<char> block) {
            if (rest.empty() && readable) throw std::runtime_error("interrupted");
            const auto part = rest.substr(0, std::min<std::size_t>(1000, block.size()));
            std::copy(part.begin(), part.end(), block.begin());
            rest.remove_prefix(part.size());
            return part.size();
        };
        return run(transfer::import_users(
            database(), random_, pool.id, read_some, noon,
            [&](std::size_t line, const std::string& reason) { refusals.emplace_back(line, reason); },
            [](std::int64_t, std::string_view) {}));
    }

    std::optional<User> find(int number) {
        return read([&](db::Transaction& tx) { return Users(tx).find_by_login(pool, phone(number)); });
    }

    Pool pool;
    std::vector<Refusal> refusals;
};

TEST_P(UsersImport, brings_users_who_recover_and_users_with_a_hash) {
    const auto done = import(header + row(1) + row(2, bcrypt_hash));
    EXPECT_EQ(done.imported, 2);
    EXPECT_EQ(done.present + done.refused, 0);
    EXPECT_EQ(refusals, std::vector<Refusal>{});
    const auto without = find(1);
    ASSERT_TRUE(without);
    EXPECT_EQ(without->status, UserStatus::RESET_REQUIRED);
    EXPECT_EQ(without->password_hash, "");
    EXPECT_EQ(without->username, without->id.str());
    EXPECT_EQ(without->attributes,
              (directory::Attributes{{"phone_number", phone(1)}, {"phone_number_verified", "true"}}));
    EXPECT_EQ(without->created, noon);
    const auto with = find(2);
    ASSERT_TRUE(with);
    EXPECT_EQ(with->status, UserStatus::CONFIRMED);
    EXPECT_EQ(with->password_hash, bcrypt_hash);
    EXPECT_NE(with->id, without->id);
}

TEST_P(UsersImport, refuses_rows_one_by_one_and_says_their_lines) {
    const auto done = import(header + row(1) + "FALSE," + phone(2) + ",false,\n" + "TRUE," + phone(3) + ",false\n" +
                             "TRUE,\"" + phone(4) + ",false,\n" + row(5, "hunter2") + row(6));
    EXPECT_EQ(done.imported, 2);
    EXPECT_EQ(done.refused, 4);
    EXPECT_TRUE(find(1));
    EXPECT_TRUE(find(6));
    for (const int number : {2, 3, 4, 5}) EXPECT_FALSE(find(number)) << number;
    const std::vector<Refusal> expected{
        {3, "phone_number_verified must be true for a user without password_hash."},
        {4, "The row has 3 values for 4 columns."},
        {5, "A value begins with a quote that is not closed."},
        {6, "The password hash is of no scheme that is known here: Argon2, bcrypt, PBKDF2 or scrypt."}};
    EXPECT_EQ(refusals, expected);
}

TEST_P(UsersImport, passes_over_those_who_are_there) {
    const User jane = create_user(pool, "jane", phone(1));
    const auto done = import(header + row(1, bcrypt_hash) + row(2) + row(2, bcrypt_hash));
    EXPECT_EQ(done.imported, 1);
    EXPECT_EQ(done.present, 2);
    EXPECT_EQ(done.refused, 0);
    const std::string there = "There is a user with this phone_number already.";
    EXPECT_EQ(refusals, (std::vector<Refusal>{{2, there}, {4, there}}));
    EXPECT_EQ(find(1)->id, jane.id);
    EXPECT_EQ(find(1)->password_hash, jane.password_hash) << "an import changes nobody's password";
    EXPECT_EQ(find(2)->password_hash, "") << "the first of two rows counts";
}

TEST_P(UsersImport, an_alias_that_somebody_has_is_not_taken) {
    pool = make_pool("us-east-1_aliases", SignInWith::alias);
    pool.settings.AutoVerifiedAttributes =
        List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::email};
    write([&](db::Transaction& tx) { Pools(tx).create(pool); });
    const std::string columns = "cognito:username,email,email_verified,cognito:mfa_enabled,password_hash\n";
    EXPECT_EQ(import(columns + "jane,jane@example.com,true,false,\n").imported, 1);

    const auto done = import(columns + "john,jane@example.com,true,false,\n" + "mary,jane@example.com,false,false," +
                             bcrypt_hash + "\n" + "JOHN,john@example.com,true,false,\n");
    EXPECT_EQ(done.imported, 2) << "an address that is not verified is nobody's";
    EXPECT_EQ(refusals, (std::vector<Refusal>{{2, "There is a user with this email already."}}));
    const auto owner = read([&](db::Transaction& tx) { return Users(tx).find_by_login(pool, "jane@example.com"); });
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->username, "jane");
    const auto john = read([&](db::Transaction& tx) { return Users(tx).find_by_login(pool, "john@example.com"); });
    ASSERT_TRUE(john);
    EXPECT_EQ(john->username, "JOHN") << "the refused row before has left no name behind";
}

TEST_P(UsersImport, goes_on_after_an_interruption) {
    constexpr int users = 1200;  // more than two of the import's steps
    std::string file = header;
    for (int i = 0; i < users; ++i) file += row(i);
    EXPECT_THROW(import(file, file.size() * 2 / 3), std::runtime_error);
    EXPECT_TRUE(find(499));
    EXPECT_FALSE(find(500));

    const auto done = import(file);
    EXPECT_EQ(done.present, 500);
    EXPECT_EQ(done.imported, users - 500);
    EXPECT_EQ(done.refused, 0);
    const auto again = import(file);
    EXPECT_EQ(again.present, users);
    EXPECT_EQ(again.imported + again.refused, 0);
}

TEST_P(UsersImport, a_pool_that_is_deleted_meanwhile_gets_no_more_users) {
    std::string file = header;
    for (int i = 0; i < 600; ++i) file += row(i);
    std::size_t calls = 0;
    const auto delete_then_read = [&](std::span<char> block) -> std::size_t {
        if (calls++ == 1) write([&](db::Transaction& tx) { Pools(tx).erase(pool.id); });
        if (calls > 2) return 0;
        const auto part = std::string_view(file).substr(calls == 1 ? 0 : header.size());
        std::copy_n(part.begin(), calls == 1 ? header.size() : part.size(), block.begin());
        return calls == 1 ? header.size() : part.size();
    };
    const auto import_it = [&] {
        run(transfer::import_users(
            database(), random_, pool.id, delete_then_read, noon, [](std::size_t, const std::string&) {},
            [](std::int64_t, std::string_view) {}));
    };
    EXPECT_EQ(refusal_of(import_it), Errc::resource_not_found);
    write([&](db::Transaction& tx) { Pools(tx).create(pool); });
    EXPECT_FALSE(find(0));
}

TEST_P(UsersImport, files_without_a_proper_header_and_unknown_pools_are_refused) {
    const auto message = [&](std::string_view file) {
        try {
            import(file);
        } catch (const Error& error) {
            return error.message;
        }
        return std::string("imported");
    };
    EXPECT_EQ(message(""), "The file is empty.");
    EXPECT_EQ(message("\n\ncognito:username\n"), "Line 3: There is no column cognito:mfa_enabled.");
    EXPECT_EQ(message("a\"b\n"), "Line 1: There is a quote inside of a value that does not begin with one.");
    EXPECT_EQ(import(header).imported, 0);
    pool.id = PoolId("us-east-1_other");
    EXPECT_EQ(refusal_of([&] { import(header); }), Errc::resource_not_found);
}

INSTANTIATE_TEST_SUITE_P(Engines, UsersImport, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
