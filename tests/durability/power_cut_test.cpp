// A kill leaves the kernel's memory as it is; a power cut does not. Whatever a caller had been told is kept must have
// been synced before it was told.

#include "base/run.hpp"
#include "base/task.hpp"
#include "db/database.hpp"
#include "db/sqlite/files.hpp"
#include "durability/forgetful_disk.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/class.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

namespace symbolon {
namespace {

namespace asio = boost::asio;

constexpr std::string_view create_table = "CREATE TABLE kept (id BIGINT NOT NULL PRIMARY KEY, padding TEXT NOT NULL)";
constexpr std::string_view insert = "INSERT INTO kept (id, padding) VALUES ($1, $2)";
constexpr std::string_view count_kept = "SELECT COUNT(*) AS count FROM kept WHERE id <= $1";

struct Count {
    std::int64_t count;
};
BOOST_DESCRIBE_STRUCT(Count, (), (count))

class PowerCut : public testing::Test {
protected:
    static constexpr int writers = 8;
    static constexpr int writes_of_each = 60;

    /// Every so often tries a power cut right after an answer. Ids are given out in order and commits are in that
    /// order, so all up to the answered one are to be there.
    Task<void> write_and_look() {
        for (int i = 0; i < writes_of_each; ++i) {
            const std::int64_t id = ++last_id_;
            auto write = [&](db::Transaction& tx) { tx.execute(insert, id, padding_); };
            co_await database_->write(write);
            if (id % 40 == 0) expect_after_power_cut(id);
        }
    }

    void expect_after_power_cut(std::int64_t id) {
        const db::sqlite::TemporaryFolder after;
        disk_.save_after_power_cut(folder_.path(), after.path());
        const auto found = db::open("sqlite:" + (after.path() / "test.db").native());
        auto count = [&](db::Transaction& tx) { EXPECT_EQ(tx.row<Count>(count_kept, id)->count, id); };
        run(found->read(count));
        ++cuts_;
    }

    ForgetfulDisk disk_;
    db::sqlite::TemporaryFolder folder_;
    std::unique_ptr<db::Database> database_ = db::open("sqlite:" + (folder_.path() / "test.db").native());
    const std::string padding_ = std::string(20'000, 'x');  // enough for the log to be brought into the file meanwhile
    std::int64_t last_id_ = 0;
    int cuts_ = 0;
};

TEST_F(PowerCut, leaves_everything_that_was_answered) {
    run(database_->write([](db::Transaction& tx) { tx.execute(create_table); }));
    asio::io_context loop;
    for (int i = 0; i < writers; ++i) {
        asio::co_spawn(loop, write_and_look(), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
    loop.run();
    EXPECT_EQ(cuts_, writers * writes_of_each / 40);
}

}  // namespace
}  // namespace symbolon
