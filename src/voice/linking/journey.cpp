#include "voice/linking/journey.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::minutes linking_life{15};
constexpr std::chrono::seconds refresh_margin{60};

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

LinkOutcome failed(LinkOutcome outcome, std::string cause, std::string detail) {
    const auto explanation = explain(cause);
    outcome.linked = false;
    outcome.cause = std::move(cause);
    outcome.explanation = explanation.text;
    outcome.advice = explanation.advice;
    if (!outcome.steps.empty()) {
        outcome.steps.back().ok = false;
        outcome.steps.back().detail = std::move(detail);
    }
    return outcome;
}

std::optional<Instant> expiry(const TokenAnswer& tokens, const AccountLinking& config, Instant now) {
    const auto seconds = tokens.expires_in ? tokens.expires_in : config.defaultTokenExpirationInSeconds;
    if (!seconds) return std::nullopt;
    return now + std::chrono::seconds(*seconds);
}

}  // namespace

std::string authorization_url(const AccountLinking& config, const std::string& state, const std::string& redirect_uri) {
    std::string url = config.authorizationUrl;
    char separator = url.find('?') == std::string::npos ? '?' : '&';
    const auto add = [&](std::string_view name, const std::string& value) {
        url += separator + std::string(name) + "=" + percent_encode(value);
        separator = '&';
    };
    add("client_id", config.clientId);
    add("response_type", config.type == GrantType::IMPLICIT ? "token" : "code");
    add("state", state);
    if (config.scopes && !config.scopes->empty()) add("scope", join(*config.scopes));
    add("redirect_uri", redirect_uri);
    return url;
}

Journey::Journey(const Assistant::Parts& parts, const Identity& identity, std::string base_url)
    : parts_(parts), identity_(identity), base_url_(std::move(base_url)), token_client_(parts_.client) {}

Task<std::string> Journey::begin(std::string skill_id, std::string browser, std::size_t region) {
    const auto urls = redirect_urls(identity_.vendor_id);
    const auto redirect_uri = base_url_ + urls[region < urls.size() ? region : 0].path;
    const auto state = parts_.random.token();
    const auto expires = parts_.clock.now() + linking_life;
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        const auto linking = store.find_linking(skill_id);
        if (!linking) throw Error(Errc::resource_not_found, "Account linking is not set up for this skill.");
        store.save_state(state, browser, {skill_id, redirect_uri}, expires);
        return authorization_url(linking->config, state, redirect_uri);
    };
    co_return co_await parts_.db.write(work);
}

Task<LinkOutcome> Journey::finish(net::Form answer, std::string browser) {
    LinkOutcome outcome;
    outcome.steps.push_back({"The browser came back", true, "", {}});
    std::string_view why;
    const auto now = parts_.clock.now();
    const auto state = answer.get("state");
    const auto work = [&](db::Transaction& tx) {
        return Store(tx, parts_.sealer).consume_state(state, browser, now, why);
    };
    auto linking = co_await parts_.db.write(work);
    if (!linking) co_return failed(std::move(outcome), std::string(why), "");
    outcome.skill_id = linking->skill_id;
    if (const auto error = answer.find("error")) {
        co_return failed(std::move(outcome), "oauth_error:" + error->substr(0, 60),
                         answer.get("error_description").substr(0, 300));
    }
    if (const auto token = answer.find("access_token")) {
        const auto config = [&](db::Transaction& tx) {
            return Store(tx, parts_.sealer).find_linking(outcome.skill_id);
        };
        auto stored = co_await parts_.db.read(config);
        if (!stored || stored->config.type != GrantType::IMPLICIT)
            co_return failed(std::move(outcome), "missing_code", "");
        co_await save_tokens(outcome.skill_id, std::move(*stored), TokenAnswer{*token, "", {}, {}});
        outcome.linked = true;
        co_return outcome;
    }
    auto code = answer.get("code");
    if (code.empty()) co_return failed(std::move(outcome), "missing_code", "");
    co_return co_await redeem(std::move(outcome), std::move(*linking), std::move(code));
}

Task<LinkOutcome> Journey::redeem(LinkOutcome outcome, Store::Linking linking, std::string code) {
    const auto find = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_linking(linking.skill_id); };
    auto stored = co_await parts_.db.read(find);
    if (!stored) throw Error(Errc::resource_not_found, "Account linking is not set up for this skill.");
    outcome.steps.push_back({"The assistant exchanged the code for tokens", true, "", {}});
    auto result = co_await token_client_.exchange(*stored, std::move(code), linking.redirect_uri);
    if (auto* failure = std::get_if<TokenFailure>(&result)) {
        co_return failed(std::move(outcome), std::move(failure->code), std::move(failure->detail));
    }
    auto& tokens = std::get<TokenAnswer>(result);
    outcome.steps.back().milliseconds = tokens.took.count();
    outcome.steps.push_back({"The link is stored", true, "", {}});
    co_await save_tokens(linking.skill_id, std::move(*stored), std::move(tokens));
    outcome.linked = true;
    co_return outcome;
}

Task<void> Journey::save_tokens(std::string skill_id, StoredLinking linking, TokenAnswer tokens) {
    const auto now = parts_.clock.now();
    const auto new_user = "amzn1.ask.account." + parts_.random.uuid();
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto enablement = store.find_enablement(skill_id).value_or(Enablement{});
        enablement.skill_id = skill_id;
        if (enablement.user_id.empty()) enablement.user_id = new_user;
        enablement.status = LinkStatus::linked;
        enablement.access_token = tokens.access_token;
        enablement.refresh_token = tokens.refresh_token;
        enablement.scopes = linking.config.scopes ? join(*linking.config.scopes) : std::string{};
        enablement.linked = now;
        enablement.expires = expiry(tokens, linking.config, now);
        store.save_enablement(enablement);
    };
    co_await parts_.db.write(work);
}

Task<void> Journey::unlink(std::string skill_id) {
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).delete_enablement(skill_id); };
    co_await parts_.db.write(work);
}

Task<Enablement> Journey::current(std::string skill_id) {
    const auto now = parts_.clock.now();
    const auto new_user = "amzn1.ask.account." + parts_.random.uuid();
    std::optional<StoredLinking> linking;
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        linking = store.find_linking(skill_id);
        auto enablement = store.find_enablement(skill_id);
        if (!enablement) {
            enablement = Enablement{};
            enablement->skill_id = skill_id;
            enablement->user_id = new_user;
            store.save_enablement(*enablement);
        }
        return *enablement;
    };
    auto enablement = co_await parts_.db.write(work);
    const bool due =
        enablement.status == LinkStatus::linked && enablement.expires && now >= *enablement.expires - refresh_margin;
    if (!due || !linking) co_return enablement;
    co_return co_await refreshed(std::move(enablement), std::move(*linking));
}

Task<Enablement> Journey::refreshed(Enablement enablement, StoredLinking linking) {
    const auto now = parts_.clock.now();
    TokenResult result = TokenFailure{"missing_refresh_token", "", true};
    if (!enablement.refresh_token.empty()) result = co_await token_client_.refresh(linking, enablement.refresh_token);
    if (const auto* failure = std::get_if<TokenFailure>(&result)) {
        if (!failure->final) co_return enablement;  // the server is down: the link stays, the next request tries again
        enablement.status = LinkStatus::broken;
        enablement.access_token.clear();
        enablement.refresh_token.clear();
    } else {
        auto& tokens = std::get<TokenAnswer>(result);
        enablement.access_token = tokens.access_token;
        if (!tokens.refresh_token.empty()) enablement.refresh_token = tokens.refresh_token;
        enablement.expires = expiry(tokens, linking.config, now);
    }
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).save_enablement(enablement); };
    co_await parts_.db.write(work);
    co_return enablement;
}

}  // namespace symbolon::voice
