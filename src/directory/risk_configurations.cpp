#include "directory/risk_configurations.hpp"

#include "base/error.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace symbolon::directory {
namespace {

DocumentKey key_of(const PoolId& pool, const std::string& client) {
    return {pool, document_kind::risk, client};
}

/// `192.0.2.0/24`, `2001:db8::/32` (RFC 4632 §3.1, RFC 4291 §2.3).
bool is_cidr_block(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return false;
    const std::string address = text.substr(0, slash);
    const std::string_view length = std::string_view(text).substr(slash + 1);
    std::array<unsigned char, 16> ignored{};
    int most = 0;
    if (::inet_pton(AF_INET, address.c_str(), ignored.data()) == 1) most = 32;
    if (::inet_pton(AF_INET6, address.c_str(), ignored.data()) == 1) most = 128;
    int bits = -1;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), bits);
    const bool is_number = read.ec == std::errc{} && read.ptr == length.data() + length.size();
    return address.find('\0') == std::string::npos && is_number && bits >= 0 && bits <= most;
}

void check_ranges(const std::optional<List<shape::PlainString, 0, 200>>& ranges) {
    if (!ranges) return;
    for (const auto& range : *ranges)
        if (!is_cidr_block(range.str()))
            throw Error(Errc::invalid_parameter, "An IP range must be a CIDR block, such as 192.0.2.0/24.");
}

}  // namespace

void check_risk(const RiskContent& content) {
    const auto& exceptions = content.RiskExceptionConfiguration;
    if (!exceptions) return;
    check_ranges(exceptions->BlockedIPRangeList);
    check_ranges(exceptions->SkippedIPRangeList);
    if (!exceptions->BlockedIPRangeList || !exceptions->SkippedIPRangeList) return;
    const auto& skipped = *exceptions->SkippedIPRangeList;
    for (const auto& range : *exceptions->BlockedIPRangeList)
        if (std::find(skipped.begin(), skipped.end(), range) != skipped.end())
            throw Error(Errc::invalid_parameter, "An IP range cannot be blocked and skipped at once.");
}

std::optional<RiskConfiguration> RiskConfigurations::find(const PoolId& pool, const std::string& client) {
    return find_document<RiskContent>(tx_, key_of(pool, client));
}

std::optional<RiskConfiguration> RiskConfigurations::put(const PoolId& pool, const std::string& client,
                                                         const RiskContent& content, Instant now) {
    PoolDocuments documents(tx_);
    if (content.empty()) {
        documents.erase(key_of(pool, client));
        return std::nullopt;
    }
    const RiskConfiguration document{.name = client,
                                     .client_id = client == for_all_clients ? std::string() : client,
                                     .content = content,
                                     .created = now,
                                     .modified = now};
    documents.put(pool, document_kind::risk, to_stored_document(document));
    return find(pool, client);
}

}  // namespace symbolon::directory
