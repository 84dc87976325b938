// A process that writes is killed at some moment. Whatever it had been told to be kept is there afterwards.

#include "base/run.hpp"
#include "db/database.hpp"
#include "db/sqlite/files.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon {
namespace {

struct Kept {
    std::int64_t id;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id))

constexpr std::string_view list_kept = "SELECT id FROM kept ORDER BY id LIMIT 1000000";
constexpr std::string_view check_integrity =
    "SELECT COUNT(*) AS id FROM pragma_integrity_check WHERE integrity_check <> 'ok'";

/// The writer, as a child whose acknowledgements can be read. It never ends by itself.
class Child {
public:
    Child(const std::string& file, std::int64_t first_id) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
        const std::string first = std::to_string(first_id);
        process_ = ::fork();
        if (process_ < 0) throw std::runtime_error("fork");
        if (process_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::execl(DURABILITY_WRITER, DURABILITY_WRITER, file.c_str(), first.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        output_ = ends[0];
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        ::close(output_);
        if (process_ > 0) kill();
    }

    /// Reads what there is, at least one byte. Returns false at the end.
    bool read_some() {
        std::array<char, 4096> buffer{};
        const auto size = ::read(output_, buffer.data(), buffer.size());
        if (size <= 0) return false;
        text_.append(buffer.data(), static_cast<std::size_t>(size));
        return true;
    }
    std::size_t lines() const { return static_cast<std::size_t>(std::ranges::count(text_, '\n')); }

    void kill() {
        ::kill(process_, SIGKILL);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = 0;
        EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
    }

    std::vector<std::int64_t> acknowledged() const {
        std::vector<std::int64_t> ids;
        for (std::size_t begin = 0, end = 0; (end = text_.find('\n', begin)) != std::string::npos; begin = end + 1) {
            ids.push_back(std::stoll(text_.substr(begin, end - begin)));
        }
        return ids;
    }

private:
    pid_t process_ = 0;
    int output_ = -1;
    std::string text_;
};

std::vector<std::int64_t> kept_in(const std::string& file) {
    const auto database = db::open("sqlite:" + file);
    std::vector<std::int64_t> ids;
    auto look = [&](db::Transaction& tx) {
        EXPECT_EQ(tx.row<Kept>(check_integrity)->id, 0);
        for (const auto& row : tx.rows<Kept>(list_kept)) ids.push_back(row.id);
    };
    run(database->read(look));
    return ids;
}

TEST(Durability, every_acknowledged_write_survives_a_kill) {
    const db::sqlite::TemporaryFolder folder;
    const std::string file = folder.path() / "test.db";
    const auto seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);

    std::vector<std::int64_t> acknowledged;
    for (int round = 0; round < 10; ++round) {
        Child child(file, round * 1'000'000);
        // Not by time, which on a slow machine would fall before the first write.
        const std::size_t moment = std::uniform_int_distribution<std::size_t>(1, 300)(random);
        while (child.lines() < moment) ASSERT_TRUE(child.read_some());
        child.kill();
        while (child.read_some()) {
        }

        std::ranges::copy(child.acknowledged(), std::back_inserter(acknowledged));
        std::ranges::sort(acknowledged);
        const auto kept = kept_in(file);
        std::vector<std::int64_t> lost;
        std::ranges::set_difference(acknowledged, kept, std::back_inserter(lost));
        EXPECT_EQ(lost, std::vector<std::int64_t>{}) << "in round " << round;
        EXPECT_GE(acknowledged.size(), moment);
    }
}

}  // namespace
}  // namespace symbolon
