#include "db/migrate.hpp"

#include "db/refusal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace symbolon::db {
namespace {

constexpr std::array<Migration, 3> known_three{{
    {1, "initial", "CREATE TABLE one (x BIGINT)", "aaaa"},
    {2, "second", "CREATE TABLE two (x BIGINT)", "bbbb"},
    {3, "third", "CREATE TABLE three (x BIGINT)", "cccc"},
}};

TEST(PendingMigrations, of_an_empty_database_are_all) {
    EXPECT_EQ(find_pending_migrations(known_three, {}).size(), 3u);
}

TEST(PendingMigrations, are_those_after_the_last_applied_one) {
    const auto pending = find_pending_migrations(known_three, {{1, "initial", "aaaa"}, {2, "second", "bbbb"}});
    ASSERT_EQ(pending.size(), 1u);
    EXPECT_EQ(pending.front().number, 3);
}

TEST(PendingMigrations, of_a_database_up_to_date_are_none) {
    EXPECT_TRUE(find_pending_migrations(std::span(known_three).first(1), {{1, "initial", "aaaa"}}).empty());
}

TEST(PendingMigrations, are_not_asked_for_when_the_database_is_newer_than_the_program) {
    const std::vector<AppliedMigration> applied{{1, "initial", "aaaa"}, {2, "second", "bbbb"}};
    const auto refusal = refusal_of([&] { find_pending_migrations(std::span(known_three).first(1), applied); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::unavailable);
    EXPECT_NE(refusal->message.find("newer version"), std::string::npos) << refusal->message;
}

TEST(PendingMigrations, are_refused_after_one_with_another_checksum) {
    const auto refusal = refusal_of([&] { find_pending_migrations(known_three, {{1, "initial", "0000"}}); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::unavailable);
    EXPECT_NE(refusal->message.find("initial"), std::string::npos) << refusal->message;
}

TEST(PendingMigrations, are_refused_after_one_of_another_name_or_number) {
    EXPECT_EQ(code_of([&] { find_pending_migrations(known_three, {{1, "other", "aaaa"}}); }), Errc::unavailable);
    EXPECT_EQ(code_of([&] { find_pending_migrations(known_three, {{2, "second", "bbbb"}}); }), Errc::unavailable);
}

TEST(EmbeddedMigrations, are_numbered_from_1_without_gaps) {
    int expected = 0;
    for (const auto& migration : server_migrations()) EXPECT_EQ(migration.number, ++expected);
    EXPECT_GT(expected, 0);
}

}  // namespace
}  // namespace symbolon::db
