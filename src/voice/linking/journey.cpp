#include "voice/linking/journey.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::minutes linking_life{15};
constexpr std::chrono::seconds refresh_margin{60};
constexpr std::chrono::seconds longest_life = std::chrono::years(100);  // whatever a server says, a date can be made

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

/// At most so many bytes, and still text.
std::string shortened(const std::string& text, std::size_t most) {
    return replace_invalid_utf8(text.substr(0, most));
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
    return now + std::min(std::chrono::seconds(*seconds), longest_life);
}

std::string make_user_id(crypto::Random& random) {
    return "amzn1.ask.account." + random.uuid();
}

bool is_due(const Enablement& enablement, Instant now) {
    return enablement.status == LinkStatus::linked && enablement.expires && now >= *enablement.expires - refresh_margin;
}

/// A person who never spoke to the skill before has a standing with it from here on.
Enablement find_or_make(Store& store, const std::string& skill_id, const std::string& new_user) {
    if (auto found = store.find_enablement(skill_id)) return std::move(*found);
    Enablement made;
    made.skill_id = skill_id;
    made.user_id = new_user;
    store.save_enablement(made);
    return made;
}

bool has_same_tokens(const Enablement& a, const Enablement& b) {
    return crypto::equal_in_constant_time(a.access_token, b.access_token) &&
           crypto::equal_in_constant_time(a.refresh_token, b.refresh_token);
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
    : parts_(parts),
      identity_(identity),
      base_url_(std::move(base_url)),
      token_client_(parts_.client, parts_.patience.token_endpoint) {}

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
        co_return failed(std::move(outcome), "oauth_error:" + shortened(*error, 60),
                         shortened(answer.get("error_description"), 300));
    }
    if (const auto token = answer.find("access_token")) {
        const auto config = [&](db::Transaction& tx) {
            return Store(tx, parts_.sealer).find_linking(outcome.skill_id);
        };
        auto stored = co_await parts_.db.read(config);
        if (!stored || stored->config.type != GrantType::IMPLICIT)
            co_return failed(std::move(outcome), "missing_code", "");
        TokenAnswer given;
        given.access_token = *token;
        co_await save_tokens(outcome.skill_id, std::move(*stored), std::move(given));
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
    const auto new_user = make_user_id(parts_.random);
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto enablement = find_or_make(store, skill_id, new_user);
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
    auto enablement = co_await load(skill_id);
    if (!is_due(enablement, parts_.clock.now())) co_return enablement;
    const auto turn = co_await refreshes_.take(skill_id);
    enablement = co_await load(std::move(skill_id));  // perhaps it was refreshed by the one before
    if (!is_due(enablement, parts_.clock.now())) co_return enablement;
    co_return co_await refreshed(std::move(enablement));
}

Task<Enablement> Journey::load(std::string skill_id) {
    const auto new_user = make_user_id(parts_.random);
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        return find_or_make(store, skill_id, new_user);
    };
    co_return co_await parts_.db.write(work);
}

Task<Enablement> Journey::refreshed(Enablement old) {
    const auto find = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_linking(old.skill_id); };
    auto linking = co_await parts_.db.read(find);
    if (!linking) co_return old;
    TokenResult result = TokenFailure{"missing_refresh_token", "", true};
    if (!old.refresh_token.empty()) result = co_await token_client_.refresh(*linking, old.refresh_token);
    const auto* failure = std::get_if<TokenFailure>(&result);
    // The server is down: the link stays, the next request tries again.
    if (failure != nullptr && !failure->final) co_return old;
    auto next = old;
    if (failure != nullptr) {
        next.status = LinkStatus::broken;
        next.access_token.clear();
        next.refresh_token.clear();
    } else {
        const auto& tokens = std::get<TokenAnswer>(result);
        next.access_token = tokens.access_token;
        if (!tokens.refresh_token.empty()) next.refresh_token = tokens.refresh_token;
        next.expires = expiry(tokens, linking->config, parts_.clock.now());
    }
    const auto new_user = make_user_id(parts_.random);
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        const auto stored = store.find_enablement(old.skill_id);
        // The person unlinked, or linked anew, while the server was asked: what it said is about the past.
        if (!stored || !has_same_tokens(*stored, old)) return find_or_make(store, old.skill_id, new_user);
        store.save_enablement(next);
        return next;
    };
    co_return co_await parts_.db.write(work);
}

}  // namespace symbolon::voice
