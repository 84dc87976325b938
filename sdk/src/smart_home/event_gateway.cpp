#include "symbolon/skill/smart_home/event_gateway.hpp"

#include "../json_read.hpp"
#include "grant_store.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace symbolon::skill::smart_home {
namespace {

constexpr std::chrono::seconds margin{60};  // a token that expires on the way is refused

/// The event names the user by the token that it is sent with.
void add_scope(json::object& event, const AccessToken& token) {
    const json::object scope{{"type", "BearerToken"}, {"token", token.reveal()}};
    auto& body = event.at("event").as_object();
    auto* endpoint = body.if_contains("endpoint");
    (endpoint == nullptr ? body.at("payload") : *endpoint).as_object()["scope"] = scope;
}

/// The code of a refusal, e.g. "SKILL_DISABLED_EXCEPTION".
std::string code_of(const HttpResponse& answer) {
    boost::system::error_code failure;
    const auto body = json::parse(answer.body, failure);
    const auto* payload = failure || !body.is_object() ? nullptr : find_object(body.get_object(), "payload");
    return std::string(payload == nullptr ? std::string_view{} : text_or_empty(*payload, "code").substr(0, 64));
}

}  // namespace

struct EventGateway::Impl {
    EventGatewayOptions options;
    LoginWithAmazon login;
    GrantStore grants;
    /// One refresh of a token at a time, since parallel ones may kill it; users that share a lock wait for each other.
    std::array<std::mutex, 64> refreshing;

    /// Nothing when the grant is gone. Fails: GrantError{unavailable}.
    std::optional<StoredGrant> refresh(const std::string& user, const StoredGrant& expired) {
        const std::lock_guard lock(refreshing.at(std::hash<std::string>{}(user) % refreshing.size()));
        auto current = grants.find(user);
        if (!current || current->version != expired.version) return current;
        try {
            grants.replace(user, login.refresh(current->tokens.refresh), current->version);
        } catch (const AttributesConflict&) {
            // Another process was faster; its tokens are the good ones.
        } catch (const GrantError& error) {
            if (error.kind() == GrantError::Kind::unavailable) throw;
            options.log(LogLevel::warning, "grant_refused", error.what());
            grants.remove(user);
        }
        return grants.find(user);
    }

    HttpResponse post(json::object event, const AccessToken& token) const {
        add_scope(event, token);
        return options.fetch(
            {.method = "POST",
             .url = options.url,
             .headers = {{"Authorization", "Bearer " + token.reveal()}, {"Content-Type", "application/json"}},
             .body = json::serialize(event),
             .limit = options.limit,
             .ca_file = options.ca_file});
    }

    Delivery outcome(const std::string& user, const HttpResponse& answer) const {
        if (answer.status >= 200 && answer.status < 300) return Delivery::accepted;
        const auto code = code_of(answer);
        options.log(LogLevel::warning, "event_refused", std::to_string(answer.status) + ' ' + code);
        if (answer.status == 403 && code == "SKILL_DISABLED_EXCEPTION") {
            grants.remove(user);
            return Delivery::no_grant;
        }
        const bool later = answer.status == 401 || answer.status == 429 || answer.status >= 500;
        return later ? Delivery::unavailable : Delivery::refused;
    }

    Delivery send(const std::string& user, const json::object& event) {
        auto grant = grants.find(user);
        if (grant && grant->tokens.expires_at <= options.now() + margin) grant = refresh(user, *grant);
        if (!grant) return Delivery::no_grant;
        auto answer = post(event, grant->tokens.access);
        if (answer.status == 401) {
            grant = refresh(user, *grant);
            if (!grant) return Delivery::no_grant;
            answer = post(event, grant->tokens.access);
        }
        return outcome(user, answer);
    }
};

EventGateway::EventGateway(EventGatewayOptions options) {
    LoginWithAmazon login(options.login);
    GrantStore grants(options.store, options.master_key);
    impl_.reset(new Impl{std::move(options), std::move(login), std::move(grants), {}});
}
EventGateway::~EventGateway() = default;
EventGateway::EventGateway(EventGateway&&) noexcept = default;

void EventGateway::accept_grant(const std::string& user, const AccessToken& code) const {
    impl_->grants.put(user, impl_->login.exchange(code));
}

void EventGateway::forget(const std::string& user) const {
    impl_->grants.remove(user);
}

Delivery EventGateway::send(const std::string& user, json::object event) const {
    try {
        return impl_->send(user, event);
    } catch (const FetchError& error) {
        impl_->options.log(LogLevel::warning, "event_gateway_unavailable", error.what());
    } catch (const GrantError& error) {
        impl_->options.log(LogLevel::warning, "grant_unavailable", error.what());
    }
    return Delivery::unavailable;
}

}  // namespace symbolon::skill::smart_home
