#include "directory/log_lines.hpp"

#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class LogLinesStore : public DirectoryTest {
protected:
    void put(const PoolId& of, const std::string& id) {
        write([&](db::Transaction& tx) { LogLines(tx).put({of, id, "arn:" + id, R"({"id":")" + id + R"("})"}, noon); });
    }
    std::vector<std::string> take(int limit) {
        std::vector<std::string> out;
        for (const auto& line : write([&](db::Transaction& tx) { return LogLines(tx).take(limit); }))
            out.push_back(line.pool_id.str() + " " + line.line_id + " " + line.destination + " " + line.line);
        return out;
    }
    bool any() {
        return read([](db::Transaction& tx) { return LogLines(tx).any(); });
    }
};

TEST_P(LogLinesStore, are_taken_once_and_the_oldest_first_whosever_they_are) {
    EXPECT_FALSE(any());
    const PoolId a("us-east-1_a");
    const PoolId b("us-east-1_b");
    put(b, "2");
    put(a, "3");
    put(a, "1");
    EXPECT_TRUE(any());
    EXPECT_EQ(take(2),
              (std::vector<std::string>{R"(us-east-1_a 1 arn:1 {"id":"1"})", R"(us-east-1_b 2 arn:2 {"id":"2"})"}));
    EXPECT_EQ(take(2), (std::vector<std::string>{R"(us-east-1_a 3 arn:3 {"id":"3"})"}));
    EXPECT_TRUE(take(2).empty());
    EXPECT_FALSE(any());
}

TEST_P(LogLinesStore, go_where_the_pool_says_for_each_source) {
    const auto pool = create_pool("us-east-1_a");
    const auto destination = [&](EventSourceName source) {
        return read([&](db::Transaction& tx) { return find_log_destination(tx, pool.id, source); });
    };
    EXPECT_EQ(destination(EventSourceName::userAuthEvents), std::nullopt);
    LogConfigurationType messages;
    messages.LogLevel = LogLevel::ERROR;
    messages.EventSource = EventSourceName::userNotification;
    messages.CloudWatchLogsConfiguration.emplace().LogGroupArn = "arn:aws:logs:us-east-1:000000000000:log-group:a";
    LogConfigurationType events;
    events.LogLevel = LogLevel::INFO;
    events.EventSource = EventSourceName::userAuthEvents;
    events.FirehoseConfiguration.emplace().StreamArn = "arn:aws:firehose:us-east-1:000000000000:deliverystream/b";
    write([&](db::Transaction& tx) { LogDelivery(tx).put(pool.id, LogConfigurations{messages, events}, noon); });
    EXPECT_EQ(destination(EventSourceName::userNotification), "arn:aws:logs:us-east-1:000000000000:log-group:a");
    EXPECT_EQ(destination(EventSourceName::userAuthEvents), "arn:aws:firehose:us-east-1:000000000000:deliverystream/b");
    events.FirehoseConfiguration.reset();
    events.S3Configuration.emplace().BucketArn = "arn:aws:s3:::c";
    write([&](db::Transaction& tx) { LogDelivery(tx).put(pool.id, LogConfigurations{events}, noon); });
    EXPECT_EQ(destination(EventSourceName::userAuthEvents), "arn:aws:s3:::c");
    EXPECT_EQ(destination(EventSourceName::userNotification), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Engines, LogLinesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
