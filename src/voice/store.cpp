#include "voice/store.hpp"

#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view purpose = "assistant";

struct SealedRow {
    Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (sealed))

struct SkillRow {
    std::string skill_id;
    std::string manifest;
    std::string model;
    Instant created_ms;
};
BOOST_DESCRIBE_STRUCT(SkillRow, (), (skill_id, manifest, model, created_ms))

struct LinkingRow {
    std::string config;
    Bytes sealed_secret;
    std::string etag;
};
BOOST_DESCRIBE_STRUCT(LinkingRow, (), (config, sealed_secret, etag))

struct StateRow {
    std::string skill_id;
    Bytes browser_hash;
    std::string redirect_uri;
    Instant expires_ms;
};
BOOST_DESCRIBE_STRUCT(StateRow, (), (skill_id, browser_hash, redirect_uri, expires_ms))

struct EnablementRow {
    std::string user_id;
    std::string status;
    Bytes sealed_tokens;
    std::string scopes;
    Instant linked_ms;
    std::int64_t expires_ms;
};
BOOST_DESCRIBE_STRUCT(EnablementRow, (), (user_id, status, sealed_tokens, scopes, linked_ms, expires_ms))

/// The sealed part of an enablement.
struct Tokens {
    std::string access_token;
    std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(Tokens, (), (access_token, refresh_token))

/// The stored part of an account-linking configuration that the API does not show.
struct Hidden {
    std::string client_secret;
    bool skip_on_enablement = false;
};
BOOST_DESCRIBE_STRUCT(Hidden, (), (client_secret, skip_on_enablement))

constexpr std::string_view find_setting_sql = "SELECT sealed FROM settings WHERE name = $1";
constexpr std::string_view save_setting_sql = R"sql(
    INSERT INTO settings (name, sealed) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed
)sql";
constexpr std::string_view list_skills_sql =
    "SELECT skill_id, manifest, model, created_ms FROM skills ORDER BY created_ms, skill_id LIMIT $1";
constexpr std::string_view find_skill_sql =
    "SELECT skill_id, manifest, model, created_ms FROM skills WHERE skill_id = $1";
constexpr std::string_view save_skill_sql = R"sql(
    INSERT INTO skills (skill_id, manifest, model, created_ms) VALUES ($1, $2, $3, $4)
        ON CONFLICT (skill_id) DO UPDATE SET manifest = excluded.manifest, model = excluded.model
)sql";
constexpr std::string_view delete_skill_sql = "DELETE FROM skills WHERE skill_id = $1";
constexpr std::string_view find_linking_sql =
    "SELECT config, sealed_secret, etag FROM account_linking WHERE skill_id = $1";
constexpr std::string_view save_linking_sql = R"sql(
    INSERT INTO account_linking (skill_id, config, sealed_secret, etag) VALUES ($1, $2, $3, $4)
        ON CONFLICT (skill_id) DO UPDATE
           SET config = excluded.config, sealed_secret = excluded.sealed_secret, etag = excluded.etag
)sql";
constexpr std::string_view delete_linking_sql = "DELETE FROM account_linking WHERE skill_id = $1";
constexpr std::string_view find_enablement_sql = R"sql(
    SELECT user_id, status, sealed_tokens, scopes, linked_ms, expires_ms FROM enablements WHERE skill_id = $1
)sql";
constexpr std::string_view save_enablement_sql = R"sql(
    INSERT INTO enablements (skill_id, user_id, status, sealed_tokens, scopes, linked_ms, expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (skill_id) DO UPDATE
           SET user_id = excluded.user_id, status = excluded.status, sealed_tokens = excluded.sealed_tokens,
               scopes = excluded.scopes, linked_ms = excluded.linked_ms, expires_ms = excluded.expires_ms
)sql";
constexpr std::string_view delete_enablement_sql = "DELETE FROM enablements WHERE skill_id = $1";
constexpr std::string_view save_state_sql = R"sql(
    INSERT INTO linkings (state_hash, skill_id, browser_hash, redirect_uri, expires_ms) VALUES ($1, $2, $3, $4, $5)
)sql";
constexpr std::string_view find_state_sql =
    "SELECT skill_id, browser_hash, redirect_uri, expires_ms FROM linkings WHERE state_hash = $1";
constexpr std::string_view delete_state_sql = "DELETE FROM linkings WHERE state_hash = $1";
constexpr std::string_view delete_old_states_sql = "DELETE FROM linkings WHERE expires_ms < $1";

json::object parse_object(const std::string& text) {
    return text.empty() ? json::object{} : json::parse(text).as_object();
}

Skill from_row(SkillRow row) {
    return {std::move(row.skill_id), parse_object(row.manifest), parse_object(row.model), row.created_ms};
}

Bytes hash_of(std::string_view text) {
    const auto digest = crypto::sha256(text);
    return {digest.begin(), digest.end()};
}

std::string open_row(const crypto::Sealer& sealer, const std::string& context, const Bytes& sealed) {
    const auto plain = sealer.open(purpose, context, sealed);
    if (!plain) throw Error(Errc::internal, "", context + " cannot be opened with this master key");
    return to_string(*plain);
}

std::string context_of(std::string_view table, std::string_view key) {
    return std::string(table) + "|" + std::string(key);
}

}  // namespace

std::optional<std::string> Store::find_setting(std::string_view name) {
    const auto row = tx_.row<SealedRow>(find_setting_sql, name);
    if (!row) return std::nullopt;
    return open_row(sealer_, context_of("settings", name), row->sealed);
}

void Store::save_setting(std::string_view name, std::string_view value) {
    tx_.execute(save_setting_sql, name, sealer_.seal(purpose, context_of("settings", name), bytes_of(value)));
}

std::vector<Skill> Store::list_skills(int limit) {
    std::vector<Skill> out;
    for (auto& row : tx_.rows<SkillRow>(list_skills_sql, limit)) out.push_back(from_row(std::move(row)));
    return out;
}

std::optional<Skill> Store::find_skill(std::string_view id) {
    auto row = tx_.row<SkillRow>(find_skill_sql, id);
    if (!row) return std::nullopt;
    return from_row(std::move(*row));
}

void Store::save_skill(const Skill& skill) {
    tx_.execute(save_skill_sql, skill.id, json::serialize(skill.manifest),
                skill.model.empty() ? std::string{} : json::serialize(skill.model), skill.created);
}

void Store::delete_skill(std::string_view id) {
    tx_.execute(delete_skill_sql, id);
    delete_linking(id);
    delete_enablement(id);
}

std::optional<StoredLinking> Store::find_linking(std::string_view skill_id) {
    auto row = tx_.row<LinkingRow>(find_linking_sql, skill_id);
    if (!row) return std::nullopt;
    auto hidden =
        decode<Hidden>(parse_object(open_row(sealer_, context_of("account_linking", skill_id), row->sealed_secret)));
    return StoredLinking{decode<AccountLinking>(parse_object(row->config)), std::move(hidden.client_secret),
                         hidden.skip_on_enablement, std::move(row->etag)};
}

void Store::save_linking(std::string_view skill_id, const StoredLinking& linking) {
    const auto hidden = json::serialize(encode(Hidden{linking.client_secret, linking.skip_on_enablement}));
    tx_.execute(save_linking_sql, skill_id, json::serialize(encode(linking.config)),
                sealer_.seal(purpose, context_of("account_linking", skill_id), bytes_of(hidden)), linking.etag);
}

void Store::delete_linking(std::string_view skill_id) {
    tx_.execute(delete_linking_sql, skill_id);
}

std::optional<Enablement> Store::find_enablement(std::string_view skill_id) {
    auto row = tx_.row<EnablementRow>(find_enablement_sql, skill_id);
    if (!row) return std::nullopt;
    auto tokens =
        decode<Tokens>(parse_object(open_row(sealer_, context_of("enablements", skill_id), row->sealed_tokens)));
    Enablement out;
    out.skill_id = skill_id;
    out.user_id = std::move(row->user_id);
    out.status = parse_choice<LinkStatus>(row->status).value_or(LinkStatus::broken);
    out.access_token = std::move(tokens.access_token);
    out.refresh_token = std::move(tokens.refresh_token);
    out.scopes = std::move(row->scopes);
    out.linked = row->linked_ms;
    if (row->expires_ms != 0) out.expires = from_ms(row->expires_ms);
    return out;
}

void Store::save_enablement(const Enablement& in) {
    const auto tokens = json::serialize(encode(Tokens{in.access_token, in.refresh_token}));
    tx_.execute(save_enablement_sql, in.skill_id, in.user_id, to_name(in.status),
                sealer_.seal(purpose, context_of("enablements", in.skill_id), bytes_of(tokens)), in.scopes, in.linked,
                in.expires ? to_ms(*in.expires) : std::int64_t{0});
}

void Store::delete_enablement(std::string_view skill_id) {
    tx_.execute(delete_enablement_sql, skill_id);
}

void Store::save_state(std::string_view state, std::string_view browser, const Linking& linking, Instant expires) {
    tx_.execute(save_state_sql, hash_of(state), linking.skill_id, hash_of(browser), linking.redirect_uri, expires);
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
    return Linking{std::move(row->skill_id), std::move(row->redirect_uri)};
}

}  // namespace symbolon::voice
