#include "db/sqlite/mapped_files.hpp"

#include "db/sqlite/connection.hpp"
#include "db/sqlite/files.hpp"
#include "db/sqlite/readers.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

namespace symbolon::db::sqlite {
namespace {

struct Sum {
    std::int64_t sum;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (sum))

constexpr std::string_view add_up = "SELECT SUM(LENGTH(octets)) AS sum FROM heap";
constexpr int one_row = 3000;  // octets: a page each

/// A database with one table, and two connections to it.
class MappedFiles : public testing::Test {
protected:
    MappedFiles() {
        create_database_file(storage_.path);
        writer_ = std::make_unique<Connection>(storage_, Connection::Role::writer);
    }

    void add_rows(int count) {
        writer_->run_script("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                            std::to_string(count) + ") INSERT INTO heap SELECT zeroblob(3000) FROM n");
    }

    std::int64_t read() {
        std::int64_t sum = 0;
        readers_->of_this_thread().run([&](Transaction& tx) { sum = tx.row<Sum>(add_up).value().sum; });
        return sum;
    }

    /// The mappings of the database file in this process, in the words of /proc/self/maps.
    int mappings() const {
        std::ifstream maps("/proc/self/maps");
        int count = 0;
        for (std::string line; std::getline(maps, line);) {
            if (line.ends_with(' ' + storage_.path)) ++count;
        }
        return count;
    }

    TemporaryFolder folder_;
    Storage storage_{folder_.path() / "test.db", Storage::Durability::lost_with_the_process};
    std::unique_ptr<Connection> writer_;
    std::shared_ptr<Readers> readers_ = std::make_shared<Readers>(storage_);
};

TEST_F(MappedFiles, are_seen_as_they_grow) {
    writer_->run_script("CREATE TABLE heap (octets BLOB)");
    add_rows(10);
    EXPECT_EQ(read(), 10 * one_row);
    writer_->checkpoint(Connection::Checkpoint::restart);
    EXPECT_EQ(read(), 10 * one_row);

    add_rows(2000);
    EXPECT_EQ(read(), 2010 * one_row) << "from the log";
    writer_->checkpoint(Connection::Checkpoint::restart);
    EXPECT_EQ(read(), 2010 * one_row) << "from beyond the end of the file as it was mapped";
}

TEST_F(MappedFiles, are_mapped_once_for_all_connections) {
    writer_->run_script("CREATE TABLE heap (octets BLOB)");
    add_rows(1);
    const Connection reader(storage_, Connection::Role::reader);
    const Connection other(storage_, Connection::Role::reader);
    EXPECT_EQ(mappings(), 1);
}

TEST_F(MappedFiles, are_let_go_with_the_last_connection) {
    writer_->run_script("CREATE TABLE heap (octets BLOB)");
    add_rows(1);
    read();
    readers_.reset();
    EXPECT_EQ(mappings(), 1);
    writer_.reset();
    EXPECT_EQ(mappings(), 0);
}

/// A process loses all its locks on a file when it closes any descriptor of it, and others may then drop the log.
TEST_F(MappedFiles, keep_the_locks_of_the_connections_that_stay) {
    constexpr off_t shared_first = 0x40000002;  // sqlite.org/fileformat2.html: the lock-byte page
    constexpr off_t shared_size = 510;
    const int watcher = ::open(storage_.path.c_str(), O_RDWR | O_CLOEXEC);
    const auto locked = [&] {
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = shared_first;
        lock.l_len = shared_size;
        EXPECT_EQ(::fcntl(watcher, F_OFD_GETLK, &lock), 0);
        return lock.l_type != F_UNLCK;
    };

    writer_->run_script("CREATE TABLE heap (octets BLOB)");
    add_rows(1);
    auto reader = std::make_unique<Connection>(storage_, Connection::Role::reader);
    reader->run("SELECT COUNT(*) FROM heap");
    EXPECT_TRUE(locked());
    reader.reset();
    EXPECT_TRUE(locked()) << "the writer is still there";
    writer_.reset();
    EXPECT_FALSE(locked());
    ::close(watcher);
}

}  // namespace
}  // namespace symbolon::db::sqlite
