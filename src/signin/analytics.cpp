#include "signin/analytics.hpp"

#include "base/encoding.hpp"
#include "directory/auth_events.hpp"
#include "directory/log_lines.hpp"
#include "directory/users.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

std::string_view name_of(AnalyticsEvent what) {
    switch (what) {
        case AnalyticsEvent::sign_up:
            return "_userauth.sign_up";
        case AnalyticsEvent::sign_in:
            return "_userauth.sign_in";
        case AnalyticsEvent::auth_fail:
            break;
    }
    return "_userauth.auth_fail";
}

/// The application's id, which is also the end of its ARN; "": the client names none.
std::string application_of(const directory::Client& client) {
    const auto& configuration = client.settings.AnalyticsConfiguration;
    if (!configuration) return {};
    if (configuration->ApplicationId) return configuration->ApplicationId->str();
    if (!configuration->ApplicationArn) return {};
    const auto& arn = configuration->ApplicationArn->str();
    return arn.substr(arn.rfind('/') + 1);
}

json::object endpoint_of(const directory::User& user) {
    json::object attributes;
    for (const auto& [name, value] : user.attributes) attributes[name] = json::array{json::string(value)};
    return {{"User", json::object{{"UserId", user.id.str()}, {"UserAttributes", std::move(attributes)}}}};
}

}  // namespace

bool wants_analytics(const Services& services, const directory::Client& client) {
    return services.delivers_logs && !application_of(client).empty();
}

void tell_analytics(const Services& services, db::Transaction& tx, const directory::Pool& pool,
                    const directory::Client& client, const UserId& user, AnalyticsEvent what, Instant now) {
    if (!wants_analytics(services, client)) return;
    const auto application = application_of(client);
    const auto visitor = to_hex(services.sealer.keyed_hash("analytics", application, user.str()));
    json::object line{
        {"event_type", name_of(what)},
        {"event_timestamp", to_ms(now)},
        {"event_version", "3.1"},
        {"application", json::object{{"app_id", application}}},
        {"client", json::object{{"client_id", visitor}}},
        {"attributes", json::object{{"user_pool_id", pool.id.str()}, {"user_pool_client_id", client.id.str()}}}};
    if (client.settings.AnalyticsConfiguration->UserDataShared.value_or(false)) {
        if (const auto known = directory::Users(tx).find(pool.id, user)) line["endpoint"] = endpoint_of(*known);
    }
    directory::LogLines(tx).put({.pool_id = pool.id,
                                 .line_id = directory::make_event_id(services.random, now),
                                 .destination = "pinpoint:" + application,
                                 .line = json::serialize(line)},
                                now);
}

}  // namespace symbolon::signin
