#include "db/database.hpp"

#include "base/run.hpp"
#include "db/refusal.hpp"
#include "db/sqlite/files.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>

namespace symbolon::db {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view create_table = "CREATE TABLE notes (note TEXT NOT NULL)";

TEST(DatabaseUrl, of_an_unknown_scheme_is_refused_without_repeating_its_password) {
    const auto refusal = refusal_of([] { open("mysql://root:hunter2@localhost/"); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::invalid_parameter);
    EXPECT_EQ((refusal->message + refusal->detail).find("hunter2"), std::string::npos);
}

TEST(DatabaseUrl, without_a_path_is_refused) {
    EXPECT_EQ(code_of([] { open("sqlite:"); }), Errc::invalid_parameter);
}

TEST(DatabaseUrl, of_a_folder_is_refused_with_its_path) {
    const sqlite::TemporaryFolder folder;
    const auto refusal = refusal_of([&] { open("sqlite:" + folder.path().native()); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::unavailable);
    EXPECT_NE(refusal->detail.find(folder.path().native()), std::string::npos);
}

TEST(Database, makes_its_folders_and_its_files_for_this_user_alone) {
    const sqlite::TemporaryFolder folder;
    const fs::path file = folder.path() / "a" / "b" / "symbolon.db";
    const auto database = open("sqlite:" + file.native());
    run(database->write([](Transaction& tx) { tx.execute(create_table); }));

    EXPECT_EQ(fs::status(folder.path() / "a").permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(folder.path() / "a" / "b").permissions(), fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator(file.parent_path())) {
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
    }
    EXPECT_TRUE(fs::exists(file.native() + "-wal"));
}

constexpr std::string_view write_note = "INSERT INTO notes (note) VALUES ('a')";
constexpr std::string_view find_notes = "SELECT 1 FROM notes WHERE note = 'b'";

TEST(Database, has_a_mark_that_changes_with_commits_and_with_nothing_else) {
    const auto database = open("sqlite::memory:");
    run(database->write([](Transaction& tx) { tx.execute(create_table); }));
    EXPECT_FALSE(database->mark());  // nothing was read yet
    run(database->read([](Transaction& tx) { tx.execute(find_notes); }));
    const auto first = database->mark();
    ASSERT_TRUE(first);

    run(database->read([](Transaction& tx) { tx.execute(find_notes); }));
    const auto undone = [](Transaction& tx) {
        tx.execute(write_note);
        throw Error{Errc::not_authorized};
    };
    EXPECT_EQ(code_of([&] { run(database->write(undone)); }), Errc::not_authorized);
    EXPECT_EQ(database->mark(), first);

    run(database->write([](Transaction& tx) { tx.execute(write_note); }));
    const auto second = database->mark();
    EXPECT_NE(second, first);
    run(database->write([](Transaction& tx) { tx.execute(write_note); }));
    EXPECT_NE(database->mark(), second);
}

TEST(Database, has_a_mark_that_changes_with_the_commits_of_others) {
    const sqlite::TemporaryFolder folder;
    const std::string url = "sqlite:" + (folder.path() / "symbolon.db").native();
    const auto database = open(url);
    run(database->write([](Transaction& tx) { tx.execute(create_table); }));
    run(database->read([](Transaction& tx) { tx.execute(find_notes); }));
    const auto mark = database->mark();
    ASSERT_TRUE(mark);
    const auto other = open(url);
    run(other->write([](Transaction& tx) { tx.execute(write_note); }));
    EXPECT_NE(database->mark(), mark);
}

TEST(Database, keeps_what_was_written_when_it_is_opened_again) {
    const sqlite::TemporaryFolder folder;
    const std::string url = "sqlite:" + (folder.path() / "symbolon.db").native();
    run(open(url)->write([](Transaction& tx) { tx.execute(create_table); }));
    // A second CREATE fails, so the table is there.
    EXPECT_EQ(code_of([&] { run(open(url)->write([](Transaction& tx) { tx.execute(create_table); })); }),
              Errc::internal);
}

TEST(Database, leaves_one_file_when_it_ends) {
    const sqlite::TemporaryFolder folder;
    run(open("sqlite:" + (folder.path() / "symbolon.db").native())->write([](Transaction& tx) {
        tx.execute(create_table);
    }));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(Database, in_memory_is_a_fresh_one_each_time) {
    const auto one = open("sqlite::memory:");
    const auto other = open("sqlite::memory:");
    run(one->write([](Transaction& tx) { tx.execute(create_table); }));
    EXPECT_NO_THROW(run(other->write([](Transaction& tx) { tx.execute(create_table); })));
}

TEST(Database, of_a_file_that_is_none_is_refused) {
    const sqlite::TemporaryFolder folder;
    const fs::path file = folder.path() / "symbolon.db";
    FILE* raw = std::fopen(file.c_str(), "w");
    std::fputs(std::string(8192, 'x').c_str(), raw);
    std::fclose(raw);
    EXPECT_EQ(code_of([&] { open("sqlite:" + file.native()); }), Errc::unavailable);
}

}  // namespace
}  // namespace symbolon::db
