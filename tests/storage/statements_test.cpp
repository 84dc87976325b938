#include "storage/engines.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

struct Note {
    std::int64_t id;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, note))

struct Swapped {
    std::string note;
    std::int64_t id;
};
BOOST_DESCRIBE_STRUCT(Swapped, (), (note, id))

struct Renamed {
    std::int64_t id;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(Renamed, (), (id, words))

struct OnlyId {
    std::int64_t id;
};
BOOST_DESCRIBE_STRUCT(OnlyId, (), (id))

constexpr std::string_view insert = "INSERT INTO numbered (id, note) VALUES ($1, $2)";
constexpr std::string_view list = "SELECT id, note FROM numbered ORDER BY id";

/// A table with two rows. Every call is a transaction of its own, since a failure ends one.
class Statements : public StorageTest {
protected:
    void SetUp() override {
        execute("CREATE TABLE numbered (id BIGINT NOT NULL PRIMARY KEY, note TEXT NOT NULL)",
                "INSERT INTO numbered (id, note) VALUES (1, 'one'), (2, 'two')");
    }

    template <class Row>
    std::vector<Row> rows(std::string_view sql) {
        return read([&](db::Transaction& tx) { return tx.rows<Row>(sql); });
    }
    template <class... Args>
    void change(std::string_view sql, const Args&... args) {
        write([&](db::Transaction& tx) { tx.execute(sql, args...); });
    }
    template <class Row>
    Errc refusal_of_rows(std::string_view sql) {
        return refusal_of([&] { rows<Row>(sql); });
    }
    template <class... Args>
    Errc refusal_of_change(std::string_view sql, const Args&... args) {
        return refusal_of([&] { change(sql, args...); });
    }
};

TEST_P(Statements, are_told_apart_when_their_texts_lie_at_the_same_address) {
    std::string text = "SELECT id, note FROM numbered WHERE id = 1";
    EXPECT_EQ(rows<Note>(text).at(0).note, "one");
    text.back() = '2';
    EXPECT_EQ(rows<Note>(text).at(0).note, "two");
}

TEST_P(Statements, must_name_their_columns_as_the_row_names_its_members) {
    EXPECT_EQ(refusal_of_rows<Swapped>(list), Errc::internal);
    EXPECT_EQ(refusal_of_rows<OnlyId>(list), Errc::internal);
    EXPECT_EQ(rows<Note>(list).size(), 2u);
    EXPECT_EQ(refusal_of_rows<Renamed>(list), Errc::internal) << "checked for each type of row";
}

TEST_P(Statements, are_checked_against_the_row_even_when_they_find_nothing) {
    EXPECT_EQ(refusal_of_rows<Swapped>("SELECT id, note FROM numbered WHERE id = 3"), Errc::internal);
}

TEST_P(Statements, for_one_row_must_not_return_several) {
    const auto code = refusal_of([&] { read([](db::Transaction& tx) { return tx.row<Note>(list); }); });
    EXPECT_EQ(code, Errc::internal);
}

TEST_P(Statements, take_exactly_their_parameters) {
    EXPECT_EQ(refusal_of_change(insert, 3), Errc::internal);
    EXPECT_EQ(refusal_of_change(insert, 3, "three", "four"), Errc::internal);
    EXPECT_EQ(refusal_of_change("DELETE FROM numbered WHERE id = $2", 1), Errc::internal);
}

TEST_P(Statements, come_one_at_a_time) {
    EXPECT_EQ(refusal_of_change("DELETE FROM numbered; DELETE FROM numbered"), Errc::internal);
    EXPECT_EQ(refusal_of_change("  "), Errc::internal);
    EXPECT_EQ(rows<Note>(list).size(), 2u);
    EXPECT_NO_THROW(change("DELETE FROM numbered;\n  "));
    EXPECT_EQ(rows<Note>(list).size(), 0u);
}

TEST_P(Statements, that_are_wrong_are_named_in_the_detail_and_not_in_the_message) {
    std::optional<Error> refusal;
    try {
        rows<Note>("SELECT id, note FROM nowhere");
    } catch (const Error& error) {
        refusal = error;
    }
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::internal);
    EXPECT_EQ(refusal->message, "");
    EXPECT_NE(refusal->detail.find("FROM nowhere"), std::string::npos);
}

TEST_P(Statements, run_again_after_a_row_did_not_fit) {
    EXPECT_EQ(refusal_of_rows<OnlyId>("SELECT note AS id FROM numbered"), Errc::internal);
    EXPECT_EQ(rows<Note>(list).size(), 2u);
}

INSTANTIATE_TEST_SUITE_P(Engines, Statements, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
