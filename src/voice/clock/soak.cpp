#include "voice/clock/soak.hpp"

#include "base/error.hpp"
#include "voice/linking/journey.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::hours least_span{1};
constexpr std::chrono::hours most_span{24 * 3660};
constexpr std::chrono::minutes idle_step{10};  // a clock that is behind (FI-10) finds a token due later
constexpr int most_idle = 3;

/// When the link is to be looked at next: when its token ends, or when the platform tries again.
Instant next_moment(const Enablement& link) {
    return link.retry ? std::max(*link.retry, *link.expires) : *link.expires;
}

bool is_under_way(const Enablement& link, Instant end) {
    return link.status == LinkStatus::linked && next_moment(link) < end;
}

void count(SoakReport& report, const Enablement& before, const Enablement& after) {
    if (after.refreshes == before.refreshes) {
        if (after.status == LinkStatus::linked) ++report.unanswered;
        return;
    }
    ++report.refreshes;
    if (after.refresh_token != before.refresh_token) ++report.rotations;
    if (after.access_token == before.access_token) ++report.same_access_token;
}

void summarize(SoakReport& report, std::vector<milliseconds> times) {
    if (times.empty()) return;
    std::ranges::sort(times);
    const auto at = [&](std::size_t percent) { return times[(times.size() - 1) * percent / 100]; };
    report.median = at(50);
    report.p95 = at(95);
    report.worst = times.back();
}

}  // namespace

json::object to_json(const SoakReport& report) {
    const auto explanation = report.cause.empty() ? Explanation{} : explain_refresh(report.cause);
    json::object out{{"alive", report.alive},
                     {"finished", report.finished},
                     {"passedSeconds", report.passed.count()},
                     {"refreshes", report.refreshes},
                     {"unanswered", report.unanswered},
                     {"rotations", report.rotations},
                     {"sameAccessToken", report.same_access_token},
                     {"milliseconds", json::object{{"median", report.median.count()},
                                                   {"p95", report.p95.count()},
                                                   {"worst", report.worst.count()}}}};
    if (!report.cause.empty()) {
        out["cause"] = report.cause;
        out["explanation"] = explanation.text;
        out["advice"] = explanation.advice;
    }
    return out;
}

std::string to_text(const SoakReport& report) {
    const auto number = [](std::int64_t n) { return std::to_string(n); };
    const auto days = std::chrono::floor<std::chrono::days>(report.passed).count();
    std::string out = (report.alive ? "The link is alive after " : "The link died after ") + number(days) +
                      " days and " + number(report.refreshes) + " refreshes.\n";
    out += "  refresh tokens replaced: " + number(report.rotations) + "\n";
    out += "  refreshes without an answer: " + number(report.unanswered) + "\n";
    out += "  access tokens that stayed the same: " + number(report.same_access_token) + "\n";
    out += "  a refresh took " + number(report.median.count()) + " ms (median), " + number(report.p95.count()) +
           " ms (95 %), " + number(report.worst.count()) + " ms (worst)\n";
    if (report.cause.empty()) return out;
    const auto explanation = explain_refresh(report.cause);
    return out + "  " + report.cause + ": " + std::string(explanation.text) + "\n  " + std::string(explanation.advice) +
           "\n";
}

Task<SoakReport> Soak::run(SoakOrder order) {
    if (order.span < least_span || order.span > most_span) {
        throw Error(Errc::invalid_parameter, "A soak lasts an hour at least and ten years at most.");
    }
    const auto began = parts_.clock.now();
    ManualClock clock(began);
    const Assistant::Parts parts{parts_.db, parts_.sealer, parts_.random, clock, parts_.client, parts_.patience};
    Journey journey(parts, identity_, base_url_);
    auto link = co_await journey.current(order.skill_id, order.account);
    if (link.status != LinkStatus::linked || !link.expires || link.refresh_token.empty()) {
        throw Error(Errc::invalid_parameter, "There is no link whose tokens are renewed. Link the account first.");
    }
    SoakReport report;
    std::vector<milliseconds> times;
    const auto end = began + order.span;
    const auto deadline = SteadyClock::now() + order.budget;
    for (int idle = 0; is_under_way(link, end) && SteadyClock::now() < deadline;) {
        clock.set(std::max(next_moment(link), clock.now()) + idle * idle_step);
        const auto before = std::exchange(link, {});
        const auto asked = SteadyClock::now();
        link = co_await journey.current(order.skill_id, order.account);
        times.push_back(std::chrono::duration_cast<milliseconds>(SteadyClock::now() - asked));
        count(report, before, link);
        const bool asked_the_server =
            link.refreshes != before.refreshes || link.failures != before.failures || link.status != before.status;
        idle = asked_the_server ? 0 : idle + 1;
        if (idle > most_idle) throw Error(Errc::invalid_parameter, "The tokens are not renewed (BR-07).");
    }
    report.alive = link.status == LinkStatus::linked;
    report.finished = !report.alive || next_moment(link) >= end;
    if (report.alive && report.finished) clock.set(std::max(clock.now(), end));
    report.passed = std::chrono::floor<std::chrono::seconds>(clock.now() - began);
    report.cause = link.cause;
    summarize(report, std::move(times));

    // The last tokens live as long as the server said, counted from now.
    const auto by = clock.now() - parts_.clock.now();
    const auto come_back = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto stored = store.find_enablement(order.skill_id, order.account);
        if (!stored || stored->refreshes != link.refreshes) return;
        if (stored->expires) stored->expires = *stored->expires - by;
        if (stored->retry) stored->retry = *stored->retry - by;
        store.save_enablement(*stored);
    };
    co_await parts_.db.write(come_back);
    co_return report;
}

}  // namespace symbolon::voice
