#include "db/sqlite/connection.hpp"

#include "db/refusal.hpp"
#include "db/sqlite/files.hpp"
#include "db/sqlite/transaction.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::db::sqlite {
namespace {

struct StoredNote {
    std::int64_t id;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(StoredNote, (), (id, note))

struct OnlyId {
    std::int64_t id;
};
BOOST_DESCRIBE_STRUCT(OnlyId, (), (id))

struct Setting {
    std::int64_t value;
};
BOOST_DESCRIBE_STRUCT(Setting, (), (value))

struct WordSetting {
    std::string value;
};
BOOST_DESCRIBE_STRUCT(WordSetting, (), (value))

constexpr std::string_view insert = "INSERT INTO notes (id, note) VALUES ($1, $2)";
constexpr std::string_view list_stored = "SELECT id, note FROM notes ORDER BY id";

class Statements : public testing::Test {
protected:
    Statements() {
        tx().execute("CREATE TABLE notes (id BIGINT NOT NULL PRIMARY KEY, note TEXT NOT NULL)");
        tx().execute(insert, 1, "one");
        tx().execute(insert, 2, "two");
    }

    /// A fresh one each time, since a failure ends a transaction.
    Transaction& tx() { return transaction_.emplace(connection_, SqliteTransaction::Access::write); }

    std::optional<Error> refusal_of_rows(std::string_view sql) {
        return refusal_of([&] { tx().rows<StoredNote>(sql); });
    }

    TemporaryFolder folder_;
    Storage storage_ = made(folder_);
    Connection connection_{storage_, Connection::Role::writer};

private:
    static Storage made(const TemporaryFolder& folder) {
        create_database_file(folder.path() / "test.db");
        return {folder.path() / "test.db", Storage::Durability::synced};
    }

    std::optional<SqliteTransaction> transaction_;
};

TEST_F(Statements, are_prepared_once_for_each_constant) {
    const Statement* first = &connection_.statement(list_stored);
    EXPECT_EQ(&connection_.statement(list_stored), first);
    const std::string same_text(list_stored);
    EXPECT_EQ(&connection_.statement(same_text), first);
    EXPECT_EQ(&connection_.statement(list_stored), first);
}

TEST_F(Statements, that_are_made_at_run_time_do_not_pile_up) {
    for (int i = 0; i < 5000; ++i) {
        const auto text =
            "SELECT id, note FROM notes WHERE id = " + std::to_string(i % 3) + " LIMIT " + std::to_string(i);
        EXPECT_LE(tx().rows<StoredNote>(text).size(), 1u);
    }
    EXPECT_EQ(tx().rows<StoredNote>(list_stored).size(), 2u);
}

TEST_F(Statements, have_numbered_parameters_only) {
    EXPECT_EQ(code_of([&] { tx().execute("DELETE FROM notes WHERE id = ?", 1); }), Errc::internal);
    EXPECT_EQ(code_of([&] { tx().execute("DELETE FROM notes WHERE id = $2", 1); }), Errc::internal);
    EXPECT_EQ(code_of([&] { tx().execute("DELETE FROM notes WHERE id = :id", 1); }), Errc::internal);
}

TEST_F(Statements, do_not_repeat_a_bound_value_when_they_fail) {
    tx().execute("CREATE UNIQUE INDEX notes_note_key ON notes (note)");
    const auto refusal = refusal_of([&] { tx().execute(insert, 3, "one"); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->detail.find("one"), std::string::npos) << refusal->detail;
    EXPECT_NE(refusal->detail.find("notes.note"), std::string::npos) << refusal->detail;
}

TEST_F(Statements, are_told_on_one_line_when_they_fail) {
    const auto refusal = refusal_of_rows("SELECT id, note\n    FROM notes\n    WHERE nothing = 1\n");
    ASSERT_TRUE(refusal);
    EXPECT_NE(refusal->detail.find("in: SELECT id, note FROM notes WHERE nothing = 1"), std::string::npos)
        << refusal->detail;
    EXPECT_EQ(refusal->detail.find('\n'), std::string::npos);
}

TEST_F(Statements, take_double_quotes_for_names_only) {
    EXPECT_EQ(refusal_of_rows(R"(SELECT id, note FROM notes WHERE note = "one")").value().code, Errc::internal);
}

TEST_F(Statements, keep_references_between_tables) {
    tx().execute("CREATE TABLE replies (note_id BIGINT NOT NULL REFERENCES notes (id))");
    EXPECT_NO_THROW(tx().execute("INSERT INTO replies (note_id) VALUES (1)"));
    EXPECT_EQ(code_of([&] { tx().execute("INSERT INTO replies (note_id) VALUES (3)"); }), Errc::internal);
}

TEST_F(Statements, run_again_after_they_were_left_in_the_middle) {
    EXPECT_THROW(tx().rows<OnlyId>("SELECT note AS id FROM notes"), Error);
    EXPECT_EQ(tx().rows<StoredNote>(list_stored).size(), 2u);
    EXPECT_FALSE(connection_.in_transaction());
}

TEST_F(Statements, run_on_a_connection_that_waits_for_the_disk) {
    EXPECT_EQ(tx().row<Setting>("SELECT synchronous AS value FROM pragma_synchronous")->value, 2);  // FULL
    EXPECT_EQ(tx().row<WordSetting>("SELECT journal_mode AS value FROM pragma_journal_mode")->value, "wal");
    EXPECT_EQ(tx().row<Setting>("SELECT page_size AS value FROM pragma_page_size")->value, 4096);
}

TEST_F(Statements, of_another_schema_are_prepared_anew) {
    EXPECT_EQ(tx().rows<StoredNote>(list_stored).size(), 2u);
    Connection other(storage_, Connection::Role::writer);
    other.run_script("ALTER TABLE notes ADD COLUMN extra TEXT");
    EXPECT_EQ(tx().rows<StoredNote>(list_stored).size(), 2u);
}

}  // namespace
}  // namespace symbolon::db::sqlite
