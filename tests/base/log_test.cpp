#include "base/log.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <string>
#include <thread>
#include <vector>

namespace symbolon {
namespace {

namespace json = boost::json;

TEST(Log, a_line_is_one_json_object_with_its_fields_in_order) {
    EXPECT_EQ(log::to_line(log::Level::warning, from_ms(1767323045007), "slow_request",
                           {{"path", "/x"}, {"ms", 31}, {"retried", true}}),
              R"({"time":"2026-01-02T03:04:05.007Z","level":"warning","event":"slow_request",)"
              R"("path":"/x","ms":31,"retried":true})"
              "\n");
}

TEST(Log, logged_text_cannot_forge_a_line_or_a_member) {
    const std::string hostile = "x\",\"level\":\"error\n{}\r\t\\ \x1B[31m\x7F \xC2\xA0";
    const std::string line = log::to_line(log::Level::info, from_ms(0), "e", {{"name", hostile}});
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(line.find('\x1B'), std::string::npos);
    const json::object parsed = json::parse(line).as_object();
    EXPECT_EQ(parsed.size(), 4u);
    EXPECT_EQ(parsed.at("name").as_string(), hostile);
    EXPECT_EQ(parsed.at("level").as_string(), "info");
}

TEST(Log, bytes_that_are_not_utf8_are_replaced) {
    const std::string line = log::to_line(log::Level::info, from_ms(0), "e", {{"name", "\xFF\xC3"}});
    EXPECT_EQ(json::parse(line).at("name").as_string(), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Log, a_field_name_is_escaped_as_well) {
    const std::string line = log::to_line(log::Level::info, from_ms(0), "e", {{"a\"b", 1}});
    EXPECT_EQ(json::parse(line).at("a\"b").as_int64(), 1);
}

TEST(Log, lines_of_several_threads_do_not_mix) {
    testing::internal::CaptureStderr();
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([t] {
                for (int i = 0; i < 50; ++i) log::info("line", {{"thread", t}, {"text", std::string(300, 'x')}});
            });
        }
    }
    const std::string written = testing::internal::GetCapturedStderr();
    std::size_t lines = 0;
    for (std::size_t at = 0; at < written.size();) {
        const std::size_t end = written.find('\n', at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_EQ(json::parse(written.substr(at, end - at)).at("event").as_string(), "line");
        at = end + 1;
        ++lines;
    }
    EXPECT_EQ(lines, 200u);
}

TEST(Log, lines_below_the_level_are_not_written) {
    testing::internal::CaptureStderr();
    log::set_level(log::Level::error);
    log::warning("quiet");
    log::error("loud");
    log::set_level(log::Level::info);
    log::debug("quiet");
    const std::string written = testing::internal::GetCapturedStderr();
    EXPECT_NE(written.find("loud"), std::string::npos);
    EXPECT_EQ(written.find("quiet"), std::string::npos);
}

TEST(Log, levels_are_parsed_by_their_exact_names) {
    EXPECT_EQ(log::parse_level("debug"), log::Level::debug);
    EXPECT_EQ(log::parse_level("error"), log::Level::error);
    EXPECT_FALSE(log::parse_level("Error"));
    EXPECT_FALSE(log::parse_level(""));
}

}  // namespace
}  // namespace symbolon
