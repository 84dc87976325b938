// What keeps a link alive, and how it ends: Journey's second half (voice-account-linking.md §2.7, §2.13; BR-07, BR-10).
#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/linking/journey.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::seconds usual_margin{60};
constexpr std::chrono::minutes early_margin{10};
constexpr std::chrono::minutes clock_error{10};
constexpr std::size_t most_former = 3;
constexpr std::array<std::chrono::seconds, 4> waits{std::chrono::seconds(1), std::chrono::seconds(5),
                                                    std::chrono::seconds(30), std::chrono::seconds(300)};

bool has_same_tokens(const Enablement& a, const Enablement& b) {
    return crypto::equal_in_constant_time(a.access_token, b.access_token) &&
           crypto::equal_in_constant_time(a.refresh_token, b.refresh_token);
}

/// The link after tokens came.
Enablement renewed(Enablement link, const TokenAnswer& tokens, std::optional<Instant> expires) {
    link.former_access_token = std::exchange(link.access_token, tokens.access_token);
    if (!tokens.refresh_token.empty() && tokens.refresh_token != link.refresh_token) {
        auto& former = link.former_refresh_tokens;
        former.insert(former.begin(), std::exchange(link.refresh_token, tokens.refresh_token));
        if (former.size() > most_former) former.pop_back();
    }
    link.expires = expires;
    ++link.refreshes;
    link.failures = 0;
    link.retry.reset();
    link.cause.clear();
    return link;
}

/// The link after the server said no (it is dead), or said nothing (it is asked again later).
Enablement not_renewed(Enablement link, const TokenFailure& failure, Instant now) {
    link.cause = failure.code;
    if (failure.final) {
        link.status = LinkStatus::broken;
        link.former_access_token = std::exchange(link.access_token, {});
        link.refresh_token.clear();
        link.former_refresh_tokens.clear();
        link.retry.reset();
        return link;
    }
    const auto step = std::min(static_cast<std::size_t>(link.failures), waits.size() - 1);
    link.retry = now + waits[step];
    ++link.failures;
    return link;
}

LinkLogLine line_of(std::string what, const TokenResult& result, Instant at) {
    const auto cause = cause_of(result);
    const auto& evidence = evidence_of(result);
    auto detail = std::move(what) + (cause.empty() ? "" : ": " + cause);
    if (!cause.empty()) detail += " — " + std::string(explain_refresh(cause).text);
    return {at, "refresh", cause.empty(), detail + "\n" + evidence.asked + "\n" + evidence.answered};
}

}  // namespace

Instant Journey::now(const Behaviour& behaviour) const {
    const auto now = parts_.clock.now();
    if (behaviour.has("FI-10", "ahead")) return now + clock_error;
    if (behaviour.has("FI-10", "behind")) return now - clock_error;
    return now;
}

bool Journey::is_due(const Standing& standing) const {
    const auto& [link, behaviour, is_new] = standing;
    if (link.status != LinkStatus::linked || !link.expires || behaviour.has("BR-07", "never")) return false;
    const auto at = now(behaviour);
    const std::chrono::seconds margin = behaviour.has("BR-07", "early") ? early_margin : usual_margin;
    return at >= *link.expires - margin && (!link.retry || at >= *link.retry);
}

Task<Enablement> Journey::current(std::string skill_id, std::string account) {
    auto standing = co_await load(skill_id, account);
    if (standing.is_new) co_await tell(LinkEvent::Kind::enabled, standing.enablement);
    if (const auto& held = standing.enablement.held; held && parts_.clock.now() >= held->due) {
        co_await exchange_held(standing.enablement);
        standing = co_await load(skill_id, account);
    }
    if (!is_due(standing)) co_return std::move(standing.enablement);
    const auto turn = co_await refreshes_.take(skill_id + "|" + account);
    standing = co_await load(std::move(skill_id), std::move(account));  // perhaps it was refreshed by the one before
    if (!is_due(standing)) co_return std::move(standing.enablement);
    co_return co_await refreshed(std::move(standing));
}

Task<Journey::Standing> Journey::load(std::string skill_id, std::string account) {
    const auto new_user = make_user_id(parts_.random);
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        Standing out;
        out.enablement = find_or_make_enablement(store, skill_id, account, new_user, &out.is_new);
        out.behaviour = Behaviours(tx).find(skill_id);
        return out;
    };
    co_return co_await parts_.db.write(work);
}

/// The refresh that counts, and what the knobs add to it.
Task<TokenResult> Journey::refresh(const Enablement& old, const StoredLinking& linking, const Behaviour& behaviour,
                                   std::vector<LinkLogLine>& lines) {
    const auto at = parts_.clock.now();
    if (old.refresh_token.empty()) co_return TokenFailure{"missing_refresh_token", "", true};
    if (behaviour.has("FI-04", "on") && old.former_refresh_tokens.size() >= most_former) {
        const auto answer = co_await token_client_.refresh(linking, behaviour, old.former_refresh_tokens.back());
        lines.push_back(line_of("The token of three generations ago was shown (FI-04)", answer, at));
    }
    if (behaviour.has("FI-03", "on")) {
        auto [first, second] = co_await token_client_.refresh_twice(linking, behaviour, old.refresh_token);
        lines.push_back(line_of("The token was shown twice at once (FI-03)", first, at));
        lines.push_back(line_of("… the second time", second, at));
        const bool second_is_good = std::holds_alternative<TokenAnswer>(second);
        co_return second_is_good ? std::move(second) : std::move(first);
    }
    auto result = co_await token_client_.refresh(linking, behaviour, old.refresh_token);
    if (behaviour.has("FI-01", "refresh") && old.failures == 0) {
        lines.push_back(line_of("The token was shown; the answer was lost (FI-01)", result, at));
        co_return TokenFailure{"lost_answer", "", false};
    }
    lines.push_back(line_of("The token was shown", result, at));
    co_return result;
}

Task<Enablement> Journey::refreshed(Standing standing) {
    const auto& old = standing.enablement;
    const auto& behaviour = standing.behaviour;
    const auto find = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_linking(old.skill_id); };
    const auto linking = co_await parts_.db.read(find);
    if (!linking) co_return old;
    std::vector<LinkLogLine> lines;
    const auto result = co_await refresh(old, *linking, behaviour, lines);
    const auto at = now(behaviour);
    const auto* failure = std::get_if<TokenFailure>(&result);
    auto next = failure != nullptr ? not_renewed(old, *failure, at)
                                   : renewed(old, std::get<TokenAnswer>(result),
                                             token_expiry(std::get<TokenAnswer>(result), linking->config, at));
    if (next.status == LinkStatus::broken) lines.push_back({at, "broken", false, next.cause});
    const auto new_user = make_user_id(parts_.random);
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        LinkLog log(tx);
        for (const auto& line : lines) log.add(old.skill_id, old.account, line);
        const auto stored = store.find_enablement(old.skill_id, old.account);
        // The person unlinked, or linked anew, while the server was asked: what it said is about the past.
        if (!stored || !has_same_tokens(*stored, old)) {
            return find_or_make_enablement(store, old.skill_id, old.account, new_user);
        }
        store.save_enablement(next);
        return next;
    };
    co_return co_await parts_.db.write(work);
}

Task<void> Journey::unlink(std::string skill_id, std::string account) {
    auto skills = co_await load_skill(skill_id);
    const auto at = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto found = store.find_enablement(skill_id, account);
        store.delete_enablement(skill_id, account);
        if (found) LinkLog(tx).add(skill_id, account, {at, "disabled", true, "The tokens were deleted."});
        return found;
    };
    auto ended = co_await parts_.db.write(work);
    if (!ended) co_return;
    if (ended->status == LinkStatus::linked && skills.is_complete()) {
        LinkedSkill link{std::move(*skills.skill), std::move(*skills.linking), std::move(skills.behaviour), *ended};
        const auto steps = co_await after_link_.part(std::move(link));
        std::vector<LinkLogLine> lines;
        for (const auto& step : steps) lines.push_back({at, "disabled", step.ok, step.title + ": " + step.detail});
        co_await log(skill_id, account, std::move(lines));
    }
    co_await tell(LinkEvent::Kind::disabled, std::move(*ended));
}

Task<void> Journey::unlink_everywhere(std::string account) {
    const auto find = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        std::vector<std::string> out;
        for (auto& skill : store.list_skills()) {
            if (store.find_enablement(skill.id, account)) out.push_back(std::move(skill.id));
        }
        return out;
    };
    const auto skills = co_await parts_.db.read(find);
    for (const auto& skill_id : skills) co_await unlink(skill_id, account);
}

Task<void> Journey::log(std::string skill_id, std::string account, std::vector<LinkLogLine> lines) {
    if (lines.empty()) co_return;
    const auto work = [&](db::Transaction& tx) {
        LinkLog log(tx);
        for (const auto& line : lines) log.add(skill_id, account, line);
    };
    co_await parts_.db.write(work);
}

/// A hook that fails is no reason to fail what was committed.
Task<void> Journey::tell(LinkEvent::Kind kind, Enablement enablement) {
    if (!hooks.event) co_return;
    LinkEvent event;
    event.kind = kind;
    event.skill_id = std::move(enablement.skill_id);
    event.account = std::move(enablement.account);
    event.user_id = std::move(enablement.user_id);
    event.at = parts_.clock.now();
    if (kind == LinkEvent::Kind::account_linked) event.access_token = std::move(enablement.access_token);
    try {
        co_await hooks.event(std::move(event));
    } catch (const Error& e) {
        log::error("skill_event_failed", {{"message", e.message}, {"detail", e.detail}});
    }
}

}  // namespace symbolon::voice
