#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/shape/list.hpp"
#include "base/shape/text.hpp"
#include "db/transaction.hpp"
#include "directory/shapes.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>

/// Where a pool's logs are to go (cognito-api.md §2.18, §5.11). Nothing is sent to AWS: log_lines.hpp.
namespace symbolon::directory {

bool is_s3_arn(std::string_view text);

namespace shape {
inline constexpr Pattern s3_arn{R"(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?)",
                                is_s3_arn};
using S3Arn = Text<struct S3ArnTag, 3, 1024, s3_arn>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(LogLevel, ERROR, INFO)
BOOST_DEFINE_ENUM_CLASS(EventSourceName, userAuthEvents, userNotification)

struct CloudWatchLogsConfigurationType {
    std::optional<shape::Arn> LogGroupArn;
};
BOOST_DESCRIBE_STRUCT(CloudWatchLogsConfigurationType, (), (LogGroupArn))

struct S3ConfigurationType {
    std::optional<shape::S3Arn> BucketArn;
};
BOOST_DESCRIBE_STRUCT(S3ConfigurationType, (), (BucketArn))

struct FirehoseConfigurationType {
    std::optional<shape::Arn> StreamArn;
};
BOOST_DESCRIBE_STRUCT(FirehoseConfigurationType, (), (StreamArn))

struct LogConfigurationType {
    directory::LogLevel LogLevel{};
    EventSourceName EventSource{};
    std::optional<CloudWatchLogsConfigurationType> CloudWatchLogsConfiguration;
    std::optional<S3ConfigurationType> S3Configuration;
    std::optional<FirehoseConfigurationType> FirehoseConfiguration;
};
BOOST_DESCRIBE_STRUCT(LogConfigurationType, (),
                      (LogLevel, EventSource, CloudWatchLogsConfiguration, S3Configuration, FirehoseConfiguration))

using LogConfigurations = List<LogConfigurationType, 0, 2>;

/// What is stored.
struct LogContent {
    LogConfigurations configurations;
};
BOOST_DESCRIBE_STRUCT(LogContent, (), (configurations))

/// Fails: invalid_parameter (an event source twice, a level that is not the source's, not exactly one destination, one
/// that the source cannot have).
void check_log_delivery(const LogConfigurations& configurations);

class LogDelivery {
public:
    explicit LogDelivery(db::Transaction& tx) : tx_(tx) {}

    /// Empty when none was set.
    LogConfigurations get(const PoolId& pool);
    void put(const PoolId& pool, const LogConfigurations& configurations, Instant now);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
