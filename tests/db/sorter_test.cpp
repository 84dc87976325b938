#include "db/sorter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::db {
namespace {

using Records = std::vector<std::pair<std::string, std::string>>;

Records sorted_by(Sorter& sorter) {
    Records records;
    while (const auto record = sorter.next()) records.emplace_back(record->key, record->value);
    return records;
}

TEST(Sorter, of_nothing_gives_nothing) {
    Sorter sorter(1024 * 1024);
    EXPECT_FALSE(sorter.next());
    EXPECT_FALSE(sorter.next());
}

TEST(Sorter, orders_by_the_bytes_of_the_keys) {
    Sorter sorter(1024 * 1024);
    const std::string zero("a\0b", 3);
    for (const std::string& key : {std::string("\xff"), std::string("a"), std::string("B"), zero, std::string()})
        sorter.add(key, "value of " + key);
    const Records expected{{"", "value of "},
                           {"B", "value of B"},
                           {"a", "value of a"},
                           {zero, "value of " + zero},
                           {"\xff", "value of \xff"}};
    EXPECT_EQ(sorted_by(sorter), expected);
    EXPECT_FALSE(sorter.next()) << "it does not begin anew";
}

TEST(Sorter, keeps_records_of_one_key) {
    Sorter sorter(1024 * 1024);
    sorter.add("same", "1");
    sorter.add("same", "2");
    auto records = sorted_by(sorter);
    std::ranges::sort(records);
    EXPECT_EQ(records, (Records{{"same", "1"}, {"same", "2"}}));
}

TEST(Sorter, orders_more_than_it_may_keep_in_memory) {
    constexpr int count = 50'000;  // 5 MB, in a hundredth of that
    Sorter sorter(50 * 1024);
    std::mt19937 random(7);
    Records expected;
    for (int i = 0; i < count; ++i) {
        expected.emplace_back(std::to_string(random()) + "-" + std::to_string(i), std::string(80, 'x'));
        sorter.add(expected.back().first, expected.back().second);
    }
    std::ranges::sort(expected);
    EXPECT_EQ(sorted_by(sorter), expected);
}

}  // namespace
}  // namespace symbolon::db
