#include "symbolon/skill/persistence.hpp"

#include "symbolon/skill/attributes.hpp"
#include "symbolon/skill/input.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace symbolon::skill {
namespace {

/// A store, and how to open the same one again.
struct Store {
    std::shared_ptr<Persistence> first;
    std::function<std::shared_ptr<Persistence>()> open_again;
};

Store make_memory(const std::string&) {
    auto store = memory_persistence();
    return {store, [store] { return store; }};
}

Store make_sqlite(const std::string& file) {
    return {sqlite_persistence(file), [file] { return sqlite_persistence(file); }};
}

/// What every store must do.
class PersistenceTest : public ::testing::TestWithParam<Store (*)(const std::string&)> {
protected:
    PersistenceTest() {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        std::string name = test->name();
        for (auto& c : name) c = c == '/' ? '_' : c;
        file_ = std::filesystem::path(::testing::TempDir()) / ("symbolon_attributes_" + name + ".db");
        remove_files();
        store_ = GetParam()(file_.string());
    }
    ~PersistenceTest() override {
        store_ = {};
        remove_files();
    }
    void remove_files() const {
        for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + suffix);
    }

    std::filesystem::path file_;
    Store store_;
};

TEST_P(PersistenceTest, gives_back_what_was_saved_and_nothing_else) {
    auto& store = *store_.first;
    EXPECT_EQ(store.load("a").version, 0);
    EXPECT_TRUE(store.load("a").attributes.empty());
    EXPECT_EQ(store.save("a", {{{"count", 1}, {"text", "\u00e4\""}}, 0}), 1);
    EXPECT_EQ(store.load("a").attributes.at("count"), 1);
    EXPECT_EQ(store.load("a").version, 1);
    EXPECT_EQ(store.load("b").version, 0) << "keys do not meet";
    EXPECT_EQ(store_.open_again()->load("a").attributes, store.load("a").attributes);
}

TEST_P(PersistenceTest, refuses_to_overwrite_what_somebody_else_saved) {
    auto& store = *store_.first;
    store.save("a", {{{"by", "first"}}, 0});
    EXPECT_THROW(store.save("a", {{{"by", "late"}}, 0}), AttributesConflict);
    EXPECT_EQ(store.save("a", {{{"by", "second"}}, 1}), 2);
    EXPECT_THROW(store.save("a", {{{"by", "late"}}, 1}), AttributesConflict);
    EXPECT_EQ(store.load("a").attributes.at("by"), "second");
}

TEST_P(PersistenceTest, forgets) {
    auto& store = *store_.first;
    store.save("a", {{{"x", 1}}, 0});
    store.remove("a");
    store.remove("a");
    EXPECT_EQ(store.load("a").version, 0);
    EXPECT_EQ(store.save("a", {{{"x", 2}}, 0}), 1);
}

TEST_P(PersistenceTest, keys_are_data) {
    auto& store = *store_.first;
    const std::string evil = "'; DROP TABLE skill_attributes; --";
    store.save(evil, {{{"x", 1}}, 0});
    EXPECT_EQ(store.load(evil).attributes.at("x"), 1);
}

TEST_P(PersistenceTest, counts_right_from_several_threads) {
    constexpr int threads = 4;
    constexpr int rounds = 25;
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back([this] {
            const auto store = store_.open_again();
            for (int done = 0; done < rounds;) {
                auto loaded = store->load("n");
                auto& n = loaded.attributes["n"];
                n = (n.is_int64() ? n.get_int64() : 0) + 1;
                try {
                    store->save("n", loaded);
                    ++done;
                } catch (const AttributesConflict&) {
                }
            }
        });
    }
    for (auto& thread : running) thread.join();
    EXPECT_EQ(store_.first->load("n").attributes.at("n"), threads * rounds);
}

INSTANTIATE_TEST_SUITE_P(Stores, PersistenceTest, ::testing::Values(make_memory, make_sqlite),
                         [](const auto& tested) { return tested.index == 0 ? "memory" : "sqlite"; });

TEST(SqlitePersistence, says_when_its_file_cannot_be_opened) {
    EXPECT_THROW(sqlite_persistence("/nonexistent/folder/file.db"), PersistenceError);
}

TEST(PersistentAttributes, are_loaded_once_and_saved_when_told_to) {
    const auto store = memory_persistence();
    store->save("k", {{{"n", 1}}, 0});
    PersistentAttributes attributes(store, "k");
    attributes.save();
    EXPECT_EQ(store->load("k").version, 1) << "never looked at, so there is nothing to save";
    attributes.get()["n"] = 2;
    EXPECT_EQ(store->load("k").attributes.at("n"), 1);
    attributes.save();
    attributes.get()["n"] = 3;
    attributes.save();
    EXPECT_EQ(store->load("k").attributes.at("n"), 3);
    attributes.remove();
    EXPECT_TRUE(attributes.get().empty());
    EXPECT_EQ(store->load("k").version, 0);
}

Input from(const char* system) {
    const json::object context{{"System", json::parse(system)}};
    return Input(RequestEnvelope::parse({{"context", context}, {"request", {{"type", "LaunchRequest"}}}}));
}

TEST(PartitionKey, tells_users_devices_and_persons_apart) {
    const auto all = from(R"({"user":{"userId":"x"},"device":{"deviceId":"x"},"person":{"personId":"x"}})");
    EXPECT_EQ(by_user()(all), "user:x");
    EXPECT_EQ(by_device()(all), "device:x");
    EXPECT_EQ(by_person()(all), "person:x");
    const auto unknown_voice = from(R"({"user":{"userId":"x"}})");
    EXPECT_EQ(by_person()(unknown_voice), "user:x");
    EXPECT_THROW(by_device()(unknown_voice), MissingKey);
    EXPECT_THROW(by_user()(from("{}")), MissingKey);
}

}  // namespace
}  // namespace symbolon::skill
