#include "db/sqlite/readers.hpp"

#include "db/refusal.hpp"
#include "db/sqlite/files.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace symbolon::db::sqlite {
namespace {

namespace fs = std::filesystem;

struct Number {
    std::int64_t number;
};
BOOST_DESCRIBE_STRUCT(Number, (), (number))

constexpr std::string_view find = "SELECT number FROM numbers";

/// One database with one number in it.
struct Numbered {
    TemporaryFolder folder;
    Storage storage{folder.path() / "test.db", Storage::Durability::lost_with_the_process};
    std::shared_ptr<Readers> readers = std::make_shared<Readers>(storage);

    explicit Numbered(int number) {
        create_database_file(storage.path);
        Connection(storage, Connection::Role::writer)
            .run_script("CREATE TABLE numbers (number BIGINT); INSERT INTO numbers VALUES (" + std::to_string(number) +
                        ")");
    }

    std::int64_t read() {
        std::int64_t number = 0;
        readers->of_this_thread().run([&](Transaction& tx) { number = tx.row<Number>(find).value().number; });
        return number;
    }
};

/// How many descriptors of this process are files in a folder.
int open_files_in(const fs::path& folder) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        if (fs::read_symlink(entry.path(), gone).native().starts_with(folder.native())) ++count;
    }
    return count;
}

TEST(Readers, give_a_thread_the_same_connection_again) {
    Numbered database(1);
    Reader* first = &database.readers->of_this_thread();
    EXPECT_EQ(&database.readers->of_this_thread(), first);
    std::thread([&] { EXPECT_NE(&database.readers->of_this_thread(), first); }).join();
}

TEST(Readers, of_two_databases_are_not_mistaken_for_each_other) {
    Numbered one(1);
    Numbered two(2);
    EXPECT_EQ(one.read(), 1);
    EXPECT_EQ(two.read(), 2);
    EXPECT_EQ(one.read(), 1);
}

TEST(Readers, of_an_ended_database_are_not_mistaken_for_those_of_the_next) {
    for (int i = 1; i <= 20; ++i) EXPECT_EQ(Numbered(i).read(), i);
}

TEST(Readers, are_closed_with_their_thread) {
    Numbered database(1);
    EXPECT_EQ(database.read(), 1);
    const int before = open_files_in(database.folder.path());
    for (int i = 0; i < 50; ++i) std::thread([&] { EXPECT_EQ(database.read(), 1); }).join();
    // SQLite keeps a few descriptors for the next connection, since closing one would drop the locks of the others.
    EXPECT_LT(open_files_in(database.folder.path()), before + 10);
}

TEST(Readers, are_closed_with_their_database_while_their_threads_go_on) {
    auto database = std::make_unique<Numbered>(1);
    const fs::path folder = database->folder.path();
    database->read();
    EXPECT_GT(open_files_in(folder), 0);
    database.reset();
    EXPECT_EQ(open_files_in(folder), 0);
}

TEST(Readers, count_the_reads_of_ended_threads_as_well) {
    Numbered database(1);
    database.read();
    std::thread([&] {
        database.read();
        database.read();
    }).join();
    EXPECT_EQ(database.readers->runs(), 3u);
}

TEST(Readers, do_not_read_inside_a_read) {
    Numbered database(1);
    Reader& reader = database.readers->of_this_thread();
    EXPECT_EQ(code_of([&] { reader.run([&](Transaction&) { reader.run([](Transaction&) {}); }); }), Errc::internal);
    EXPECT_EQ(database.read(), 1);
}

TEST(Readers, of_a_database_that_is_gone_say_that_it_is_not_available) {
    const TemporaryFolder folder;
    const auto readers = std::make_shared<Readers>(Storage{folder.path() / "nowhere.db"});
    EXPECT_EQ(code_of([&] { readers->of_this_thread(); }), Errc::unavailable);
}

}  // namespace
}  // namespace symbolon::db::sqlite
