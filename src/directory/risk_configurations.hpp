#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/shape/list.hpp"
#include "base/shape/text.hpp"
#include "db/transaction.hpp"
#include "directory/pool_documents.hpp"
#include "directory/shapes.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

/// What threat protection is to do about risks (cognito-api.md §2.17, §5.11), for a pool and for clients that differ.
namespace symbolon::directory {

namespace shape {
using EmailNotificationSubject = Text<struct EmailNotificationSubjectTag, 1, 140, pattern::subject>;
inline constexpr Pattern notification_body_form{R"([\p{L}\p{M}\p{S}\p{N}\p{P}\s*]+)", is_message};
using EmailNotificationBody = Text<struct EmailNotificationBodyTag, 6, 20000, notification_body_form>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(EventFilterType, PASSWORD_CHANGE, SIGN_IN, SIGN_UP)
BOOST_DEFINE_ENUM_CLASS(CompromisedCredentialsEventActionType, BLOCK, NO_ACTION)
BOOST_DEFINE_ENUM_CLASS(AccountTakeoverEventActionType, BLOCK, MFA_IF_CONFIGURED, MFA_REQUIRED, NO_ACTION)

struct CompromisedCredentialsActionsType {
    CompromisedCredentialsEventActionType EventAction{};
};
BOOST_DESCRIBE_STRUCT(CompromisedCredentialsActionsType, (), (EventAction))

struct CompromisedCredentialsRiskConfigurationType {
    std::optional<List<EventFilterType>> EventFilter;
    CompromisedCredentialsActionsType Actions;
};
BOOST_DESCRIBE_STRUCT(CompromisedCredentialsRiskConfigurationType, (), (EventFilter, Actions))

struct NotifyEmailType {
    shape::EmailNotificationSubject Subject;
    std::optional<shape::EmailNotificationBody> HtmlBody;
    std::optional<shape::EmailNotificationBody> TextBody;
};
BOOST_DESCRIBE_STRUCT(NotifyEmailType, (), (Subject, HtmlBody, TextBody))

struct NotifyConfigurationType {
    std::optional<shape::PlainString> From;
    std::optional<shape::PlainString> ReplyTo;
    shape::Arn SourceArn;
    std::optional<NotifyEmailType> BlockEmail;
    std::optional<NotifyEmailType> NoActionEmail;
    std::optional<NotifyEmailType> MfaEmail;
};
BOOST_DESCRIBE_STRUCT(NotifyConfigurationType, (), (From, ReplyTo, SourceArn, BlockEmail, NoActionEmail, MfaEmail))

struct AccountTakeoverActionType {
    bool Notify = false;
    AccountTakeoverEventActionType EventAction{};
};
BOOST_DESCRIBE_STRUCT(AccountTakeoverActionType, (), (Notify, EventAction))

struct AccountTakeoverActionsType {
    std::optional<AccountTakeoverActionType> LowAction;
    std::optional<AccountTakeoverActionType> MediumAction;
    std::optional<AccountTakeoverActionType> HighAction;
};
BOOST_DESCRIBE_STRUCT(AccountTakeoverActionsType, (), (LowAction, MediumAction, HighAction))

struct AccountTakeoverRiskConfigurationType {
    std::optional<NotifyConfigurationType> NotifyConfiguration;
    AccountTakeoverActionsType Actions;
};
BOOST_DESCRIBE_STRUCT(AccountTakeoverRiskConfigurationType, (), (NotifyConfiguration, Actions))

using IpRangeList = List<shape::PlainString, 0, 200>;

struct RiskExceptionConfigurationType {
    std::optional<IpRangeList> BlockedIPRangeList;
    std::optional<IpRangeList> SkippedIPRangeList;
};
BOOST_DESCRIBE_STRUCT(RiskExceptionConfigurationType, (), (BlockedIPRangeList, SkippedIPRangeList))

/// What SetRiskConfiguration takes, and what is stored.
struct RiskContent {
    std::optional<CompromisedCredentialsRiskConfigurationType> CompromisedCredentialsRiskConfiguration;
    std::optional<AccountTakeoverRiskConfigurationType> AccountTakeoverRiskConfiguration;
    std::optional<RiskExceptionConfigurationType> RiskExceptionConfiguration;

    bool empty() const {
        return !CompromisedCredentialsRiskConfiguration && !AccountTakeoverRiskConfiguration &&
               !RiskExceptionConfiguration;
    }
};
BOOST_DESCRIBE_STRUCT(RiskContent, (),
                      (CompromisedCredentialsRiskConfiguration, AccountTakeoverRiskConfiguration,
                       RiskExceptionConfiguration))

using RiskConfiguration = Document<RiskContent>;

/// Fails: invalid_parameter (a range that is no CIDR block, or that is both blocked and skipped).
void check_risk(const RiskContent& content);

class RiskConfigurations {
public:
    explicit RiskConfigurations(db::Transaction& tx) : tx_(tx) {}

    /// Of a client ("ALL": of those that have none of their own), exactly.
    std::optional<RiskConfiguration> find(const PoolId& pool, const std::string& client);
    /// What holds for a client: its own as a whole, or else the pool's, or else nothing.
    RiskContent in_force(const PoolId& pool, const ClientId& client);
    /// Replaces it; one without anything is none. Returns what is stored now.
    std::optional<RiskConfiguration> put(const PoolId& pool, const std::string& client, const RiskContent& content,
                                         Instant now);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
