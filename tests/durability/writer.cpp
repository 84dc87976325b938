// Writes rows for ever and prints the id of each one as soon as it has been told that it is kept.
//     durability_writer FILE FIRST_ID

#include "base/task.hpp"
#include "db/database.hpp"

#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

namespace {

using namespace symbolon;

constexpr int writers = 8;  // so that commits have several rows, and the kill falls between rows of one commit

constexpr std::string_view create_table = "CREATE TABLE IF NOT EXISTS kept (id BIGINT NOT NULL PRIMARY KEY)";
constexpr std::string_view insert = "INSERT INTO kept (id) VALUES ($1)";

Task<void> write_for_ever(db::Database& database, std::int64_t& next_id) {
    for (;;) {
        const std::int64_t id = next_id++;
        co_await database.write([id](db::Transaction& tx) { tx.execute(insert, id); });
        const std::string line = std::to_string(id) + "\n";
        // One system call: what the test has read was printed, and a line is whole or is not there.
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::abort();
    }
}

Task<void> create(db::Database& database) {
    co_await database.write([](db::Transaction& tx) { tx.execute(create_table); });
}

void rethrow(std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

int main(int, char** arguments) {
    const auto database = db::open("sqlite:" + std::string(arguments[1]));
    std::int64_t next_id = std::strtoll(arguments[2], nullptr, 10);
    boost::asio::io_context loop(1);
    boost::asio::co_spawn(loop, create(*database), rethrow);
    loop.run();
    loop.restart();
    for (int i = 0; i < writers; ++i) boost::asio::co_spawn(loop, write_for_ever(*database, next_id), rethrow);
    loop.run();
}
