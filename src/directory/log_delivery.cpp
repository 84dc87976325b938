#include "directory/log_delivery.hpp"

#include "base/error.hpp"
#include "directory/pool_documents.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::directory {
namespace {

DocumentKey key_of(const PoolId& pool) {
    return {pool, document_kind::logs, std::string(for_all_clients)};
}

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

void check_one(const LogConfigurationType& one) {
    const std::string source(to_name(one.EventSource));
    const bool of_messages = one.EventSource == EventSourceName::userNotification;
    const auto level = of_messages ? LogLevel::ERROR : LogLevel::INFO;
    if (one.LogLevel != level) refuse("The log level of " + source + " must be " + std::string(to_name(level)) + ".");
    const bool to_group = one.CloudWatchLogsConfiguration && one.CloudWatchLogsConfiguration->LogGroupArn;
    const bool to_bucket = one.S3Configuration && one.S3Configuration->BucketArn;
    const bool to_stream = one.FirehoseConfiguration && one.FirehoseConfiguration->StreamArn;
    if (to_group + to_bucket + to_stream != 1) refuse("Exactly one destination must be given for " + source + ".");
    if (of_messages && !to_group) refuse("The logs of " + source + " can go to CloudWatch Logs only.");
}

/// Letters, digits and _+=/,.@- as in the pattern of ARNs.
bool is_part(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_+=/,.@-").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

bool is_s3_arn(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto colon = text.find(':');
        parts.push_back(text.substr(0, colon));
        if (colon == std::string_view::npos || parts.size() > 8) break;
        text.remove_prefix(colon + 1);
    }
    if (parts.size() < 6 || parts.size() > 8 || parts[0] != "arn") return false;
    if (!parts[3].empty() || !parts[4].empty()) return false;
    if (!is_part(parts[1]) || !is_part(parts[2])) return false;
    return std::all_of(parts.begin() + 5, parts.end(), is_part);
}

void check_log_delivery(const LogConfigurations& configurations) {
    for (std::size_t i = 0; i < configurations.size(); ++i) {
        check_one(configurations[i]);
        for (std::size_t j = 0; j < i; ++j)
            if (configurations[i].EventSource == configurations[j].EventSource)
                refuse("An event source can be configured only once.");
    }
}

LogConfigurations LogDelivery::get(const PoolId& pool) {
    auto found = find_document<LogContent>(tx_, key_of(pool));
    return found ? std::move(found->content.configurations) : LogConfigurations();
}

void LogDelivery::put(const PoolId& pool, const LogConfigurations& configurations, Instant now) {
    const Document<LogContent> document{
        .name = std::string(for_all_clients), .content = LogContent{configurations}, .created = now, .modified = now};
    PoolDocuments(tx_).put(pool, document_kind::logs, to_stored_document(document));
}

}  // namespace symbolon::directory
