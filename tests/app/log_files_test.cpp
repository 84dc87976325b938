#include "app/log_files.hpp"

#include "app/temporary_folder.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/run.hpp"
#include "db/database.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace symbolon::app {
namespace {

constexpr std::string_view group = "arn:aws:logs:us-east-1:000000000000:log-group:/a/b";

class LogFilesTest : public testing::Test {
protected:
    static directory::LogLine line(const std::string& text, std::string_view destination = group) {
        return {PoolId("us-east-1_a"), "1", std::string(destination), text};
    }
    std::string path_of(std::string_view destination) const {
        return folder.path() + "/logs/" + log_file_name(destination);
    }
    std::string content(std::string_view destination = group) const {
        std::ifstream file(path_of(destination));
        std::ostringstream out;
        out << file.rdbuf();
        return out.str();
    }

    TemporaryFolder folder;
    LogFiles files{folder.path() + "/logs"};
};

TEST_F(LogFilesTest, hold_a_line_each_of_their_own_destination) {
    const std::string_view other = "arn:aws:s3:::bucket";
    files.append({line("{\"a\":1}"), line("{\"b\":2}", other), line("{\"c\":3}")});
    files.append({line("{\"d\":4}")});
    EXPECT_EQ(content(), "{\"a\":1}\n{\"c\":3}\n{\"d\":4}\n");
    EXPECT_EQ(content(other), "{\"b\":2}\n");
    EXPECT_EQ(files.lost(), 0U);
    struct stat status{};
    ASSERT_EQ(::stat(path_of(group).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

// Attack row 40.
TEST_F(LogFilesTest, are_in_their_folder_whatever_an_arn_says) {
    const std::vector<std::string> arns{"arn:aws:logs:r:0:log-group:../../etc/passwd",
                                        "..",
                                        "/etc/passwd",
                                        "a/../b",
                                        "a_.._b",
                                        std::string("a\0b", 3),
                                        std::string(2048, 'a'),
                                        std::string(2047, 'a') + "b",
                                        "arn:aws:s3:::a",
                                        "arn:aws:s3:::a:"};
    std::set<std::string> names;
    for (const auto& arn : arns) {
        const auto name = log_file_name(arn);
        EXPECT_EQ(name.find_first_of("/\\"), std::string::npos) << name;
        EXPECT_EQ(name.find('\0'), std::string::npos);
        EXPECT_TRUE(name.ends_with(".jsonl")) << name;
        EXPECT_LE(name.size(), 160U);
        EXPECT_TRUE(names.insert(name).second) << "two destinations share " << name;
    }
}

TEST_F(LogFilesTest, do_not_follow_a_link_and_count_what_they_lose) {
    log::set_level(log::Level::error);
    std::filesystem::create_symlink(folder.path() + "/elsewhere", path_of(group));
    files.append({line("{}"), line("{}")});
    EXPECT_EQ(files.lost(), 2U);
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/elsewhere"));
}

TEST_F(LogFilesTest, begin_a_new_line_after_half_of_one) {
    std::ofstream(path_of(group)) << "{\"a\":";
    files.append({line("{}")});
    EXPECT_EQ(content(), "{\"a\":\n{}\n");
}

TEST_F(LogFilesTest, are_made_anew_when_they_were_moved_away) {
    files.append({line("1")});
    std::filesystem::rename(path_of(group), folder.path() + "/moved");
    files.append({line("2")});
    EXPECT_EQ(content(), "2\n");
}

TEST_F(LogFilesTest, get_what_waits_in_the_database) {
    const ManualClock clock{from_ms(1'800'000'000'000)};
    const auto db = db::open("sqlite::memory:");
    auto duty = make_log_duty(files);
    const auto due = [&] { return run(db->read([&](db::Transaction& tx) { return duty.is_due(tx, clock.now()); })); };
    EXPECT_FALSE(due());
    run(db->write([&](db::Transaction& tx) {
        for (const char* id : {"2", "1", "3"})
            directory::LogLines(tx).put({PoolId("us-east-1_a"), id, std::string(group), id}, clock.now());
    }));
    EXPECT_TRUE(due());
    directory::Claim claim(*db, {clock, directory::NodeId("node")}, duty.name);
    ASSERT_TRUE(run(claim.take()));
    EXPECT_EQ(run(duty.do_step(claim, clock.now(), 2)), 2);
    EXPECT_EQ(run(duty.do_step(claim, clock.now(), 2)), 1);
    EXPECT_EQ(content(), "1\n2\n3\n");
    EXPECT_FALSE(due());
}

}  // namespace
}  // namespace symbolon::app
