#include "directory/risk_configurations.hpp"

#include "base/error.hpp"
#include "base/ip_address.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

DocumentKey key_of(const PoolId& pool, const std::string& client) {
    return {pool, document_kind::risk, client};
}

/// `192.0.2.0/24`, `2001:db8::/32` (RFC 4632 §3.1, RFC 4291 §2.3). A single address says that it is one: `/32`.
bool is_cidr_block(const std::string& text) {
    return text.find('/') != std::string::npos && IpBlock::parse(text);
}

void check_ranges(const std::optional<IpRangeList>& ranges) {
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

RiskContent RiskConfigurations::in_force(const PoolId& pool, const ClientId& client) {
    auto found = find(pool, client.str());
    if (!found) found = find(pool, std::string(for_all_clients));
    return found ? std::move(found->content) : RiskContent();
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
