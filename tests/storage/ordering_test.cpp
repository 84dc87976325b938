// Lists are paged by "greater than the last one seen", so every engine must order alike: text by its bytes.

#include "storage/engines.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

constexpr std::string_view create_entries = R"sql(
    CREATE TABLE entries (
        name       TEXT COLLATE "C" NOT NULL,
        created_ms BIGINT NOT NULL,
        CONSTRAINT entries_key PRIMARY KEY (name)
    )
)sql";

constexpr std::string_view insert_entry = "INSERT INTO entries (name, created_ms) VALUES ($1, $2)";

struct Entry {
    std::string name;
    std::int64_t created_ms;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (name, created_ms))

class Ordering : public StorageTest {
protected:
    Ordering() {
        execute(create_entries);
        write([this](db::Transaction& tx) {
            std::int64_t number = 0;
            for (const auto& name : names) tx.execute(insert_entry, name, number++ / 3);  // three of each time
        });
    }

    const std::vector<std::string> names{"b", "B", "a", "A", "_", "Z",  "z",   "10",
                                         "9", "é", "e", "f", "~", "ab", "a-b", "a b"};
};

TEST_P(Ordering, text_is_ordered_by_its_bytes) {
    constexpr std::string_view list = "SELECT name, created_ms FROM entries ORDER BY name LIMIT 100";
    const auto rows = read([&](db::Transaction& tx) { return tx.rows<Entry>(list); });
    auto expected = names;
    std::ranges::sort(expected);
    std::vector<std::string> found;
    for (const auto& row : rows) found.push_back(row.name);
    EXPECT_EQ(found, expected);
}

TEST_P(Ordering, text_is_compared_by_its_bytes) {
    constexpr std::string_view list = "SELECT name, created_ms FROM entries WHERE name > $1 LIMIT 100";
    const auto rows = read([&](db::Transaction& tx) { return tx.rows<Entry>(list, "Z"); });
    const auto greater = std::ranges::count_if(names, [](const auto& name) { return name > "Z"; });
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(greater));
}

TEST_P(Ordering, a_cursor_of_two_columns_visits_every_row_once) {
    constexpr std::string_view first_page = R"sql(
        SELECT name, created_ms FROM entries ORDER BY created_ms, name LIMIT 5
    )sql";
    constexpr std::string_view next_page = R"sql(
        SELECT name, created_ms FROM entries WHERE (created_ms, name) > ($1, $2) ORDER BY created_ms, name LIMIT 5
    )sql";
    std::vector<std::string> seen;
    auto page = read([&](db::Transaction& tx) { return tx.rows<Entry>(first_page); });
    while (!page.empty()) {
        for (const auto& row : page) seen.push_back(row.name);
        const auto& last = page.back();
        page = read([&](db::Transaction& tx) { return tx.rows<Entry>(next_page, last.created_ms, last.name); });
    }
    auto expected = names;
    std::ranges::sort(expected);
    std::ranges::sort(seen);
    EXPECT_EQ(seen, expected);
}

INSTANTIATE_TEST_SUITE_P(Engines, Ordering, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
