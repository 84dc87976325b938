#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"
#include "voice/store.hpp"
#include "voice/store_rows.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

json::object parse_object(const std::string& text) {
    return text.empty() ? json::object{} : json::parse(text).as_object();
}

std::string context_of(std::string_view table, std::string_view key) {
    return std::string(table) + "|" + std::string(key);
}

std::string open_row(const crypto::Sealer& sealer, const std::string& context, const Bytes& sealed) {
    const auto plain = sealer.open(seal_purpose, context, sealed);
    if (!plain) throw Error(Errc::internal, "", context + " cannot be opened with this master key");
    return to_string(*plain);
}

namespace {

struct StateRow {
    std::string skill_id;
    std::string account;
    std::string platform;
    Bytes browser_hash;
    std::string redirect_uri;
    Bytes sealed_verifier;
    Instant expires_ms;
};
BOOST_DESCRIBE_STRUCT(StateRow, (),
                      (skill_id, account, platform, browser_hash, redirect_uri, sealed_verifier, expires_ms))

struct EnablementRow {
    std::string account;
    std::string user_id;
    std::string status;
    std::string platform;
    Bytes sealed_tokens;
    std::string scopes;
    Instant linked_ms;
    std::int64_t expires_ms;
    std::string course;
};
BOOST_DESCRIBE_STRUCT(EnablementRow, (),
                      (account, user_id, status, platform, sealed_tokens, scopes, linked_ms, expires_ms, course))

struct StoredHeldCode {
    std::string code;
    std::string redirect_uri;
    std::string verifier;
    std::string platform;
    std::int64_t due_ms = 0;
};
BOOST_DESCRIBE_STRUCT(StoredHeldCode, (), (code, redirect_uri, verifier, platform, due_ms))

/// The sealed part of an enablement.
struct Tokens {
    std::string access_token;
    std::string refresh_token;
    std::optional<std::string> former_access_token;
    std::optional<std::vector<std::string>> former_refresh_tokens;
    std::optional<StoredHeldCode> held;
};
BOOST_DESCRIBE_STRUCT(Tokens, (), (access_token, refresh_token, former_access_token, former_refresh_tokens, held))

struct Course {
    std::optional<std::int64_t> refreshes;
    std::optional<std::int64_t> failures;
    std::optional<std::int64_t> retry_ms;
    std::optional<std::string> cause;
};
BOOST_DESCRIBE_STRUCT(Course, (), (refreshes, failures, retry_ms, cause))

constexpr std::string_view find_enablement_sql = R"sql(
    SELECT account, user_id, status, platform, sealed_tokens, scopes, linked_ms, expires_ms, course
      FROM enablements WHERE skill_id = $1 AND account = $2
)sql";
constexpr std::string_view list_enablements_sql = R"sql(
    SELECT account, user_id, status, platform, sealed_tokens, scopes, linked_ms, expires_ms, course
      FROM enablements WHERE skill_id = $1 ORDER BY account LIMIT 100
)sql";
constexpr std::string_view save_enablement_sql = R"sql(
    INSERT INTO enablements (skill_id, account, user_id, status, platform, sealed_tokens, scopes, linked_ms, expires_ms,
                             course)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (skill_id, account) DO UPDATE
           SET user_id = excluded.user_id, status = excluded.status, platform = excluded.platform,
               sealed_tokens = excluded.sealed_tokens, scopes = excluded.scopes, linked_ms = excluded.linked_ms,
               expires_ms = excluded.expires_ms, course = excluded.course
)sql";
constexpr std::string_view delete_enablement_sql = "DELETE FROM enablements WHERE skill_id = $1 AND account = $2";
constexpr std::string_view save_state_sql = R"sql(
    INSERT INTO linkings (state_hash, skill_id, account, platform, browser_hash, redirect_uri, sealed_verifier,
                          expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";
constexpr std::string_view find_state_sql = R"sql(
    SELECT skill_id, account, platform, browser_hash, redirect_uri, sealed_verifier, expires_ms
      FROM linkings WHERE state_hash = $1
)sql";
constexpr std::string_view delete_state_sql = "DELETE FROM linkings WHERE state_hash = $1";
constexpr std::string_view delete_old_states_sql = "DELETE FROM linkings WHERE expires_ms < $1";

Bytes hash_of(std::string_view text) {
    const auto digest = crypto::sha256(text);
    return {digest.begin(), digest.end()};
}

/// The first person's tokens are sealed under the skill alone: so they were when there was one person only.
std::string tokens_context(std::string_view skill_id, std::string_view account) {
    if (account == first_account) return context_of("enablements", skill_id);
    return context_of("enablements", std::string(skill_id) + "|" + std::string(account));
}

Enablement from_row(const crypto::Sealer& sealer, std::string_view skill_id, EnablementRow row) {
    auto tokens =
        decode<Tokens>(parse_object(open_row(sealer, tokens_context(skill_id, row.account), row.sealed_tokens)));
    auto course = decode<Course>(parse_object(row.course));
    Enablement out;
    out.skill_id = skill_id;
    out.account = std::move(row.account);
    out.user_id = std::move(row.user_id);
    out.status = parse_choice<LinkStatus>(row.status).value_or(LinkStatus::broken);
    out.platform = std::move(row.platform);
    out.access_token = std::move(tokens.access_token);
    out.refresh_token = std::move(tokens.refresh_token);
    out.former_access_token = std::move(tokens.former_access_token).value_or("");
    out.former_refresh_tokens = std::move(tokens.former_refresh_tokens).value_or(std::vector<std::string>{});
    if (tokens.held) {
        auto& held = *tokens.held;
        out.held = HeldCode{std::move(held.code), std::move(held.redirect_uri), std::move(held.verifier),
                            std::move(held.platform), from_ms(held.due_ms)};
    }
    out.scopes = std::move(row.scopes);
    out.linked = row.linked_ms;
    if (row.expires_ms != 0) out.expires = from_ms(row.expires_ms);
    out.refreshes = course.refreshes.value_or(0);
    out.failures = course.failures.value_or(0);
    if (course.retry_ms) out.retry = from_ms(*course.retry_ms);
    out.cause = std::move(course.cause).value_or("");
    return out;
}

Tokens tokens_of(const Enablement& in) {
    Tokens out{in.access_token, in.refresh_token, {}, {}, {}};
    if (!in.former_access_token.empty()) out.former_access_token = in.former_access_token;
    if (!in.former_refresh_tokens.empty()) out.former_refresh_tokens = in.former_refresh_tokens;
    if (in.held) {
        out.held = StoredHeldCode{in.held->code, in.held->redirect_uri, in.held->verifier, in.held->platform,
                                  to_ms(in.held->due)};
    }
    return out;
}

Course course_of(const Enablement& in) {
    Course out;
    if (in.refreshes != 0) out.refreshes = in.refreshes;
    if (in.failures != 0) out.failures = in.failures;
    if (in.retry) out.retry_ms = to_ms(*in.retry);
    if (!in.cause.empty()) out.cause = in.cause;
    return out;
}

}  // namespace

std::optional<Enablement> Store::find_enablement(std::string_view skill_id, std::string_view account) {
    auto row = tx_.row<EnablementRow>(find_enablement_sql, skill_id, account);
    if (!row) return std::nullopt;
    return from_row(sealer_, skill_id, std::move(*row));
}

std::vector<Enablement> Store::list_enablements(std::string_view skill_id) {
    std::vector<Enablement> out;
    for (auto& row : tx_.rows<EnablementRow>(list_enablements_sql, skill_id)) {
        out.push_back(from_row(sealer_, skill_id, std::move(row)));
    }
    return out;
}

void Store::save_enablement(const Enablement& in) {
    const auto tokens = json::serialize(encode(tokens_of(in)));
    const auto course = json::serialize(encode(course_of(in)));
    tx_.execute(save_enablement_sql, in.skill_id, in.account, in.user_id, to_name(in.status), in.platform,
                sealer_.seal(seal_purpose, tokens_context(in.skill_id, in.account), bytes_of(tokens)), in.scopes,
                in.linked, in.expires ? to_ms(*in.expires) : std::int64_t{0}, course);
}

void Store::delete_enablement(std::string_view skill_id, std::string_view account) {
    tx_.execute(delete_enablement_sql, skill_id, account);
}

void Store::save_state(std::string_view state, std::string_view browser, const Linking& linking, Instant expires) {
    const auto hash = hash_of(state);
    tx_.execute(save_state_sql, hash, linking.skill_id, linking.account, linking.platform, hash_of(browser),
                linking.redirect_uri,
                sealer_.seal(seal_purpose, context_of("linkings", to_string(hash)), bytes_of(linking.verifier)),
                expires);
}

std::optional<Store::Linking> Store::consume_state(std::string_view state, std::string_view browser, Instant now,
                                                   std::string_view& why) {
    const auto hash = hash_of(state);
    auto row = tx_.row<StateRow>(find_state_sql, hash);
    tx_.execute(delete_old_states_sql, now);
    if (!row) {
        why = "state_unknown";
        return std::nullopt;
    }
    if (!crypto::equal_in_constant_time(row->browser_hash, hash_of(browser))) {
        why = "state_of_another_browser";  // and it stays, for the browser that it belongs to
        return std::nullopt;
    }
    tx_.execute(delete_state_sql, hash);
    if (now >= row->expires_ms) {
        why = "state_expired";
        return std::nullopt;
    }
    auto verifier = open_row(sealer_, context_of("linkings", to_string(hash)), row->sealed_verifier);
    return Linking{std::move(row->skill_id), std::move(row->redirect_uri), std::move(row->account),
                   std::move(row->platform), std::move(verifier)};
}

}  // namespace symbolon::voice
