#include "voice/linking/journey.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "base/utf8.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/linking/look_ahead.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::minutes linking_life{15};
constexpr std::chrono::milliseconds between_exchanges{200};
constexpr std::chrono::seconds longest_life = std::chrono::years(100);  // whatever a server says, a date can be made

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

/// What goes into the link's log of a linking: how it ended, and each step with its evidence.
std::vector<LinkLogLine> lines_of(const LinkOutcome& outcome, Instant at) {
    std::vector<LinkLogLine> out;
    for (const auto& step : outcome.steps) {
        auto detail = step.title + (step.detail.empty() ? "" : ": " + step.detail);
        if (!step.evidence.asked.empty()) detail += "\n" + step.evidence.asked + "\n" + step.evidence.answered;
        out.push_back({at, "linking", step.ok, std::move(detail)});
    }
    out.push_back({at, outcome.linked ? "linked" : "not_linked", outcome.linked, outcome.cause});
    return out;
}

/// The region after the given one, in the platform's family (FI-08).
const Platform& another_region(const Platform& platform, std::string_view choice) {
    std::vector<const Platform*> family;
    for (const auto& other : platforms()) {
        if (other.family == platform.family && other.pkce == platform.pkce) family.push_back(&other);
    }
    const auto at = static_cast<std::size_t>(std::ranges::find(family, &platform) - family.begin());
    return *family[(at + (choice == "second" ? 1 : 2)) % family.size()];
}

std::string authorization_url_of_app(const AccountLinking& config, const std::string& app) {
    const auto type = parse_choice<PlatformType>(app);
    if (!type || !config.authorizationUrlsByPlatform) return config.authorizationUrl;
    for (const auto& [platform, url] : *config.authorizationUrlsByPlatform) {
        if (platform == *type) return url;
    }
    return config.authorizationUrl;
}

Error not_set_up() {
    return Error(Errc::resource_not_found, "Account linking is not set up for this skill.");
}

}  // namespace

std::optional<Instant> token_expiry(const TokenAnswer& tokens, const AccountLinking& config, Instant now) {
    const auto seconds = tokens.expires_in ? tokens.expires_in : config.defaultTokenExpirationInSeconds;
    if (!seconds) return std::nullopt;
    return now + std::min(std::chrono::seconds(*seconds), longest_life);
}

std::string make_user_id(crypto::Random& random) {
    return "amzn1.ask.account." + random.uuid();
}

Enablement find_or_make_enablement(Store& store, const std::string& skill_id, const std::string& account,
                                   const std::string& new_user, bool* is_new) {
    auto found = store.find_enablement(skill_id, account);
    if (is_new != nullptr) *is_new = !found;
    if (found) return std::move(*found);
    Enablement made;
    made.skill_id = skill_id;
    made.account = account;
    made.user_id = new_user;
    store.save_enablement(made);
    return made;
}

Journey::Journey(const Assistant::Parts& parts, const Identity& identity, std::string base_url)
    : parts_(parts),
      identity_(identity),
      base_url_(std::move(base_url)),
      token_client_(parts_.client, parts_.patience.token_endpoint),
      lwa_(parts_),
      after_link_(parts_, lwa_, hooks, base_url_) {}

Task<Journey::Skills> Journey::load_skill(std::string skill_id) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        Skills out;
        out.skill = store.find_skill(skill_id);
        out.linking = store.find_linking(skill_id);
        out.behaviour = Behaviours(tx).find(skill_id);
        return out;
    };
    co_return co_await parts_.db.read(work);
}

Task<std::string> Journey::begin(std::string skill_id, std::string browser, Start start) {
    const auto* wanted = find_platform(start.platform);
    if (wanted == nullptr) throw Error(Errc::invalid_parameter, "There is no such platform.");
    auto skills = co_await load_skill(skill_id);
    if (!skills.is_complete()) throw not_set_up();
    const auto& behaviour = skills.behaviour;
    const auto region = behaviour.at("FI-08");
    const auto& receiver = region == "off" ? *wanted : another_region(*wanted, region);
    AuthorizationRequest request;
    request.state = make_state(parts_.random, behaviour);
    request.redirect_uri = behaviour.has("BR-03", "genuine") ? genuine_redirect_url(receiver, identity_.vendor_id)
                                                             : base_url_ + redirect_path(receiver, identity_.vendor_id);
    request.verifier = make_verifier(parts_.random, *wanted, behaviour);
    request.locale = skills.skill->locale();
    request.login_hint = start.login_hint;
    const Store::Linking linking{skill_id, request.redirect_uri, start.account, start.platform, request.verifier};
    const auto expires = parts_.clock.now() + linking_life;
    const auto work = [&](db::Transaction& tx) {
        Store(tx, parts_.sealer).save_state(request.state, browser, linking, expires);
    };
    co_await parts_.db.write(work);
    auto& config = skills.linking->config;
    config.authorizationUrl = authorization_url_of_app(config, start.app);
    auto url = authorization_url(config, *wanted, behaviour, request);
    if (start.app.empty()) co_await look_ahead(std::move(skill_id), std::move(start.account), url, behaviour);
    co_return url;
}

/// What the platform's servers, or a browser without cookies, meet on the way. The person goes it all the same.
Task<void> Journey::look_ahead(std::string skill_id, std::string account, std::string url, Behaviour behaviour) {
    std::vector<LinkLogLine> lines;
    const auto at = parts_.clock.now();
    if (behaviour.has("BR-02", "on")) {
        const auto seen = co_await look_ahead_as(parts_.client, url, Visitor::platform_servers);
        lines.push_back({at, "prefetch", seen.ok, seen.told(explain("prefetch"))});
    }
    if (behaviour.has("FI-09", "on")) {
        const auto seen = co_await look_ahead_as(parts_.client, url, Visitor::browser_without_cookies);
        lines.push_back({at, "no_cookies", seen.ok, seen.told(explain("no_cookies"))});
    }
    if (!lines.empty()) co_await log(std::move(skill_id), std::move(account), std::move(lines));
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
    outcome.account = linking->account;
    auto skills = co_await load_skill(linking->skill_id);
    if (!skills.is_complete()) throw not_set_up();
    outcome.platform_sentence = failure_sentence(platform_or_first(linking->platform), skills.skill->name());
    Target target{linking->skill_id, linking->account, linking->platform};
    const auto error = answer.find("error");
    const auto token = answer.find("access_token");
    auto code = answer.get("code");
    const bool implicit = skills.linking->config.type == GrantType::IMPLICIT;
    if (error) {
        outcome = failed(std::move(outcome), "oauth_error:" + shortened(*error, 60),
                         shortened(answer.get("error_description"), 300));
    } else if (token && implicit) {
        TokenAnswer given;
        given.access_token = *token;
        co_return co_await settle(std::move(outcome), std::move(target), std::move(skills), std::move(given));
    } else if (!token && !code.empty()) {
        CodeToExchange exchange{std::move(code), std::move(linking->redirect_uri), std::move(linking->verifier)};
        co_return co_await redeem(std::move(outcome), std::move(target), std::move(exchange), true);
    } else {
        outcome = failed(std::move(outcome), "missing_code", "");
    }
    co_await log(target.skill_id, target.account, lines_of(outcome, now));
    co_return outcome;
}

Task<LinkOutcome> Journey::link_with_code(std::string skill_id, std::string account, std::string code,
                                          std::string redirect_uri) {
    LinkOutcome outcome;
    outcome.skill_id = skill_id;
    outcome.account = account;
    outcome.steps.push_back({"The maker's app sent its code", true, "", {}});
    const auto skills = co_await load_skill(skill_id);
    if (!skills.is_complete()) throw not_set_up();
    const auto allowed = skills.linking->config.redirectUrls.value_or(std::vector<std::string>{});
    if (std::ranges::find(allowed, redirect_uri) == allowed.end()) {
        co_return failed(std::move(outcome), "redirect_not_allowed", "");
    }
    Target target{std::move(skill_id), std::move(account), "alexa-na"};
    CodeToExchange exchange{std::move(code), std::move(redirect_uri), ""};
    co_return co_await redeem(std::move(outcome), std::move(target), std::move(exchange), false);
}

Task<LinkOutcome> Journey::link_by_voice(std::string skill_id, std::string account) {
    LinkOutcome outcome;
    outcome.skill_id = skill_id;
    outcome.account = account;
    outcome.steps.push_back({"The person agreed by voice", true, "", {}});
    Target target{std::move(skill_id), std::move(account), "alexa-na"};
    auto redirect_uri = base_url_ + redirect_path(platform_or_first(target.platform), identity_.vendor_id);
    const std::string purpose = "login";
    auto code = co_await lwa_.make_code(purpose, target.skill_id, target.account, redirect_uri);
    CodeToExchange exchange{std::move(code), std::move(redirect_uri), ""};
    co_return co_await redeem(std::move(outcome), std::move(target), std::move(exchange), false);
}

Task<LinkOutcome> Journey::link_with_tokens(std::string skill_id, std::string account, std::string platform,
                                            TokenAnswer tokens) {
    LinkOutcome outcome;
    outcome.skill_id = skill_id;
    outcome.account = account;
    outcome.steps.push_back(
        {"The server gave tokens for the platform's assertion", true, "", tokens.took.count(), tokens.evidence});
    auto skills = co_await load_skill(skill_id);
    if (!skills.is_complete()) throw not_set_up();
    outcome.platform_sentence = failure_sentence(platform_or_first(platform), skills.skill->name());
    Target target{std::move(skill_id), std::move(account), std::move(platform)};
    co_return co_await settle(std::move(outcome), std::move(target), std::move(skills), std::move(tokens));
}

Task<LinkOutcome> Journey::redeem(LinkOutcome outcome, Target target, CodeToExchange code, bool may_hold) {
    auto skills = co_await load_skill(target.skill_id);
    if (!skills.is_complete()) throw not_set_up();
    const auto& behaviour = skills.behaviour;
    if (may_hold && !behaviour.has("FI-05", "off")) {
        const auto life = std::chrono::seconds(std::stoi(std::string(behaviour.at("FI-05"))));
        const auto due = parts_.clock.now() + life + std::chrono::seconds(1);
        outcome.steps.push_back({"The code waits", true, "", {}});
        outcome = failed(std::move(outcome), "code_held", "until " + to_iso8601(due));
        co_await hold(std::move(target), std::move(code), due);
        co_return outcome;
    }
    auto result = co_await exchange(skills, std::move(code), outcome.steps);
    if (auto* failure = std::get_if<TokenFailure>(&result)) {
        outcome = failed(std::move(outcome), std::move(failure->code), std::move(failure->detail));
        co_await log(target.skill_id, target.account, lines_of(outcome, parts_.clock.now()));
        co_return outcome;
    }
    auto& tokens = std::get<TokenAnswer>(result);
    co_return co_await settle(std::move(outcome), std::move(target), std::move(skills), std::move(tokens));
}

/// The exchange, or two of them; each is a step.
Task<TokenResult> Journey::exchange(Skills skills, CodeToExchange code, std::vector<LinkStep>& steps) {
    const auto add = [&steps](std::string title, const TokenResult& result) {
        const auto* tokens = std::get_if<TokenAnswer>(&result);
        LinkStep step{std::move(title), tokens != nullptr, cause_of(result), {}, evidence_of(result)};
        if (tokens != nullptr) step.milliseconds = tokens->took.count();
        steps.push_back(std::move(step));
    };
    const auto& linking = *skills.linking;
    const auto& behaviour = skills.behaviour;
    if (behaviour.has("FI-02", "on")) {
        auto [first, second] = co_await token_client_.exchange_twice(linking, behaviour, code, between_exchanges);
        add("The assistant exchanged the code for tokens", first);
        add("… and once more, 200 ms later", second);
        const bool first_is_good = std::holds_alternative<TokenAnswer>(first);
        co_return first_is_good ? std::move(first) : std::move(second);
    }
    if (behaviour.has("FI-01", "exchange")) {
        const auto lost = co_await token_client_.exchange(linking, behaviour, code);
        add("The assistant exchanged the code for tokens; the answer was lost (FI-01)", lost);
    }
    auto result = co_await token_client_.exchange(linking, behaviour, std::move(code));
    add("The assistant exchanged the code for tokens", result);
    co_return result;
}

/// Stores the link, then does what the platform does besides OAuth; if that fails, there is no link.
Task<LinkOutcome> Journey::settle(LinkOutcome outcome, Target target, Skills skills, TokenAnswer tokens) {
    outcome.steps.push_back({"The link is stored", true, "", {}});
    auto enablement = co_await save_tokens(target, *skills.linking, std::move(tokens));
    LinkedSkill link{std::move(*skills.skill), std::move(*skills.linking), std::move(skills.behaviour), enablement};
    auto greeted = co_await after_link_.greet(std::move(link));
    std::ranges::move(greeted.steps, std::back_inserter(outcome.steps));
    outcome.linked = greeted.cause.empty();
    if (!outcome.linked) {
        auto detail = outcome.steps.back().detail;
        outcome = failed(std::move(outcome), std::move(greeted.cause), std::move(detail));
        const auto forget = [&](db::Transaction& tx) {
            Enablement without;
            without.skill_id = enablement.skill_id;
            without.account = enablement.account;
            without.user_id = enablement.user_id;
            Store(tx, parts_.sealer).save_enablement(without);
        };
        co_await parts_.db.write(forget);
    }
    co_await log(target.skill_id, target.account, lines_of(outcome, parts_.clock.now()));
    if (outcome.linked) co_await tell(LinkEvent::Kind::account_linked, std::move(enablement));
    co_return outcome;
}

Task<Enablement> Journey::save_tokens(Target target, StoredLinking linking, TokenAnswer tokens) {
    const auto now = parts_.clock.now();
    const auto new_user = make_user_id(parts_.random);
    bool is_new = false;
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        const auto before = find_or_make_enablement(store, target.skill_id, target.account, new_user, &is_new);
        Enablement made;
        made.skill_id = before.skill_id;
        made.account = before.account;
        made.user_id = before.user_id;
        made.platform = target.platform;
        made.status = LinkStatus::linked;
        made.access_token = tokens.access_token;
        made.refresh_token = tokens.refresh_token;
        made.former_access_token = before.access_token;
        made.scopes = join_scopes(linking.config);
        made.linked = now;
        made.expires = token_expiry(tokens, linking.config, now);
        store.save_enablement(made);
        return made;
    };
    auto saved = co_await parts_.db.write(work);
    if (is_new) co_await tell(LinkEvent::Kind::enabled, saved);
    co_return saved;
}

Task<void> Journey::hold(Target target, CodeToExchange code, Instant due) {
    const auto new_user = make_user_id(parts_.random);
    bool is_new = false;
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto enablement = find_or_make_enablement(store, target.skill_id, target.account, new_user, &is_new);
        enablement.held = HeldCode{code.code, code.redirect_uri, code.verifier, target.platform, due};
        store.save_enablement(enablement);
        return enablement;
    };
    auto held = co_await parts_.db.write(work);
    if (is_new) co_await tell(LinkEvent::Kind::enabled, std::move(held));
}

Task<void> Journey::exchange_held(Enablement enablement) {
    auto held = std::move(*enablement.held);
    const auto forget = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto stored = store.find_enablement(enablement.skill_id, enablement.account);
        if (!stored || !stored->held || stored->held->code != held.code) return false;
        stored->held.reset();
        store.save_enablement(*stored);
        return true;
    };
    const bool is_ours = co_await parts_.db.write(forget);
    if (!is_ours) co_return;
    LinkOutcome outcome;
    outcome.skill_id = enablement.skill_id;
    outcome.account = enablement.account;
    outcome.steps.push_back({"The code waited (FI-05)", true, "", {}});
    Target target{enablement.skill_id, enablement.account, std::move(held.platform)};
    CodeToExchange code{std::move(held.code), std::move(held.redirect_uri), std::move(held.verifier)};
    co_await redeem(std::move(outcome), std::move(target), std::move(code), false);
}

}  // namespace symbolon::voice
